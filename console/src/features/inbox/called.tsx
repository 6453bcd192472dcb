/** By a message somebody is called to answer for its ticket: they acknowledge it here, or read who has it. */
import { Button } from "antd";
import { useWords } from "@shared/words";
import { plainly } from "@shared/words/plain";
import { useAcknowledging, type Message } from "./queries";

export function Called({ message: { ticket, call } }: { message: Message }) {
  const { t } = useWords();
  const acknowledging = useAcknowledging();
  if (!ticket || !call) return null;
  if (!call.waits) return call.answered_by === null ? null : <p dir="auto">{t("call.answered", { name: call.answered_by })}</p>;
  return (
    <>
      <Button type="primary" loading={acknowledging.isPending} onClick={() => acknowledging.mutate(ticket)}>
        {t("call.acknowledge")}
      </Button>
      {acknowledging.error && <p role="alert">{plainly(acknowledging.error.message)}</p>}
    </>
  );
}
