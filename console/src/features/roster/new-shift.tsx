/** Somebody is put on duty. */
import { App } from "antd";
import { instantOf } from "@shared/clock/beijing";
import type { Ask } from "@shared/ui/form/ask";
import { RecordForm } from "@shared/ui/form/record-form";
import { useWords } from "@shared/words";
import { addShift, useCandidates, useReadAnew, type Duty } from "./queries";

export function NewShift({ duty, monday, close }: { duty: Duty; monday: string; close: () => void }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const readAnew = useReadAnew();
  const { data } = useCandidates(duty);
  const people = (data?.items ?? []).map((each) => ({ value: each.id, says: `${each.name} · ${each.id}` }));
  const asks: Ask[] = [
    { name: "person", says: t("roster.person"), kind: "choice", needed: true, options: [{ value: "", says: t("choice.choose") }, ...people] },
    { name: "substitute", says: t("roster.substitute"), kind: "choice", options: [{ value: "", says: t("choice.none") }, ...people], hint: t("roster.substituteHint") },
    { name: "begins_at", says: t("roster.begins"), kind: "time", needed: true },
    { name: "ends_at", says: t("roster.ends"), kind: "time", needed: true },
  ];
  return (
    <section className="card new-shift" aria-label={t("roster.add")}>
      <RecordForm
        name={`shift ${duty}`}
        asks={asks}
        begun={{ begins_at: `${monday}T08:00`, ends_at: `${monday}T20:00` }}
        says={t("roster.put")}
        send={({ person, substitute, begins_at: begins = "", ends_at: ends = "" }) =>
          addShift({
            duty,
            person: person ?? "",
            ...(substitute && { substitute }),
            begins_at: instantOf(begins),
            ends_at: instantOf(ends),
          })
        }
        done={() => {
          readAnew();
          void message.success(t("roster.added"));
        }}
        close={close}
      />
    </section>
  );
}
