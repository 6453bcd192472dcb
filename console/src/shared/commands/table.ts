/** What neither the API nor the domain says of a command: where its button stands, and what it looks like. */
import type { Kind } from "./fields";

export const GROUPS = ["first", "site", "clock", "remote", "aside", "change", "major", "end"] as const;
export type Group = (typeof GROUPS)[number];

export interface Row {
  group: Group;
  /** It takes something away, or ends it: its button says so, and it is nobody's first choice. */
  grave?: true;
}

/** In the order in which a group offers them. */
export const TABLE: Record<Kind, Row> = {
  acknowledge: { group: "first" },
  take: { group: "first" },
  respond: { group: "first" },
  contact: { group: "first" },
  classify: { group: "first" },
  identify: { group: "first" },
  correct: { group: "first" },
  dispatch: { group: "first" },
  reassign: { group: "first" },
  unassign: { group: "first" },
  advance: { group: "first" },
  submit_plan: { group: "first" },
  diagnose: { group: "first" },
  restore: { group: "first" },
  resolve: { group: "first" },
  note: { group: "first" },
  apply_onsite: { group: "site" },
  book: { group: "site" },
  depart: { group: "site" },
  arrive: { group: "site" },
  end_visit: { group: "site" },
  write_log: { group: "site" },
  pause: { group: "clock" },
  resume: { group: "clock" },
  rebaseline: { group: "clock" },
  request_remote: { group: "remote" },
  grant_remote: { group: "remote" },
  refuse_remote: { group: "remote", grave: true },
  revoke_remote: { group: "remote", grave: true },
  start_remote: { group: "remote" },
  end_remote: { group: "remote" },
  request_consultation: { group: "aside" },
  conclude_consultation: { group: "aside" },
  open_vendor_case: { group: "aside" },
  close_vendor_case: { group: "aside" },
  request_part: { group: "aside" },
  agree_part: { group: "aside" },
  refuse_part: { group: "aside", grave: true },
  verify_part: { group: "aside" },
  reserve_part: { group: "aside" },
  order_part: { group: "aside" },
  part_arrived: { group: "aside" },
  deliver_substitute: { group: "aside" },
  return_substitute: { group: "aside" },
  propose_change: { group: "change" },
  agree_change: { group: "change" },
  refuse_change: { group: "change", grave: true },
  make_change: { group: "change" },
  accept_change: { group: "change" },
  consent: { group: "change" },
  hand_link: { group: "first" },
  submit_formal_report: { group: "major" },
  apply_major: { group: "major" },
  withdraw_major: { group: "major", grave: true },
  approve: { group: "major" },
  refuse: { group: "major", grave: true },
  form_centre: { group: "major" },
  start_plan: { group: "major" },
  object_plan: { group: "major", grave: true },
  end_plan: { group: "major" },
  confirm: { group: "end" },
  reject: { group: "end", grave: true },
  reopen: { group: "end" },
  deliver_report: { group: "end" },
  record_survey: { group: "end" },
  record_followup: { group: "end" },
  close: { group: "end", grave: true },
  merge: { group: "end", grave: true },
  discard: { group: "end", grave: true },
};

export const ORDER = Object.keys(TABLE) as Kind[];
