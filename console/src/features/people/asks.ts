/** What is asked of a person. */
import { ROLES } from "@shared/records/roles";
import type { Ask } from "@shared/ui/form/ask";
import { useWords } from "@shared/words";
import { bare } from "@shared/words/plain";
import { useOrganisations } from "./queries";

const DEPARTMENTS = ["technical", "business"] as const;
const GRADES = ["junior", "middle", "senior", "principal", "expert"] as const;

export function useRoleOptions() {
  const { t: domain } = useWords("domain");
  return ROLES.map((value) => ({ value: value as string, says: bare(domain(`role.${value}`)) }));
}

export function useAsks(isNew: boolean): Ask[] {
  const { t } = useWords();
  const { t: domain } = useWords("domain");
  const { data } = useOrganisations();
  const none = { value: "", says: t("choice.none") };
  const roles = useRoleOptions();
  const departments = DEPARTMENTS.map((value) => ({ value: value as string, says: domain(`department.${value}`) }));
  const own: Ask[] = [
    { name: "name", says: t("people.name"), needed: true },
    { name: "role", says: t("people.role"), kind: "choice", needed: true, options: [{ value: "", says: t("choice.choose") }, ...roles] },
    { name: "phone", says: t("people.phone") },
    { name: "email", says: t("people.email"), max: 254, ...(!isNew && { hint: t("people.emailHint") }) },
    {
      name: "grade",
      says: t("people.grade"),
      kind: "choice",
      options: [none, ...GRADES.map((value) => ({ value, says: domain(`grade.${value}`) }))],
    },
    {
      name: "organisation",
      says: t("people.organisation"),
      kind: "choice",
      options: [none, ...(data ?? []).map(({ id, name }) => ({ value: id, says: `${name} · ${id}` }))],
      hint: t("people.organisationHint"),
    },
    { name: "customers", says: t("people.customers"), hint: t("people.customersHint") },
    { name: "department", says: t("people.department"), kind: "choice", options: [none, ...departments], hint: t("people.departmentHint") },
    { name: "told_apart", says: t("people.toldApart"), hint: t("people.toldApartHint") },
    { name: "same_as", says: t("people.sameAs"), hint: t("people.sameAsHint") },
  ];
  return isNew ? [{ name: "id", says: t("people.id"), needed: true, hint: t("people.idHint") }, ...own] : own;
}
