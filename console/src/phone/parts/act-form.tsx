/** The form of an act: what its command asks for, photos, a signature, and when it was; kept with every letter. */
import { useEffect, useRef, useState, type FormEvent } from "react";
import { local } from "@shared/clock/beijing";
import { serverNow } from "@shared/clock/server";
import { asks, dataOf, FORMS, missing, presets, type Kind, type Offer } from "@shared/commands/fields";
import { readersSaid } from "@shared/commands/readers";
import { occurredAt, WHEN } from "@shared/commands/stated";
import { spaced } from "@shared/tickets/number";
import { openersOf } from "../next";
import { anewAs, type Act } from "../outbox/acts";
import { drafts, files, type Draft } from "../outbox/store";
import type { Seen } from "../queries";
import { go } from "../route";
import { doBefore, done, sendAnew } from "../doing";
import { usePhone } from "../state";
import { named, t } from "../words";
import { Field } from "./field";
import { Photos } from "./photos";
import { drawn, isEmpty, Signature } from "./signature";
import { WHERE } from "./where";

const SIGNED: ReadonlySet<string> = new Set(["end_visit", "arrive", "resolve"]);

interface Given {
  seen: Seen;
  offer: Offer;
  queued: Act[];
  /** What was refused, and is said in another way here. */
  instead: Act | undefined;
}

export function ActForm({ seen, offer, queued, instead }: Given) {
  const { me } = usePhone();
  const { number } = seen.ticket;
  const kind = offer.kind as Kind;
  const user = me?.id ?? "";
  const begun = instead ? anewAs(instead) : kind;
  const [draft, setDraft] = useState<Draft>();
  const latest = useRef<Draft>(undefined);
  const [wrong, setWrong] = useState<string[]>([]);
  /** So many additions of photos are under way. */
  const [adding, setAdding] = useState(0);
  const isBusy = useRef(false);

  useEffect(() => {
    const first: Draft = { values: { ...presets(offer), ...(offer.stated_by && { [WHEN]: local(offer.stated_by) }) }, files: [] };
    void drafts.get(user, number, begun).then((kept) => {
      latest.current = kept ?? first;
      setDraft(latest.current);
    });
    // Its first values are taken once: what the server says later never touches what somebody fills in.
    // oxlint-disable-next-line react/exhaustive-deps
  }, []);
  if (draft === undefined) return null;

  // Of what is there by then, not of what was drawn when it began: photos take their time, and letters go on.
  const hold = (change: (before: Draft) => Partial<Draft>) => {
    const before = latest.current ?? draft;
    const next = { ...before, ...change(before) };
    latest.current = next;
    setDraft(next);
    void drafts.put(user, number, begun, next);
  };
  const fill = (path: string, value: string) => {
    setWrong((before) => before.filter((each) => each !== path));
    hold((before) => ({ values: { ...before.values, [path]: value } }));
  };
  /** The signature in the frame as a picture that goes along; none: the frame is empty. */
  const sign = async () => {
    const { strokes = [], signer = "" } = latest.current ?? draft;
    if (isEmpty(strokes)) return [];
    const signature = await drawn(strokes, signer, [number, named("command", kind)]);
    await files.put({ ...signature, user });
    return [signature.id];
  };
  const busy = (by: 1 | -1) => setAdding((count) => count + by);
  const another = () => {
    busy(1);
    void sign()
      .then((ids) => hold((before) => ({ files: [...before.files, ...ids], strokes: [], signer: "" })))
      .finally(() => busy(-1));
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const empty = missing(offer, draft.values);
    setWrong(empty);
    if (empty.length > 0 || isBusy.current || adding > 0) return;
    isBusy.current = true;
    const signature = await sign();
    const did = {
      kind,
      data: dataOf(offer, draft.values),
      at: occurredAt(draft.values[WHEN]) ?? new Date(serverNow()).toISOString(),
      files: [...draft.files, ...signature],
    };
    const refused = queued.find(({ state }) => state === "refused");
    if (instead !== undefined) await sendAnew(instead, did);
    else if (refused !== undefined && openersOf(seen.offers.items, refused.kind).includes(kind)) await doBefore(refused, did);
    else await done({ number, ...did });
    await drafts.drop(user, number, begun);
    go(`/m/t/${number}`, true);
  };

  return (
    <form className="card" aria-label={named("command", kind)} onSubmit={(event) => void submit(event)} noValidate>
      <h1>{named("command", kind)}</h1>
      <p className="soft" dir="auto">
        {spaced(number)} · {seen.ticket.title}
      </p>
      {asks(offer, draft.values).map((ask, place) => (
        <Field
          key={ask.path}
          ask={ask}
          kind={kind}
          value={draft.values[ask.path] ?? ""}
          onChange={(value) => fill(ask.path, value)}
          wrong={wrong.includes(ask.path) ? t("phone.required") : undefined}
          isFirst={place === 0}
          readers={ask.type === "text" ? readersSaid(ask).map((said) => t(WHERE[said])).join(" · ") : undefined}
        />
      ))}
      {FORMS[kind].timed && (
        <label>
          <span>{t("phone.when")}</span>
          <input type="datetime-local" max={local(serverNow())} value={draft.values[WHEN] ?? ""} onChange={(event) => fill(WHEN, event.target.value)} />
          <span className="soft">{t("phone.whenNow")}</span>
        </label>
      )}
      <Photos
        label={named("command", kind)}
        user={user}
        ids={draft.files}
        hold={(change) => hold((before) => ({ files: change(before.files) }))}
        busy={busy}
      />
      {SIGNED.has(kind) && <Signature strokes={draft.strokes ?? []} signer={draft.signer ?? ""} hold={(change) => hold(() => change)} another={adding > 0 ? undefined : another} />}
      <div className="foot">
        <button type="submit" className="big" disabled={adding > 0}>
          {t("phone.record", { act: named("command", kind) })}
        </button>
        <button type="button" className="plain" onClick={() => go(`/m/t/${number}`, true)}>
          {t("phone.later")}
        </button>
      </div>
    </form>
  );
}
