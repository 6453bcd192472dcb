import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { carry } from "@shared/api/client";
import { ApiProblem, NoAnswer } from "@shared/api/problems";
import { act } from "./outbox/sample";
import { calls, outcomeOfError, sendAct, whole } from "./queries";

// The API is beside the page, and the client asks where that is as soon as it is read.
vi.hoisted(() => vi.stubGlobal("location", { origin: "http://127.0.0.1" }));

const answer = (status: number, told: object) => Response.json(told, { status, headers: { "x-request-id": "r" } });
const asked: Request[] = [];
let answers: Response[] = [];

beforeEach(() => {
  asked.length = 0;
  vi.stubGlobal("fetch", (request: Request) => {
    asked.push(request);
    return Promise.resolve(answers.shift() ?? answer(500, {}));
  });
});
afterEach(() => void vi.unstubAllGlobals());

describe("an answer that is no decision", () => {
  it.each([
    [new NoAnswer("cut"), false, { is: "unknown" }],
    [new ApiProblem(503, {}, 7), false, { is: "unknown", afterS: 7 }],
    [new ApiProblem(401, {}), false, { is: "signed-out" }],
    [new ApiProblem(429, {}, 9), false, { is: "unknown", afterS: 9 }],
    [new ApiProblem(403, { detail: "no" }), false, { is: "refused", says: "no" }],
    // Of what was sent before and may be on record these say nothing.
    [new ApiProblem(403, { detail: "no" }), true, { is: "unknown" }],
    [new ApiProblem(404, {}), true, { is: "unknown" }],
    [new ApiProblem(422, { errors: [{ field: "data.text", message: "empty" }] as never }), true, { is: "refused", says: "empty" }],
  ])("of %s, sent before: %s, means %o", (error, isRepeated, expected) => {
    expect(outcomeOfError(error, isRepeated)).toMatchObject(expected);
  });
});

const said = (id: string, ticket: string | null, waits?: boolean) => ({ id, ticket, call: waits === undefined ? null : { waits, answered_by: null } });

describe("calls", () => {
  it("are those that nobody has answered, each ticket once by what was said last", async () => {
    answers = [answer(200, { items: [said("e", "B", true), said("d", "A"), said("c", "A", true), said("b", "A", true), said("a", "C", false), said("0", null)] })];
    expect((await calls()).map(({ id }) => id)).toEqual(["e", "c"]);
  });
});

describe("a ticket", () => {
  it("comes with what happened last of any visit, told wherever it was", async () => {
    const [way, end] = [{ happening: "departed", at: "2026-11-26T05:00:00Z" }, { happening: "visit_ended", at: "2026-11-26T06:00:00Z" }];
    answers = [answer(200, { number: "6X792M25" }), answer(200, { items: [] }), answer(200, { items: [] }), answer(200, { items: [way, end] })];
    expect((await whole("6X792M25", () => 0)).visit).toEqual(end);
    expect(new URL(asked[3]?.url ?? "").searchParams.getAll("happening")).toEqual(["departed", "arrived", "visit_ended", "resolved"]);
  });
});

describe("an act", () => {
  it("never leaves in the session of somebody else", async () => {
    carry({ id: "engineer2", csrf: "c" });
    expect(await sendAct(act("a", "6X792M25"))).toEqual({ is: "signed-out" });
    expect(asked).toEqual([]);
  });

  it("that meets another person's cookie waits for its own, and is not refused for it", async () => {
    carry({ id: "engineer", csrf: "c" });
    const other = () => answer(200, { id: "engineer2", csrf: "d" });
    answers = [answer(403, { detail: "csrf" }), other(), other()];
    expect(await sendAct(act("a", "6X792M25"))).toEqual({ is: "signed-out" });
  });

  it("whose photo the phone has lost is held, and never goes on record without it", async () => {
    carry({ id: "engineer", csrf: "c" });
    expect(await sendAct(act("a", "6X792M25", { files: ["gone"] }))).toEqual({ is: "refused", says: "phone.fileLost" });
    expect(asked).toEqual([]);
  });

  it("goes with its id and its own time, and is done once that is recorded", async () => {
    carry({ id: "engineer", csrf: "c" });
    answers = [answer(200, { decision: "accepted", at: "2026-11-26T05:00:00Z", command_id: "a", number: "6X792M25" })];
    const given = act("a", "6X792M25");
    expect(await sendAct(given)).toMatchObject({ is: "done", as: "2026-11-26T05:00:00Z" });
    expect(await asked[0]?.json()).toEqual({ command_id: "a", kind: "note", occurred_at: given.at, data: given.data });
  });
});
