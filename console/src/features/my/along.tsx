/** What is asked here, taken along to the reader's own phone: a link that they alone have, shown this once. */
import { Button, QRCode } from "antd";
import { useRef, useState } from "react";
import { ApiProblem } from "@shared/api/problems";
import { moment } from "@shared/clock/beijing";
import { serverNow } from "@shared/clock/server";
import { newId, send } from "@shared/commands/queries";
import { fetchLink, linkToApprove, useReadAnew, type Link } from "@shared/links/queries";
import { Copy } from "@shared/ui/copy";
import { Trouble } from "@shared/ui/trouble";
import { useWords } from "@shared/words";
import type { Word } from "./answers";

interface Given {
  number: string;
  word: Word;
  /** Which one of several it is. */
  about: string | undefined;
}

export function Along({ number, word, about }: Given) {
  const { t } = useWords();
  const readAnew = useReadAnew(number);
  const [link, setLink] = useState<Link>();
  const [trouble, setTrouble] = useState<Error>();
  const [isBusy, setIsBusy] = useState(false);
  const [isComing, setIsComing] = useState(false);
  // Pressed again it is the same command, until it is refused.
  const command = useRef("");
  const handed = async () => {
    command.current ||= newId();
    const { decision } = await send(number, { command_id: command.current, kind: "hand_link", data: { asked: word, ...(about && { about }) } });
    setIsComing(decision === "pending");
    return decision === "pending" ? undefined : fetchLink(number, command.current);
  };
  const ask = async () => {
    setIsBusy(true);
    setTrouble(undefined);
    try {
      setLink(await (word === "approval" ? linkToApprove(number) : handed()));
      void readAnew();
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 409) command.current = "";
      setTrouble(error instanceof Error ? error : new Error(String(error)));
    } finally {
      setIsBusy(false);
    }
  };
  return (
    <div>
      <Button type="link" size="small" loading={isBusy} onClick={() => void ask()}>
        {about ? t("my.alongWith", { which: about }) : t("my.along")}
      </Button>
      {isComing && <p role="status">{t("my.alongComing")}</p>}
      {trouble && <Trouble error={trouble} again={() => void ask()} />}
      {link && (
        <div className="handed" role="status">
          <QRCode type="svg" value={link.url ?? ""} />
          <p>{t("my.alongHow", { at: moment(link.expires_at, serverNow()) })}</p>
          <p className="address">
            {link.url} <Copy text={link.url ?? ""} />
          </p>
        </div>
      )}
    </div>
  );
}
