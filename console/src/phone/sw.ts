/** Keeps the phone's page for when no network is there: the page and its files, never an answer of the API. */
interface Waiting {
  waitUntil: (what: Promise<unknown>) => void;
}
interface Asking extends Waiting {
  request: Request;
  respondWith: (answer: Promise<Response>) => void;
}
interface Keeping {
  addEventListener: ((on: "fetch", does: (event: Asking) => void) => void) &
    ((on: "install" | "activate", does: (event: Waiting) => void) => void) &
    ((on: "message", does: (event: { data: unknown }) => void) => void);
  clients: { claim: () => Promise<void> };
  skipWaiting: () => Promise<void>;
}

const shell = globalThis as unknown as Keeping;
const PAGE = "/m/";
/** Both are filled in by the build. */
const FILES = "__FILES__".split(" ");
const OURS = "zhishou-phone-";
const CACHE = `${OURS}__VERSION__`;

shell.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll([PAGE, ...FILES])));
});

shell.addEventListener("activate", (event) => {
  const old = caches.keys().then((names) => names.filter((name) => name.startsWith(OURS) && name !== CACHE));
  event.waitUntil(old.then((names) => Promise.all(names.map((name) => caches.delete(name)))).then(() => shell.clients.claim()));
});

shell.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  const isPage = request.mode === "navigate" && pathname.startsWith(PAGE);
  if (!isPage && !FILES.includes(pathname)) return;
  event.respondWith(caches.match(isPage ? PAGE : pathname).then((kept) => kept ?? fetch(request)));
});

// Whoever has read that there is a new build asks for it; it never comes by itself.
shell.addEventListener("message", (event) => {
  if (event.data === "take over") void shell.skipWaiting();
});
