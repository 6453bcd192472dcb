import { expect, it } from "vitest";
import type { Session } from "@shared/api/client";
import { homeOf, insteadOf, isUnder, menuOf, parted } from "./pages";

const seen = (role: Session["role"], is: Partial<Session> = {}) => {
  const { bar, more } = parted(menuOf({ role, may_open: false, may_read: true, ...is } as Session));
  return [bar.map(({ menu }) => menu), more.map(({ menu }) => menu)];
};

it("a narrow bar has what is gone to most, and all else behind its last place", () => {
  expect(seen("hotline", { may_open: true })).toEqual([["home", "tickets", "new", "inbox"], ["calls", "roster", "customers", "packs", "wall", "me"]]);
  expect(seen("administrator", { may_read: false })).toEqual([["inbox", "roster", "people", "customers"], ["organisations", "channels", "changes", "packs", "me"]]);
});

it("everybody begins where their work is", () => {
  expect(seen("auditor")[0]?.slice(0, 3)).toEqual(["audit", "tickets", "inbox"]);
  const begins = (["auditor", "hotline", "vendor", "administrator"] as const).map((role) => homeOf({ role } as Session));
  expect(begins).toEqual(["/audit", "/", "/my", "/people"]);
});

it("a ticket's address that somebody was sent leads to their own page of it, whoever else's it is", () => {
  const customer = { role: "customer_contact", may_read: true } as Session;
  const administrator = { role: "administrator", may_read: false } as Session;
  expect([insteadOf("/tickets/:number", customer), insteadOf("/my/:number", { ...customer, role: "engineer" })]).toEqual(["ticket", "ticket"]);
  expect([insteadOf("/tickets", customer), insteadOf("/tickets/:number", administrator), insteadOf("/", administrator)]).toEqual(["nothing", "nothing", "home"]);
});

it("where all have room none is put away", () => {
  expect(seen("customer_contact", { may_open: true })).toEqual([["my", "new", "inbox", "me"], []]);
});

it("a page below another one belongs to it", () => {
  expect(["/people", "/people/li", "/peoples"].map((each) => isUnder("/people", each))).toEqual([true, true, false]);
});
