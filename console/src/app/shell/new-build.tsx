/** A page that is older than the server's console: it says so, and is never reloaded by itself. */
import { Button } from "antd";
import { useEffect, useState } from "react";
import { useWords } from "@shared/words";

const ASKED_EACH_MS = 300_000;

/** The scripts that the server's page asks for; they are named by what they hold. */
async function scripts(): Promise<string> {
  const page = await (await fetch("/", { cache: "no-cache" })).text();
  return [...page.matchAll(/src="(\/assets\/[^"]+)"/g)].map((found) => found[1]).join();
}

const ours = () => [...document.scripts].map((each) => new URL(each.src).pathname).join();

export function NewBuild() {
  const { t } = useWords();
  const [isThere, setIsThere] = useState(false);
  useEffect(() => {
    const tell = () => setIsThere(true);
    const ask = () => scripts().then((found) => found && found !== ours() && tell(), () => undefined);
    // A piece that did not come: the build that had it has been replaced long ago, or the network is away.
    addEventListener("vite:preloadError", ask);
    const timer = setInterval(() => void ask(), ASKED_EACH_MS);
    return () => {
      removeEventListener("vite:preloadError", ask);
      clearInterval(timer);
    };
  }, []);
  if (!isThere) return null;
  return (
    <p className="new-build" role="status">
      {t("newBuild.text")} <Button onClick={() => location.reload()}>{t("newBuild.reload")}</Button>
    </p>
  );
}
