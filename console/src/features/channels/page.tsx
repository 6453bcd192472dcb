/** By which channels messages leave: what the company lays down, urgency by urgency and perhaps role by role. */
import { App, Button } from "antd";
import { useState } from "react";
import { useDoes } from "@shared/records/does";
import { ROLES } from "@shared/records/roles";
import { Bars } from "@shared/ui/bars";
import { RecordForm } from "@shared/ui/form/record-form";
import { Trouble } from "@shared/ui/trouble";
import { useWords } from "@shared/words";
import { bare } from "@shared/words/plain";
import { OTHERS, useRules, type Rule, type Rules } from "./queries";
import { begunBy, givenBy } from "./rule";
import "@shared/records/records.css";

const URGENCIES = ["now", "act", "know"] as const;

export default function ChannelsPage() {
  const { t } = useWords();
  const { data, error, refetch } = useRules();
  if (error && !data) return <Trouble error={error} again={() => void refetch()} />;
  if (!data) return <Bars rows={6} />;
  return (
    <div className="record">
      <h1>{t("menu.channels")}</h1>
      <p className="soft">{data.ways.length > 0 ? t("rules.ways", { ways: data.ways.map((way) => t(`channels.way.${way}`)).join(t("opening.and")) }) : t("rules.noWays")}</p>
      {URGENCIES.map((urgency) => (
        <Urgency key={urgency} urgency={urgency} rules={data} />
      ))}
    </div>
  );
}

function Urgency({ urgency, rules }: { urgency: (typeof URGENCIES)[number]; rules: Rules }) {
  const { t } = useWords();
  /** The role whose rule is being filled in; `+`: a new one's. */
  const [open, setOpen] = useState<string>();
  const close = () => setOpen(undefined);
  const those = rules.items.filter((each) => each.urgency === urgency);
  return (
    <section className="card" aria-label={t(`channels.urgency.${urgency}`)}>
      <h2>{t(`channels.urgency.${urgency}`)}</h2>
      <p className="soft">{t(`rules.meant.${urgency}`)}</p>
      <ul>
        {those.map((rule) => {
          const role = rule.role ?? OTHERS;
          return (
            <li key={role}>
              <One rule={rule} edit={() => setOpen(open === role ? undefined : role)} isOpen={open === role} />
              {open === role && <Filled rules={rules} rule={rule} close={close} />}
            </li>
          );
        })}
      </ul>
      {open === "+" ? (
        <Filled rules={rules} urgency={urgency} close={close} />
      ) : (
        <p>
          <Button onClick={() => setOpen("+")}>{t("rules.add")}</Button>
        </p>
      )}
    </section>
  );
}

function One({ rule, edit, isOpen }: { rule: Rule; edit: () => void; isOpen: boolean }) {
  const { t } = useWords();
  const { takeBack } = useRules();
  const does = useDoes(() => Promise.resolve());
  const whose = useWhose()(rule.role);
  return (
    <>
      <b>{whose}</b> <span>{useSaid()(rule)}</span>
      <button type="button" className="link" aria-expanded={isOpen} onClick={edit}>
        {t("record.edit")}
        <span className="only-read">{whose}</span>
      </button>
      {rule.laid_down && (
        <button type="button" className="link" onClick={() => void does(() => takeBack(rule), t("record.changed"))}>
          {t("rules.takeBack")}
          <span className="only-read">{whose}</span>
        </button>
      )}
    </>
  );
}

/** Of a rule that there is, or of a new one, of which the role is asked too. */
function Filled({ rules, rule, urgency = rule?.urgency ?? "now", close }: { rules: Rules; rule?: Rule; urgency?: Rule["urgency"]; close: () => void }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const { layDown } = useRules();
  const whose = useWhose();
  const ways = WAYS.filter((way) => rules.ways.includes(way) || rule?.first.includes(way) || rule?.second.includes(way));
  const options = (ways.length > 0 ? ways : WAYS).map((value) => ({ value: value as string, says: t(`channels.way.${value}`) }));
  const roles = ROLES.filter((role) => !rules.items.some((each) => each.urgency === urgency && each.role === role));
  const of_all = rules.items.find((each) => each.urgency === urgency && each.role === null);
  const begun = rule ?? of_all;
  return (
    <div className="said">
      <RecordForm
        name={`channel rule ${urgency} ${rule ? (rule.role ?? OTHERS) : "+"}`}
        asks={[
          ...(rule ? [] : [{ name: "role", says: t("people.role"), kind: "choice" as const, needed: true, options: [{ value: "", says: t("choice.choose") }, ...roles.map((value) => ({ value: value as string, says: whose(value) }))] }]),
          { name: "first", says: t("rules.first"), kind: "many", options, hint: t("rules.firstHint") },
          { name: "second", says: t("rules.second"), kind: "many", options, hint: t("rules.secondHint") },
          { name: "after_min", says: t("rules.after"), max: 4 },
          { name: "fixed", says: t("rules.fixed"), kind: "flag" },
          { name: "quiet", says: t("rules.quiet"), kind: "flag" },
        ]}
        begun={begun ? begunBy(begun) : {}}
        says={t("record.change")}
        send={(values) => layDown(urgency, rule ? (rule.role ?? OTHERS) : (values["role"] ?? ""), givenBy(values))}
        done={() => {
          void message.success(t("record.changed"));
          close();
        }}
        close={close}
      />
    </div>
  );
}

const WAYS = ["mail", "webhook", "sms", "voice", "wecom", "dingtalk", "feishu", "wecom_app", "dingtalk_app", "feishu_app"] as const;

function useWhose() {
  const { t } = useWords();
  const { t: domain } = useWords("domain");
  return (role: Rule["role"]) => (role === null ? t("rules.others") : bare(domain(`role.${role as "hotline"}`)));
}

function useSaid() {
  const { t } = useWords();
  const named = (ways: Rule["first"]) => ways.map((way) => t(`channels.way.${way}`)).join(t("opening.and"));
  return ({ first, second, after_min: minutes, fixed, quiet }: Rule) =>
    [
      first.length > 0 ? t("rules.by", { ways: named(first) }) : t("rules.inbox"),
      second.length > 0 && t("rules.then", { ways: named(second), minutes }),
      fixed && t("rules.isFixed"),
      !quiet && t("rules.isLoud"),
    ]
      .filter(Boolean)
      .join(t("rules.between"));
}
