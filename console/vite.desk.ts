import react from "@vitejs/plugin-react";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The desk. What the browser may load is our own, and by address alone: the page's policy forbids the rest. */
export default defineConfig({
  plugins: [react()],
  cacheDir: ".vite",
  resolve: { alias: { "@shared": folder("./src/shared"), "@features": folder("./src/features") } },
  build: {
    outDir: "dist",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    target: "es2022",
  },
  server: { proxy: { "/api": "http://127.0.0.1:8080" } },
  test: { include: ["src/**/*.test.{ts,tsx}"], environment: "node", testTimeout: 60_000 },
});
