/** Every page: its path, as the API serves it, its roles, and where it stands in the menu. */
import type { Session } from "@shared/api/client";
import { isOurs, isOutside, readsAtADesk } from "@shared/session";

type May = (session: Session) => boolean;

const anybody: May = () => true;
const among =
  (...roles: Session["role"][]): May =>
  (session) =>
    roles.includes(session.role);
const administers = among("administrator");
/** As the API lets customers and contracts be looked up. */
const looksUp = among("administrator", "hotline", "project_manager", "duty_manager", "leader", "commercial");
/** As the API lets the statistics be read. */
const answers = among("project_manager", "duty_manager", "leader", "supervisor", "auditor");
/** As the API lets calls be read that nobody took. */
const answersForCalls = among("hotline", "project_manager", "duty_manager", "leader");
const audits = among("auditor");
const watches = among("administrator", "auditor");

/** A page of the console; `menu` is its word there, `keys` what leads to it. */
export interface Page {
  path: string;
  may: May;
  menu?: "home" | "my" | "audit" | "wall" | "tickets" | "new" | "inbox" | "calls" | "roster" | "people" | "customers" | "organisations" | "channels" | "changes" | "packs" | "statistics" | "me";
  keys?: string;
}

export const PAGES = [
  { path: "/", may: (session) => isOurs(session) && !audits(session) && !administers(session), menu: "home", keys: "g h" },
  { path: "/my", may: isOutside, menu: "my", keys: "g h" },
  { path: "/my/:number", may: isOutside },
  { path: "/audit", may: audits, menu: "audit", keys: "g a" },
  { path: "/audit/what-if", may: audits },
  { path: "/audit/:number", may: audits },
  { path: "/tickets", may: readsAtADesk, menu: "tickets", keys: "g q" },
  { path: "/tickets/:number", may: readsAtADesk },
  { path: "/new", may: (session) => session.may_open, menu: "new", keys: "n" },
  { path: "/inbox", may: anybody, menu: "inbox", keys: "g i" },
  { path: "/calls", may: answersForCalls, menu: "calls", keys: "g t" },
  { path: "/roster", may: isOurs, menu: "roster", keys: "g r" },
  { path: "/people", may: administers, menu: "people", keys: "g p" },
  { path: "/people/:person", may: administers },
  { path: "/customers", may: looksUp, menu: "customers", keys: "g c" },
  { path: "/customers/:customer", may: looksUp },
  { path: "/organisations", may: administers, menu: "organisations", keys: "g o" },
  { path: "/channels", may: administers, menu: "channels", keys: "g n" },
  { path: "/changes", may: watches, menu: "changes", keys: "g l" },
  { path: "/packs", may: isOurs, menu: "packs", keys: "g k" },
  { path: "/packs/:pack", may: isOurs },
  { path: "/stats", may: answers, menu: "statistics", keys: "g s" },
  { path: "/wall", may: readsAtADesk, menu: "wall", keys: "g w" },
  { path: "/me", may: anybody, menu: "me", keys: "g m" },
] as const satisfies readonly Page[];

export type Path = (typeof PAGES)[number]["path"];

/** Where somebody begins. */
export function homeOf(session: Session): Path {
  if (isOutside(session)) return "/my";
  if (administers(session)) return "/people";
  return audits(session) ? "/audit" : "/";
}

/** Where a page leads that is not theirs. Links to a ticket are sent, and passed on, to people whose page is another. */
export function insteadOf(path: Path, session: Session): "home" | "ticket" | "nothing" {
  if (path === "/") return "home";
  return path.endsWith("/:number") && session.may_read ? "ticket" : "nothing";
}

export type InMenu = Extract<(typeof PAGES)[number], { menu: string }>;

/** Those that stand in somebody's menu. */
export const menuOf = (session: Session) => PAGES.filter((page): page is InMenu => "menu" in page && page.may(session));

/** So many stand side by side at 360 px; what is gone to most often, before all else. */
const ABREAST = 5;
const FIRST: ReadonlySet<InMenu["menu"]> = new Set(["home", "my", "audit", "tickets", "new", "inbox"]);

/** What of a menu stands in a narrow bar, and what behind its last place; with as many as there is room for, nothing. */
export function parted(menu: readonly InMenu[]): { bar: InMenu[]; more: InMenu[] } {
  if (menu.length <= ABREAST) return { bar: [...menu], more: [] };
  const [first, others] = [menu.filter((page) => FIRST.has(page.menu)), menu.filter((page) => !FIRST.has(page.menu))];
  const room = ABREAST - 1 - first.length;
  return { bar: [...first, ...others.slice(0, room)], more: others.slice(room) };
}

/** Whether an address is of a page, or of one below it. */
export const isUnder = (path: string, address: string) => address === path || address.startsWith(`${path}/`);
