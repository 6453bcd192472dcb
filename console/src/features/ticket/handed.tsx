/** A link that was just handed over: its address to send, or a code to read out. It is shown this once. */
import { Button } from "antd";
import { useState } from "react";
import { moment } from "@shared/clock/beijing";
import { serverNow } from "@shared/clock/server";
import { fetchLink, useReadAnew, type Link } from "@shared/links/queries";
import { Copy } from "@shared/ui/copy";
import { Trouble } from "@shared/ui/trouble";
import { useWords } from "@shared/words";

export function Handed({ number, command, onClose }: { number: string; command: string; onClose: () => void }) {
  const { t } = useWords();
  const readAnew = useReadAnew(number);
  const [link, setLink] = useState<Link>();
  const [error, setError] = useState<Error>();
  const [isSpoken, setIsSpoken] = useState(false);
  const fetch = async (spoken: boolean) => {
    setIsSpoken(spoken);
    setError(undefined);
    try {
      setLink(await fetchLink(number, command, spoken));
      void readAnew();
    } catch (trouble) {
      setError(trouble instanceof Error ? trouble : new Error(String(trouble)));
    }
  };

  return (
    <section className="handed" aria-label={t("handed.title")}>
      <p>{t("handed.how")}</p>
      <div className="send">
        <Button type="primary" onClick={() => void fetch(false)}>
          {t("handed.link")}
        </Button>
        <Button onClick={() => void fetch(true)}>{t("handed.code")}</Button>
        <Button onClick={onClose}>{t("act.back")}</Button>
      </div>
      <div role="status">
        {link && (
          <>
            {link.code === undefined ? (
              <p className="address">{link.url}</p>
            ) : (
              <>
                <p>{t("handed.enter", { where: link.enter_at })}</p>
                <p className="code">{grouped(link.code)}</p>
              </>
            )}
            <p className="soft">{t("handed.until", { at: moment(link.expires_at, serverNow()) })}</p>
          </>
        )}
      </div>
      {link && <Copy text={link.code ?? link.url} />}
      {error !== undefined && <Trouble error={error} again={() => void fetch(isSpoken)} />}
    </section>
  );
}

/** As it is read out: four digits at a time. */
const grouped = (code: string) => code.replace(/(\d{4})(?=\d)/g, "$1 ");
