/** A link that was just handed over: sent to whom it is for, or its address or a code shown, this once. */
import { Button } from "antd";
import { useState } from "react";
import { moment } from "@shared/clock/beijing";
import { serverNow } from "@shared/clock/server";
import { fetchLink, useReadAnew, useWays, type By, type Link } from "@shared/links/queries";
import { Copy } from "@shared/ui/copy";
import { Trouble } from "@shared/ui/trouble";
import { useWords } from "@shared/words";

export function Handed({ number, command, onClose }: { number: string; command: string; onClose: () => void }) {
  const { t } = useWords();
  const readAnew = useReadAnew(number);
  const [link, setLink] = useState<Link>();
  const [error, setError] = useState<Error>();
  const { data: ways } = useWays(number, command);
  const [ask, setAsk] = useState<() => Promise<Link>>();
  const fetch = async (asked: () => Promise<Link>) => {
    setAsk(() => asked);
    setError(undefined);
    try {
      setLink(await asked());
      void readAnew();
    } catch (trouble) {
      setError(trouble instanceof Error ? trouble : new Error(String(trouble)));
    }
  };

  return (
    <section className="handed" aria-label={t("handed.title")}>
      <p>{t("handed.how")}</p>
      <div className="send">
        {ways?.map(({ by, to }) =>
          to === null ? (
            <span key={by} className="soft">
              {t(`handed.lacks.${by as By}`)}
            </span>
          ) : (
            <Button key={by} type="primary" onClick={() => void fetch(() => fetchLink(number, command, { by: by as By }))}>
              {t(`handed.by.${by as By}`, { to })}
            </Button>
          ),
        )}
        <Button onClick={() => void fetch(() => fetchLink(number, command))}>{t("handed.link")}</Button>
        <Button onClick={() => void fetch(() => fetchLink(number, command, { spoken: true }))}>{t("handed.code")}</Button>
        <Button onClick={onClose}>{t("act.back")}</Button>
      </div>
      <div role="status">
        {link && (
          <>
            <Opens link={link} />
            <p className="soft">{t(link.sent_to ? "handed.sentUntil" : "handed.until", { at: moment(link.expires_at, serverNow()) })}</p>
          </>
        )}
      </div>
      {link && !link.sent_to && <Copy text={link.code ?? link.url ?? ""} />}
      {error !== undefined && <Trouble error={error} again={() => ask && void fetch(ask)} />}
    </section>
  );
}

/** What opens it, or where that is on its way to. */
function Opens({ link }: { link: Link }) {
  const { t } = useWords();
  if (link.sent_to) return <p>{t("handed.sentTo", { to: link.sent_to })}</p>;
  if (!link.code) return <p className="address">{link.url}</p>;
  return (
    <>
      <p>{t("handed.enter", { where: link.enter_at })}</p>
      <p className="code">{grouped(link.code)}</p>
    </>
  );
}

/** As it is read out: four digits at a time. */
const grouped = (code: string) => code.replace(/(\d{4})(?=\d)/g, "$1 ");
