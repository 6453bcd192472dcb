/** Every page: its path, as the API serves it, its roles, and where it stands in the menu. */
import type { Session } from "@shared/api/client";

type May = (session: Session) => boolean;

const OUTSIDE: ReadonlySet<string> = new Set(["customer_contact", "customer_approver", "vendor"]);
const anybody: May = () => true;
const ofOurs: May = (session) => session.may_read && !OUTSIDE.has(session.role);

/** A page of the console; `menu` is its word there, `keys` what leads to it. */
export interface Page {
  path: string;
  may: May;
  menu?: "home" | "tickets" | "inbox" | "me";
  keys?: string;
}

export const PAGES = [
  { path: "/", may: anybody, menu: "home", keys: "g h" },
  { path: "/tickets", may: ofOurs, menu: "tickets", keys: "g q" },
  { path: "/inbox", may: anybody, menu: "inbox", keys: "g i" },
  { path: "/me", may: anybody, menu: "me", keys: "g m" },
] as const satisfies readonly Page[];

export type Path = (typeof PAGES)[number]["path"];

export const menuOf = (session: Session) => PAGES.filter((page) => page.may(session));
