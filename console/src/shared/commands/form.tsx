/** The form of any command: what it asks for comes from the table, what can be chosen from the ticket itself. */
import { Button } from "antd";
import { useCallback, useRef, useState, type FormEvent } from "react";
import { pasted, useBringing } from "@shared/attachments/adding";
import { local, moment } from "@shared/clock/beijing";
import { serverNow } from "@shared/clock/server";
import { useKeys } from "@shared/keys/keys";
import { PhrasesFor } from "@shared/phrases/area";
import { useGapsOf } from "@shared/phrases/queries";
import { useSession } from "@shared/session";
import { useWords } from "@shared/words";
import { About } from "./about";
import { useDraft } from "./draft";
import { Fated } from "./fated";
import { asks, dataOf, FORMS, missing, presets, type Kind, type Offer, type Values } from "./fields";
import { FILES, FilesOf, idsOf, MOST_FILES } from "./files";
import { AskInput } from "./input";
import { WholeForm } from "./identify";
import { useCalled, useNaming } from "./naming";
import { newId, type Body, type Decision } from "./queries";
import { countsAsSeen, isOutdated, isOvertaken, seenAfter, seenOf, useSeen } from "./seen";
import { useSending } from "./sending";
import { occurredAt, WHEN } from "./stated";
import { TABLE } from "./table";
import { When } from "./when";
import "./form.css";

interface Given {
  number: string;
  /** The last entry that the page has seen, alarms aside. */
  seq: number;
  offer: Offer;
  /** What its draft is kept as, where one page has the command in several forms. */
  drafted?: string;
  /** What stands there already. */
  first?: Values | undefined;
  onClose: () => void;
  onAccepted: (decision: Decision) => void;
  /** What the reader has at all; `onOpen` leads to another one that opens this. */
  has: (kind: string) => boolean;
  onOpen: (kind: Kind) => void;
}

export function CommandForm({ number, seq, offer, drafted = offer.kind, first, onClose, onAccepted, has, onOpen }: Given) {
  const { t } = useWords();
  const called = useCalled();
  const session = useSession();
  const kind = offer.kind as Kind;
  const { nameOf, readersOf, filesReaders } = useNaming(offer);
  const form = useRef<HTMLFormElement>(null);
  const [firstId] = useState(newId);
  const id = useRef(firstId);
  const now = seenOf(seq, offer);
  const { seen, see } = useSeen(number, now);
  const draft = useDraft(session.id, number, drafted, { ...presets(offer), ...first, ...(offer.stated_by ? { [WHEN]: local(offer.stated_by) } : {}) });
  const { values } = draft.kept;
  const gaps = useGapsOf(number);
  const [empty, setEmpty] = useState<string[]>([]);
  /** It was to be sent; what stands in the way of it is said as long as it does. */
  const [isAsked, setIsAsked] = useState(false);
  const accepted = useCallback(
    (decision: Decision) => {
      draft.drop();
      onAccepted(decision);
    },
    [draft, onAccepted],
  );
  const { fate, submit, reconsider, hold } = useSending({
    number,
    unanswered: draft.kept.sent,
    onSent: (body) => {
      draft.sending(body);
      // What was decided is on record under its id: what is sent next is another command.
      if (body === undefined) id.current = newId();
    },
    onAccepted: accepted,
    onRefused: (refusal, offers) => {
      const behind = offers ? seenOf(offers.acted, offers.items.find((each) => each.kind === kind)) : now;
      see((before) => seenAfter(before ?? now, refusal, behind));
    },
  });
  const bringing = useBringing(number, ({ id: file }) => draft.change((before) => ({ ...before, [FILES]: [...idsOf(before[FILES]), file].join(" ") })));
  const isLocked = fate.is === "sending" || fate.is === "unknown" || fate.is === "pending";

  const fillAll = (changes: Values) => {
    draft.hold({ ...values, ...changes });
    setEmpty((before) => before.filter((each) => !(each in changes)));
    if (fate.is === "refused" || fate.is === "wrong") reconsider();
  };
  const fill = (path: string, value: string) => fillAll({ [path]: value });
  const files = idsOf(values[FILES]);
  const filesHold = bringing.isBusy ? t("files.wait") : files.length > MOST_FILES ? t("files.many", { count: MOST_FILES }) : undefined;
  const go = () => {
    if (draft.kept.sent) return void submit(draft.kept.sent, true);
    const open = missing(offer, values);
    setEmpty(open);
    if (open[0] !== undefined) return focusOn(form.current, open[0]);
    setIsAsked(true);
    if (filesHold !== undefined) return;
    if (isOvertaken(kind, seen, now)) {
      see(now);
      return hold();
    }
    const at = occurredAt(values[WHEN]);
    const body: Body = { command_id: id.current, kind, data: { ...dataOf(offer, values, seen.version), ...(files.length > 0 && { attachments: files }) } };
    if (at !== undefined) body.occurred_at = at;
    if (countsAsSeen(kind)) body.expect_seq = seen.seq;
    return void submit(body, false);
  };
  useKeys([{ keys: "mod+Enter", does: t("act.send"), run: go }]);
  const wrongAt = (path: string) =>
    empty.includes(path) ? t("act.required") : fate.is === "wrong" ? fate.problem.at(path) : undefined;

  return (
    <form
      ref={form}
      className="command-form"
      aria-label={called(kind)}
      // Enter in a line sends nothing: there is more to fill in.
      onSubmit={(event: FormEvent) => event.preventDefault()}
      onPaste={(event) => {
        const brought = isLocked ? [] : pasted(event.clipboardData);
        if (brought.length === 0) return;
        event.preventDefault();
        bringing.add(brought);
      }}
      noValidate
    >
      <About offer={offer} />
      <PhrasesFor value={{ kind, gaps }}>
      <WholeForm value={{ number, values, put: fillAll }}>
        {asks(offer, values).map((ask) => (
          <AskInput
            key={ask.path}
            ask={ask}
            label={nameOf(ask)}
            value={values[ask.path] ?? ""}
            onChange={(value) => fill(ask.path, value)}
            disabled={isLocked}
            wrong={wrongAt(ask.path)}
            readers={readersOf(ask)}
            contacts={offer.needs.contacts ?? []}
          />
        ))}
      </WholeForm>
      </PhrasesFor>
      {FORMS[kind].timed && (
        <When
          value={values[WHEN] ?? ""}
          onChange={(value) => fill(WHEN, value)}
          disabled={isLocked}
          by={offer.stated_by}
          wrong={wrongAt("occurred_at")}
        />
      )}
      <FilesOf
        number={number}
        held={values[FILES]}
        hold={(ids) => fill(FILES, ids)}
        bringing={bringing}
        disabled={isLocked}
        readers={filesReaders}
        wrong={(isAsked ? filesHold : undefined) ?? wrongAt(FILES)}
      />
      <Fated fate={fate} offer={offer} hasMoved={seq > seen.seq} has={has} onOpen={onOpen} />
      <div className="send">
        <Button
          type="primary"
          danger={TABLE[kind].grave ?? false}
          onClick={go}
          loading={fate.is === "sending"}
          disabled={fate.is === "pending"}
        >
          {fate.is === "unknown" ? t("act.sendAgain") : fate.is === "refused" && isOutdated(fate.reason) ? t("act.stillSend") : called(kind)}
        </Button>
        <Button onClick={onClose}>{t("act.back")}</Button>
        {!isLocked && Object.values(values).some(Boolean) && (
          <button
            type="button"
            className="link"
            onClick={() => {
              draft.drop();
              onClose();
            }}
          >
            {t("act.discard")}
          </button>
        )}
        {draft.saved !== undefined && <span className="soft">{t("act.draftOf", { at: moment(draft.saved, serverNow()) })}</span>}
      </div>
    </form>
  );
}

function focusOn(form: HTMLFormElement | null, path: string): void {
  form?.querySelector<HTMLElement>(`[data-path="${path}"] :is(input, textarea)`)?.focus();
}
