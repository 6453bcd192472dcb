/** What the filters of a queue choose between, with what each is called. */
import { useQuery } from "@tanstack/react-query";
import { usePreferences } from "@shared/preferences";
import { useSession } from "@shared/session";
import { usePacks } from "@shared/tickets/levels";
import { OPEN } from "@shared/tickets/queries";
import type { PickOption } from "@shared/ui/pick";
import { useWords } from "@shared/words";
import { bare } from "@shared/words/plain";
import { FLAGS, NOBODY } from "@shared/tickets/asked";
import { readCustomer, useColleagues } from "./queries";

/** What the customer may be asked, and what may wait for people of ours, in the order in which it is offered. */
const WAITS = ["approval", "remote_grant", "part_agreement", "change_agreement", "change_acceptance", "confirmation"] as const;
const WORK = ["survey", "part", "consultation", "report"] as const;

/** Of each filter that has a list; the levels are those of the contract that is chosen, else of all. */
export function useChoices(address: URLSearchParams) {
  const { t } = useWords();
  const { t: domain } = useWords("domain");
  const { language } = usePreferences();
  const session = useSession();
  const packs = usePacks().data?.items ?? [];
  const colleagues = useColleagues().data?.items ?? [];
  const contract = address.get("contract");
  const scales = packs.some(({ id }) => id === contract) ? packs.filter(({ id }) => id === contract) : packs;
  const levels = scales.flatMap((pack) =>
    pack.levels.map((level) => ({ value: `${pack.id}:${level.id}`, label: level[language], group: pack.name[language] })),
  );
  const people = colleagues
    .filter(({ id }) => id !== session.id)
    .map(({ id, name, role }) => ({ value: id, label: name, group: domain(`role.${role}`) }));
  const waits = WAITS.map((value) => ({ value, label: domain(`waits_for.${value}`), group: t("queue.by.waits_for") }));
  const work = WORK.map((value) => ({ value, label: t(`queue.work.${value}`), group: t("queue.by.work") }));
  const flags = FLAGS.map((value) => ({ value, label: t(`queue.flag.${value}`), group: t("queue.by.flags") }));
  return {
    waits_for: waits,
    work,
    flags,
    contract: packs.map((pack) => ({ value: pack.id, label: pack.name[language] })),
    level: levels,
    stage: [...OPEN, "resolved" as const, "closed" as const].map((stage) => ({ value: stage, label: bare(domain(`stage.${stage}`)) })),
    assignee: [{ value: NOBODY, label: t("unassigned") }, { value: session.id, label: session.name }, ...people],
  };
}

/** What the customers of an address are called. */
export function useCustomerChoices(ids: readonly string[]): PickOption[] {
  const [id] = ids;
  const { data } = useQuery({
    queryKey: ["desk-customer", id],
    queryFn: () => readCustomer(id ?? ""),
    enabled: id !== undefined,
    staleTime: 300_000,
    retry: false,
  });
  return id === undefined ? [] : [{ value: id, label: data?.name ?? id }];
}
