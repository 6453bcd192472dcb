/** By which way it came, when, and since when the fault is there. */
import { useState } from "react";
import { local } from "@shared/clock/beijing";
import { serverNow } from "@shared/clock/server";
import { useWords } from "@shared/words";
import type { Report } from "./draft";
import { Choice, Field, idOf, told } from "./field";

const CHANNELS = ["phone", "mail", "walk_in", "web", "mobile", "api"] as const;

interface Given {
  report: Report;
  change: (changes: Partial<Report>) => void;
  wrongAt: (name: string) => string | undefined;
}

export function Times({ report, change, wrongAt }: Given) {
  const { t } = useWords();
  const { t: domain } = useWords("domain");
  return (
    <div className="times">
      <Field name="channel" says={t("opening.channel")} wrong={wrongAt("channel")}>
        <Choice
          name="channel"
          value={report.channel}
          onChoose={(channel) => change({ channel })}
          options={CHANNELS.map((value) => ({ value, says: domain(`channel.${value}`) }))}
        />
      </Field>
      <When name="received" none={t("opening.now")} {...{ report, change, wrongAt }} />
      <When name="occurred" none={t("opening.unknown")} {...{ report, change, wrongAt }} />
    </div>
  );
}

function When({ name, none, report, change, wrongAt }: Given & { name: "received" | "occurred"; none: string }) {
  const { t } = useWords();
  const value = report[name];
  const [isGiven, setIsGiven] = useState(value !== "");
  const give = (given: boolean) => {
    setIsGiven(given);
    change({ [name]: given ? local(serverNow()) : "" });
  };
  return (
    <Field name={name} says={t(`opening.${name}`)} wrong={wrongAt(name)}>
      <select
        {...(isGiven ? { id: `${idOf(name)}-how` } : told(name, wrongAt(name)))}
        aria-label={t(`opening.${name}`)}
        className="choice"
        value={isGiven ? "given" : ""}
        onChange={(event) => give(event.target.value === "given")}
      >
        <option value="">{none}</option>
        <option value="given">{t("opening.giveTime")}</option>
      </select>
      {isGiven && (
        <input
          {...told(name, wrongAt(name))}
          className="choice"
          type="datetime-local"
          value={value}
          max={local(serverNow())}
          onChange={(event) => change({ [name]: event.target.value })}
        />
      )}
    </Field>
  );
}
