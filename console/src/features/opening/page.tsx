/** A report is taken while somebody speaks: who calls, what is broken, how grave it is; what is promised beside it. */
import { App, Button, Input } from "antd";
import { useCallback, useMemo, useState, type FormEvent } from "react";
import { useLocation, useNavigate } from "react-router";
import { clock } from "@shared/clock/beijing";
import { serverNow } from "@shared/clock/server";
import { useCustomer } from "@shared/customers/queries";
import { useKeys } from "@shared/keys/keys";
import { PhraseArea, PhrasesFor } from "@shared/phrases/area";
import { useSession } from "@shared/session";
import { spaced } from "@shared/tickets/number";
import { useWords } from "@shared/words";
import { Beside } from "./beside";
import { bodyOf, fieldOf, missing, type Needed } from "./body";
import { CallerFields } from "./caller";
import { useCalling } from "./calling";
import { ContractField, CustomerField } from "./customer";
import { useReport } from "./draft";
import { Fated } from "./fated";
import { Field, focusOn, onEnter, told } from "./field";
import { FactFields, LevelField } from "./level";
import { Promises, PromisedBriefly, usePromised } from "./promises";
import { usePack } from "@shared/promises/queries";
import { useCallers } from "./queries";
import { useSending } from "./sending";
import { useSoon } from "@shared/ui/soon";
import { Times } from "./times";
import "./page.css";

const MOST = 4000;

export default function NewTicketPage() {
  const { t } = useWords();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const { id, name: me } = useSession();
  const { report, sent, saved, change: keep, sending, drop } = useReport(id);
  const [asked, setAsked] = useState<Needed[]>([]);
  /** What has been changed since it was said to be wrong. */
  const [mended, setMended] = useState<string[]>([]);
  const onTicket = useCalling(report.phone, keep);
  const onOpened = useCallback(
    (number: string) => {
      drop();
      onTicket(number);
      void message.success(t("opening.opened", { number: spaced(number) }));
      void navigate(`/tickets/${number}`);
    },
    [drop, message, navigate, onTicket, t],
  );
  const { fate, isLocked, submit, again } = useSending({
    reportKey: report.key,
    unanswered: sent,
    onSent: sending,
    onOpened,
  });
  const change = useCallback(
    (changes: Parameters<typeof keep>[0]) => {
      // Another number is another caller, where nobody said otherwise.
      const anew = "phone" in changes && !report.byHand && report.customer ? { customer: undefined, contact: "", contract: "" } : {};
      keep({ ...anew, ...changes });
      setMended((before) => [...before, ...Object.keys(changes)]);
    },
    [keep, report.byHand, report.customer],
  );

  const phone = useSoon(report.phone.trim());
  const callers = useCallers(phone);
  const found = phone === report.phone.trim() ? callers.data?.items : undefined;
  const { data: customer } = useCustomer(report.customer?.id);
  const pack = report.customer?.id
    ? (customer?.contracts.find((each) => each.id === report.contract)?.pack ?? "")
    : report.contract;
  const { data: terms } = usePack(pack);
  const promised = usePromised(report);

  const { key: arrival } = useLocation();
  const lacking = missing(report);
  const errors = fate.is === "wrong" ? (fate.problem.told.errors ?? []) : [];
  const wrongAt = (name: string) =>
    errors.find((each) => fieldOf(each.field) === name && !mended.includes(name))?.message ??
    (asked.includes(name as Needed) && lacking.includes(name as Needed) ? t(`opening.needed.${name as Needed}`) : undefined);

  const take = () => {
    if (isLocked) return;
    setAsked(lacking);
    const [first] = lacking;
    if (first) focusOn(first);
    else {
      setMended([]);
      submit(bodyOf(report, serverNow()));
    }
  };
  const taking = useMemo(() => [{ keys: "mod+Enter", does: t("opening.take"), run: () => document.querySelector<HTMLButtonElement>("#new-take")?.click() }], [t]);
  useKeys(taking);

  const fields = { report, change, wrongAt };
  return (
    <form
      className="opening"
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        take();
      }}
    >
      <header>
        <h1>{t("opening.title")}</h1>
        {saved !== undefined && !isLocked && (
          <span className="soft">
            {t("opening.draft", { at: clock(saved) })}{" "}
            <button type="button" className="link" onClick={() => (drop(), setAsked([]), focusOn("phone"))}>
              {t("opening.drop")}
            </button>
          </span>
        )}
      </header>
      <Fated fate={fate} again={again} />
      <div className="taking">
        <fieldset className="card report" disabled={isLocked}>
          <legend className="only-read">{t("opening.report")}</legend>
          <div className="party">
            {/* Whoever asks for a new report begins at the number, also on a page that is still this one. */}
            <CallerFields key={arrival} {...fields} found={found} />
            <CustomerField {...fields} />
            <ContractField {...fields} />
            <div className="whole-line">
              <Field name="site" says={t("opening.site")} wrong={wrongAt("site")} hint={t("opening.siteHint")}>
                <Input
                  {...told("site", wrongAt("site"))}
                  autoComplete="off"
                  maxLength={300}
                  value={report.site}
                  onChange={(event) => change({ site: event.target.value })}
                  onKeyDown={onEnter(() => focusOn("title"))}
                />
              </Field>
            </div>
          </div>
          <Field name="title" says={t("opening.subject")} wrong={wrongAt("title")} hint={t("opening.seen")}>
            <Input
              {...told("title", wrongAt("title"))}
              autoComplete="off"
              maxLength={200}
              value={report.title}
              onChange={(event) => change({ title: event.target.value })}
              onKeyDown={onEnter(() => focusOn("description"))}
            />
          </Field>
          <Field name="description" says={t("opening.description")} wrong={wrongAt("description")} hint={t("opening.seen")}>
            <PhrasesFor value={{ kind: undefined, gaps: { contact: report.contact, customer: report.customer?.name, title: report.title, me } }}>
              <PhraseArea
                {...told("description", wrongAt("description"))}
                autoSize={{ minRows: 3, maxRows: 10 }}
                maxLength={MOST}
                value={report.description}
                change={(description) => change({ description })}
              />
            </PhrasesFor>
          </Field>
          <LevelField pack={terms} {...fields} />
          <FactFields pack={terms} {...fields} />
          <Times {...fields} />
        </fieldset>
        <aside aria-label={t("opening.beside")}>
          <Beside report={report} found={found} />
          <Promises contract={report.contract} found={promised} />
        </aside>
      </div>
      <footer>
        <PromisedBriefly found={promised} />
        <Button id="new-take" type="primary" htmlType="submit" size="large" loading={fate.is === "sending"} disabled={fate.is === "unknown"}>
          {t("opening.take")} <kbd aria-hidden="true">Ctrl Enter</kbd>
        </Button>
      </footer>
    </form>
  );
}
