import react from "@vitejs/plugin-react";
import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const WORKER = "m/sw.js";

/** The worker keeps the page's files for when no network is there: their names are known once they are built. */
function shell(): Plugin {
  return {
    name: "shell",
    enforce: "post",
    generateBundle(_, bundle) {
      const worker = bundle[WORKER];
      if (worker?.type !== "chunk") return;
      const files = Object.keys(bundle).filter((name) => name.startsWith("assets/")).toSorted();
      const version = createHash("sha256").update(files.join(" ")).digest("hex").slice(0, 8);
      worker.code = worker.code.replace("__FILES__", () => files.map((name) => `/${name}`).join(" ")).replace("__VERSION__", version);
    },
  };
}

/** The phone's page, beside the desk: everything is small, for it comes over a weak line and stays on the phone. */
export default defineConfig({
  plugins: [react(), shell()],
  cacheDir: ".vite",
  resolve: {
    alias: {
      "@shared": folder("./src/shared"),
      "react/jsx-runtime": "preact/jsx-runtime",
      "react-dom/client": "preact/compat/client",
      react: "preact/compat",
    },
  },
  build: {
    outDir: "dist",
    emptyOutDir: false,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    target: "es2022",
    rollupOptions: {
      input: { page: folder("./m/index.html"), sw: folder("./src/phone/sw.ts") },
      output: {
        entryFileNames: ({ name }) => (name === "sw" ? WORKER : "assets/m-[name]-[hash].js"),
        chunkFileNames: "assets/m-[name]-[hash].js",
        assetFileNames: "assets/m-[name]-[hash][extname]",
      },
    },
  },
});
