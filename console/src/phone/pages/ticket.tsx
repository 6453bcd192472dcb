/** A ticket on its one page: what is promised, whom to call, where to go, and the one big button. */
import { useEffect, useState } from "react";
import { moment } from "@shared/clock/beijing";
import { serverNow } from "@shared/clock/server";
import { asks, type Kind, type Offer } from "@shared/commands/fields";
import { usePreferences } from "@shared/preferences";
import { plainly } from "@shared/words/plain";
import { byDue, goesOn, isDue, isStopped, KINDS, nextStep, open } from "../next";
import { queuedOn, type Act } from "../outbox/acts";
import { ActForm } from "../parts/act-form";
import { CallsFor } from "../parts/called";
import { Clock, Stopped } from "../parts/clock";
import { Link } from "../parts/link";
import { Waiting } from "../parts/waiting";
import { Which } from "../parts/which";
import type { Seen } from "../queries";
import { go } from "../route";
import { done } from "../doing";
import { readTicket } from "../reading";
import { usePhone } from "../state";
import { named, t } from "../words";

export function TicketPage({ number, kind, again }: { number: string; kind: string | undefined; again: string | undefined }) {
  const { me, tickets, acts, calls } = usePhone();
  const seen = tickets.find(({ ticket }) => ticket.number === number);
  useEffect(() => void readTicket(number).catch(() => undefined), [number]);
  const queued = me ? queuedOn(acts, me.id, number) : [];
  if (seen === undefined) {
    return (
      <>
        <Back />
        <p className="card">{t("phone.notHere", { number })}</p>
        <Waiting acts={queued} />
      </>
    );
  }
  const offer = seen.offers.items.find((each) => each.kind === kind);
  const instead = queued.find(({ id, state }) => id === again && state === "refused");
  if (offer !== undefined && (again === undefined || instead !== undefined)) {
    return <ActForm key={`${kind}/${again}`} seen={seen} offer={offer} queued={queued} instead={instead} />;
  }
  return (
    <>
      <Back />
      <CallsFor calls={calls.filter((call) => call.ticket === number)} />
      <About seen={seen} />
      <Waiting acts={queued} />
      <Acts seen={seen} queued={queued} visit={goesOn(seen.visit, me?.id ?? "")} />
      <p className="soft">{t("phone.asOf", { at: moment(seen.at, serverNow()) })}</p>
      <a href={`/tickets/${number}`} className="plain">
        {t("phone.whole")}
      </a>
    </>
  );
}

const Back = () => (
  <Link to="/m/" className="plain">
    ‹ {t("phone.back")}
  </Link>
);

function About({ seen: { ticket, promises } }: { seen: Seen }) {
  return (
    <section className="card">
      <h1 dir="auto">{ticket.title}</h1>
      <p className="soft">
        <Which ticket={ticket} /> · {named("stage", ticket.stage)}
        {ticket.paused && ` · ${named("pause", ticket.paused)}`}
      </p>
      <p className="clocks">
        {promises.filter(isDue).toSorted(byDue).map((promise) =>
          isStopped(promise) ? (
            <Stopped key={promise.key} promise={promise.kind} why={promise.reason ?? ticket.paused} />
          ) : (
            <Clock key={promise.key} at={promise.due_at ?? ""} promise={promise.kind} />
          ),
        )}
      </p>
      <p>
        <a className="plain" href={`tel:${ticket.contact.phone ?? ""}`}>
          {t("phone.dial", { name: ticket.contact.name ?? "", phone: ticket.contact.phone ?? "" })}
        </a>
      </p>
      <p dir="auto">{ticket.site ?? t("phone.noSite")}</p>
      <details>
        <summary>{t("phone.description")}</summary>
        <p dir="auto" className="text">
          {ticket.description}
        </p>
      </details>
    </section>
  );
}

function Acts({ seen, queued, visit }: { seen: Seen; queued: Act[]; visit: Kind | undefined }) {
  const { language } = usePreferences();
  const { number } = seen.ticket;
  const { items } = seen.offers;
  const kinds = queued.map(({ kind }) => kind);
  const step = nextStep(items, seen.promises, kinds, visit);
  const may = open(items, kinds).filter((kind) => kind !== step?.kind);
  const not = items.filter((offer) => KINDS.some((kind) => kind === offer.kind) && !offer.possible && kinds.length === 0);
  return (
    <section className="steps" aria-label={t("phone.acts")}>
      {step ? (
        <DoButton number={number} offer={items.find(({ kind }) => kind === step.kind)} isBig of={step.of} />
      ) : (
        <p className="soft">{t("phone.noStep")}</p>
      )}
      {kinds.length > 0 && <p className="soft">{t("phone.unsure")}</p>}
      <div className="two">
        {may.map((kind) => (
          <DoButton key={kind} number={number} offer={items.find((each) => each.kind === kind)} />
        ))}
      </div>
      {not.length > 0 && (
        <details>
          <summary>{t("phone.not", { count: not.length })}</summary>
          <ul>
            {not.map((offer) => (
              <li key={offer.kind}>
                <b>{named("command", offer.kind)}</b> {plainly(offer.detail?.[language] ?? "")}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

/** Where nothing has to be said one tap is all; with words, photos or another time behind a second look. */
function DoButton({ number, offer, isBig = false, of }: { number: string; offer: Offer | undefined; isBig?: boolean; of?: string | undefined }) {
  const [isBusy, setIsBusy] = useState(false);
  if (offer === undefined) return null;
  const kind = offer.kind as Kind;
  const form = `/m/t/${number}#${kind}`;
  const needs = asks(offer, {}).some(({ required }) => required) || offer.stated_by !== undefined || kind === "end_visit";
  const tap = async () => {
    if (needs) return go(form);
    setIsBusy(true);
    await done({ number, kind, data: {} });
    return setIsBusy(false);
  };
  return (
    <div className="do">
      <button type="button" className={isBig ? "big" : ""} disabled={isBusy} onClick={() => void tap()}>
        {named("command", kind)}
        {isBig && of && <small>{t("phone.keeps", { promise: named("kind", of) })}</small>}
      </button>
      {isBig && !needs && (
        <Link to={form} className="plain">
          {t("phone.withMore")}
        </Link>
      )}
    </div>
  );
}
