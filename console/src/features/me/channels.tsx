/** How one is reached outside the inbox: quiet hours, and channels that one would rather not have. */
import { RecordForm } from "@shared/ui/form/record-form";
import { Bars } from "@shared/ui/bars";
import { Trouble } from "@shared/ui/trouble";
import { useWords } from "@shared/words";
import { begunBy, givenBy, refusable } from "./channel";
import { useChannels } from "./queries";

export function Channels() {
  const { t } = useWords();
  const { data, error, refetch, prefer } = useChannels();
  if (error && !data) return <Trouble error={error} again={() => void refetch()} />;
  if (!data) return <Bars rows={2} />;
  const says = (word: string) => {
    const [urgency = "", way = ""] = word.split("/");
    return `${t(`channels.urgency.${urgency as "now"}`)} · ${t(`channels.way.${way as "mail"}`)}`;
  };
  const options = refusable(data).map((value) => ({ value, says: says(value) }));
  return (
    <>
      <p className="soft">{t(data.channels.some(({ first, second }) => first.length + second.length > 0) ? "channels.hint" : "channels.none")}</p>
      <RecordForm
        name="channels"
        asks={[
          { name: "quiet_from", says: t("channels.quietFrom"), max: 5, hint: t("channels.quietHint") },
          { name: "quiet_until", says: t("channels.quietUntil"), max: 5 },
          ...(options.length > 0 ? [{ name: "refused", says: t("channels.refused"), kind: "many" as const, options, hint: t("channels.refusedHint") }] : []),
        ]}
        begun={begunBy(data)}
        says={t("phrases.save")}
        send={(values) => prefer(givenBy(values))}
        done={() => undefined}
      />
    </>
  );
}
