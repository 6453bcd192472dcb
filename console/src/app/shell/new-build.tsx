/** A page that is older than the server's console: it says so, and is never reloaded by itself. */
import { Button } from "antd";
import { useEffect, useState } from "react";
import { isReplaced } from "@shared/ui/build";
import { useWords } from "@shared/words";

const ASKED_EACH_MS = 300_000;

export function NewBuild() {
  const { t } = useWords();
  const [isThere, setIsThere] = useState(false);
  useEffect(() => {
    const ask = () => void isReplaced().then((is) => is && setIsThere(true));
    // A piece that did not come: the build that had it has been replaced long ago, or the network is away.
    addEventListener("vite:preloadError", ask);
    const timer = setInterval(ask, ASKED_EACH_MS);
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
