/** Somebody leaves: what follows is said before, and what rests on them goes to another, or openly to nobody. */
import { App, Button } from "antd";
import { useId, useState } from "react";
import { ApiProblem } from "@shared/api/problems";
import { useReadAnew } from "@shared/confirmations/queries";
import { useWhyNot } from "@shared/records/does";
import { Dialog } from "@shared/ui/dialog";
import { AskField } from "@shared/ui/form/ask";
import { useWords } from "@shared/words";
import { changePerson, usePeople, type Person } from "./queries";

type Resting = Partial<Record<"tickets" | "shifts" | "vendor_cases" | "approvals", string[]>>;
const KINDS = ["tickets", "shifts", "vendor_cases", "approvals"] as const;
const NOBODY = "*";

export function Leaving({ person, close }: { person: Person; close: () => void }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const readAnew = useReadAnew();
  const [resting, setResting] = useState<Resting>();
  const [to, setTo] = useState("");
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState("");
  /** As it was opened; once what has changed since has been told of, whatever is there. */
  const [seen, setSeen] = useState<number | undefined>(person.version);
  const whyNot = useWhyNot();

  const leave = async () => {
    setBusy(true);
    setWrong("");
    try {
      await changePerson(person.id, {
        active: false,
        version: seen ?? person.version,
        ...(to === NOBODY && { unassigned: true }),
        ...(to !== "" && to !== NOBODY && { successor: to }),
      });
      void message.success(t("people.deactivated", { name: person.name }));
      readAnew();
      close();
    } catch (error) {
      const told = error instanceof ApiProblem ? (error.told as { rests_on?: Resting }) : {};
      if (told.rests_on) setResting(told.rests_on);
      else setWrong(whyNot(error));
      if (error instanceof ApiProblem && error.at("version") !== undefined) {
        // What has changed since has been told of: whoever says it again has seen that.
        await readAnew();
        setSeen(undefined);
      }
    } finally {
      setBusy(false);
    }
  };

  return (
    <Dialog title={t("people.deactivating", { name: person.name })} onClose={close} className="record">
      <p>{t("people.follows")}</p>
      <ul className="follows">
        {(["out", "duty", "work", "stays"] as const).map((each) => (
          <li key={each}>{t(`people.then.${each}`)}</li>
        ))}
      </ul>
      {resting && <Resting resting={resting} person={person} to={to} choose={setTo} />}
      <p role="alert" className="wrong">
        {wrong}
      </p>
      <p>
        <Button danger type="primary" loading={busy} disabled={resting !== undefined && to === ""} onClick={() => void leave()}>
          {t("people.doDeactivate")}
        </Button>{" "}
        <Button onClick={close}>{t("people.notYet")}</Button>
      </p>
    </Dialog>
  );
}

interface Chosen {
  resting: Resting;
  person: Person;
  to: string;
  choose: (to: string) => void;
}

function Resting({ resting, person, to, choose }: Chosen) {
  const { t } = useWords();
  const id = useId();
  const { rows } = usePeople({ role: person.role, active: true });
  const heirs = (rows ?? []).filter((each) => each.id !== person.id && each.department === person.department);
  const options = [
    { value: "", says: t("choice.choose") },
    ...heirs.map((each) => ({ value: each.id, says: `${each.name} · ${each.id}` })),
    { value: NOBODY, says: t("people.toNobody") },
  ];
  return (
    <div className="said" role="status">
      <b>{t("people.rests")}</b>
      {KINDS.filter((kind) => (resting[kind] ?? []).length > 0).map((kind) => (
        <span key={kind}>
          {t(`people.resting.${kind}`, { count: resting[kind]?.length ?? 0 })}
          {kind !== "shifts" && ` ${(resting[kind] ?? []).join(" ")}`}
        </span>
      ))}
      <AskField
        ask={{ name: "successor", says: t("people.successor"), kind: "choice", options, needed: true, hint: t("people.nobodyHint") }}
        id={id}
        value={to}
        change={choose}
      />
    </div>
  );
}
