/** The phone's page: it begins with what was kept, and needs nobody for that. */
import { createRoot } from "react-dom/client";
import { App } from "./app";
import { begin } from "./meeting";
import { change } from "./state";
import { begin as beginToSpeak } from "./words";
import "@shared/ui/base.css";
import "./phone.css";

async function keepShell(): Promise<void> {
  const { serviceWorker } = navigator as { serviceWorker?: ServiceWorkerContainer };
  if (serviceWorker === undefined) return; // on plain HTTP there is none, and the page says so
  const hadOne = serviceWorker.controller !== null;
  serviceWorker.addEventListener("controllerchange", () => hadOne && location.reload());
  const kept = await serviceWorker.register("/m/sw.js", { scope: "/m/" });
  const tell = () => kept.waiting && hadOne && change({ newBuild: kept.waiting });
  tell();
  kept.addEventListener("updatefound", () => kept.installing?.addEventListener("statechange", tell));
  // A page that stays open for days is asked for by nobody else.
  document.addEventListener("visibilitychange", () => document.hidden || void kept.update().catch(() => undefined));
}

const root = document.querySelector("#root");
if (root === null) throw new Error("no #root");
await beginToSpeak();
createRoot(root).render(<App />);
void begin();
// Without it everything works but a start without a network, and the page says nothing that is not so.
keepShell().catch(() => undefined);
