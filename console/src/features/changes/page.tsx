/** Who changed what of the registry, and when: read by whoever watches, and by those who are watched. */
import { useId } from "react";
import { beginOf, later } from "@shared/clock/days";
import { second } from "@shared/clock/beijing";
import { useAskedFor } from "@shared/records/asked";
import { Records } from "@shared/records/records";
import { Searched } from "@shared/records/searched";
import { AskField } from "@shared/ui/form/ask";
import { useWords } from "@shared/words";
import { useChanges, type Asked, type Change } from "./queries";
import { changedOf, useSaid } from "./said";

const KINDS = [
  "person",
  "customer",
  "department",
  "contract",
  "standing_authorisation",
  "deputyship",
  "shift",
  "organisation",
  "identity",
  "confirmation",
  "token",
  "session",
  "approval_link",
  "upload",
  "channel_rule",
  "preference",
  "erasure",
] as const;

/** What the API is asked, from what stands in the address: whole days. */
export function askedBy(address: URLSearchParams): Asked {
  const [person, whom, kind, from, to] = ["person", "whom", "kind", "from", "to"].map((name) => address.get(name)?.trim());
  return {
    ...(person && { person }),
    ...(whom && { whom }),
    ...(kind && { kind }),
    ...(from && { from: beginOf(from) }),
    ...(to && { to: beginOf(later(to, 1)) }),
  };
}

export default function ChangesPage() {
  const { t } = useWords();
  const id = useId();
  const [address, put] = useAskedFor();
  const found = useChanges(askedBy(address));
  const kinds = [
    { value: "", says: t("queue.all") },
    ...KINDS.map((value) => ({ value: value as string, says: t(`changes.kinds.${value}`) })),
  ];
  return (
    <>
      <div className="record-head">
        <h1>{t("menu.changes")}</h1>
        <Searched value={address.get("person") ?? ""} put={(said) => put("person", said)} says={t("changes.who")} hint={t("people.id")} />
        <Searched value={address.get("whom") ?? ""} put={(said) => put("whom", said)} says={t("changes.whom")} hint={t("people.id")} />
        <AskField
          ask={{ name: "kind", says: t("changes.kind"), kind: "choice", options: kinds }}
          id={`${id}-kind`}
          value={address.get("kind") ?? ""}
          change={(value) => put("kind", value)}
        />
        {(["from", "to"] as const).map((name) => (
          <AskField
            key={name}
            ask={{ name, says: t(`changes.${name}`), kind: "day" }}
            id={`${id}-${name}`}
            value={address.get(name) ?? ""}
            change={(value) => put(name, value)}
          />
        ))}
      </div>
      <Records
        name={t("menu.changes")}
        found={found}
        keyOf={(each) => String(each.id)}
        none={t("record.none")}
        heads={[t("changes.at"), t("changes.who"), t("changes.kind"), t("changes.whom"), t("changes.what")]}
      >
        {(each) => [
          <time key="at">{second(each.at)}</time>,
          <Who key="who" change={each} />,
          `${t(`changes.kinds.${each.kind as "person"}`)} ${t(`changes.action.${each.action as "added"}`)}`,
          <Called key="whom" name={each.whom_name} id={each.whom || each.about} />,
          <What key="what" change={each} />,
        ]}
      </Records>
    </>
  );
}

function Who({ change }: { change: Change }) {
  const { t } = useWords();
  const typed = /^command line of (.+)$/.exec(change.way)?.[1];
  const way = typed ? t("changes.typed", { who: typed }) : t(`changes.by.${change.way as "token"}`, { defaultValue: change.way });
  return (
    <>
      {change.person === null ? t("changes.program") : <Called name={change.person_name} id={change.person} />} <span className="soft">· {way}</span>
    </>
  );
}

/** A person by their name, with the id by which they are looked for here. */
function Called({ name, id }: { name: string | null; id: string }) {
  if (name === null) return id;
  return (
    <>
      {name} <span className="soft">{id}</span>
    </>
  );
}

function What({ change }: { change: Change }) {
  const said = useSaid();
  return (
    <ul>
      {changedOf(change).map((each) => (
        <li key={each.name}>{said(each)}</li>
      ))}
    </ul>
  );
}
