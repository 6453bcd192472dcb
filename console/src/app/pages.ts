/** Every page: its path, as the API serves it, its roles, and where it stands in the menu. */
import type { Session } from "@shared/api/client";
import { isOurs, readsAtADesk } from "@shared/session";

type May = (session: Session) => boolean;

const anybody: May = () => true;
const among =
  (...roles: Session["role"][]): May =>
  (session) =>
    roles.includes(session.role);
const administers = among("administrator");
/** As the API lets customers and contracts be looked up. */
const looksUp = among("administrator", "hotline", "project_manager", "duty_manager", "leader", "commercial");
const watches = among("administrator", "auditor");

/** A page of the console; `menu` is its word there, `keys` what leads to it. */
export interface Page {
  path: string;
  may: May;
  menu?: "home" | "tickets" | "new" | "inbox" | "roster" | "people" | "customers" | "organisations" | "changes" | "packs" | "me";
  keys?: string;
}

export const PAGES = [
  { path: "/", may: anybody, menu: "home", keys: "g h" },
  { path: "/tickets", may: readsAtADesk, menu: "tickets", keys: "g q" },
  { path: "/tickets/:number", may: readsAtADesk },
  { path: "/new", may: (session) => session.may_open, menu: "new", keys: "n" },
  { path: "/inbox", may: anybody, menu: "inbox", keys: "g i" },
  { path: "/roster", may: isOurs, menu: "roster", keys: "g r" },
  { path: "/people", may: administers, menu: "people", keys: "g p" },
  { path: "/people/:person", may: administers },
  { path: "/customers", may: looksUp, menu: "customers", keys: "g c" },
  { path: "/customers/:customer", may: looksUp },
  { path: "/organisations", may: administers, menu: "organisations", keys: "g o" },
  { path: "/changes", may: watches, menu: "changes", keys: "g l" },
  { path: "/packs", may: isOurs, menu: "packs", keys: "g k" },
  { path: "/packs/:pack", may: isOurs },
  { path: "/me", may: anybody, menu: "me", keys: "g m" },
] as const satisfies readonly Page[];

export type Path = (typeof PAGES)[number]["path"];

/** Those that stand in somebody's menu. */
export const menuOf = (session: Session) =>
  PAGES.filter((page): page is Extract<(typeof PAGES)[number], { menu: string }> => "menu" in page && page.may(session));
