/** Every page: its path, as the API serves it, its roles, and where it stands in the menu. */
import type { Session } from "@shared/api/client";
import { isOurs, readsAtADesk } from "@shared/session";

type May = (session: Session) => boolean;

const anybody: May = () => true;

/** A page of the console; `menu` is its word there, `keys` what leads to it. */
export interface Page {
  path: string;
  may: May;
  menu?: "home" | "tickets" | "new" | "inbox" | "packs" | "me";
  keys?: string;
}

export const PAGES = [
  { path: "/", may: anybody, menu: "home", keys: "g h" },
  { path: "/tickets", may: readsAtADesk, menu: "tickets", keys: "g q" },
  { path: "/tickets/:number", may: readsAtADesk },
  { path: "/new", may: (session) => session.may_open, menu: "new", keys: "n" },
  { path: "/inbox", may: anybody, menu: "inbox", keys: "g i" },
  { path: "/packs", may: isOurs, menu: "packs", keys: "g k" },
  { path: "/packs/:pack", may: isOurs },
  { path: "/me", may: anybody, menu: "me", keys: "g m" },
] as const satisfies readonly Page[];

export type Path = (typeof PAGES)[number]["path"];

/** Those that stand in somebody's menu. */
export const menuOf = (session: Session) =>
  PAGES.filter((page): page is Extract<(typeof PAGES)[number], { menu: string }> => "menu" in page && page.may(session));
