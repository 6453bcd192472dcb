/** The days of a week: who is there from when to when, and when nobody is. */
import { App, Button } from "antd";
import { useState } from "react";
import { local } from "@shared/clock/beijing";
import { later } from "@shared/clock/days";
import { serverNow } from "@shared/clock/server";
import { ApiProblem } from "@shared/api/problems";
import { Dialog } from "@shared/ui/dialog";
import { Sign } from "@shared/ui/gravity";
import { useWords } from "@shared/words";
import { removeShift, useReadAnew, type Gap, type Shift } from "./queries";
import { piecesOf, type Piece } from "./week";

interface Given {
  monday: string;
  shifts: Shift[];
  gaps: Gap[];
  mayPlan: boolean;
}

const WEEK = [0, 1, 2, 3, 4, 5, 6] as const;

export function Days({ monday, shifts, gaps, mayPlan }: Given) {
  const { t } = useWords();
  const [leaving, setLeaving] = useState<Shift>();
  const today = local(serverNow()).slice(0, 10);
  return (
    <>
      <ol className="days">
        {WEEK.map((place) => {
          const day = later(monday, place);
          return (
            <li key={day} className="card" aria-current={day === today ? "date" : undefined}>
              <h2>
                {t(`roster.day.${place}`)} <span>{day.slice(5)}</span> {day === today && <b>{t("roster.today")}</b>}
              </h2>
              <Day day={day} shifts={shifts} gaps={gaps} {...(mayPlan && { remove: setLeaving })} />
            </li>
          );
        })}
      </ol>
      {leaving && <Remove shift={leaving} close={() => setLeaving(undefined)} />}
    </>
  );
}

function Day({ day, shifts, gaps, remove }: { day: string; shifts: Shift[]; gaps: Gap[]; remove?: (shift: Shift) => void }) {
  const { t } = useWords();
  const there = piecesOf(shifts, day);
  const nobody = piecesOf(gaps, day);
  return (
    <ul>
      {nobody.map((each) => (
        <li key={each.from} className="gap">
          <Sign of="late" /> {t("roster.gap", { from: each.from, to: each.to })}
        </li>
      ))}
      {there.map((each) => (
        <li key={each.of.id}>
          <Who piece={each} />
          {remove && (
            <button type="button" className="link" onClick={() => remove(each.of)}>
              {t("roster.remove")}
              <span className="only-read">{each.of.person_name}</span>
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

function Who({ piece }: { piece: Piece<Shift> }) {
  const { t } = useWords();
  const { person_name: name, substitute_name: substitute } = piece.of;
  return (
    <span>
      <time>
        {piece.from}–{piece.to}
      </time>{" "}
      <span dir="auto">{substitute ?? name}</span>
      {substitute && <span className="soft"> {t("roster.for", { name })}</span>}
    </span>
  );
}

/** What goes is named before it goes. */
function Remove({ shift, close }: { shift: Shift; close: () => void }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const readAnew = useReadAnew();
  const [busy, setBusy] = useState(false);
  const remove = async () => {
    setBusy(true);
    try {
      await removeShift(shift.id);
      void message.success(t("roster.removed"));
    } catch (error) {
      void message.error(error instanceof ApiProblem ? error.message : t("noAnswer"));
    } finally {
      readAnew();
      close();
    }
  };
  const when = { from: local(shift.begins_at).replace("T", " "), to: local(shift.ends_at).replace("T", " ") };
  return (
    <Dialog title={t("roster.removing")} onClose={close}>
      <p className="removing">{t("roster.removes", { name: shift.person_name, ...when })}</p>
      <Button danger type="primary" loading={busy} onClick={() => void remove()}>
        {t("roster.doRemove")}
      </Button>{" "}
      <Button onClick={close}>{t("roster.keep")}</Button>
    </Dialog>
  );
}
