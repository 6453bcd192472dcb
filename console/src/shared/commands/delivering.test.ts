import { describe, expect, it } from "vitest";
import { ApiProblem, NoAnswer } from "@shared/api/problems";
import { newId, type Body, type Decision } from "./queries";
import { deliver, fateOf } from "./delivering";

it("nobody knows what became of what was not answered, and so it stays the same command", () => {
  expect(fateOf(new NoAnswer("gone"))).toMatchObject({ fate: { is: "unknown" }, isKnown: false });
  expect(fateOf(new ApiProblem(503, { detail: "后台暂时没有应答" }))).toMatchObject({
    fate: { is: "unknown", says: "后台暂时没有应答" },
    isKnown: false,
  });
});

it("a refusal and a mistake are decided: what is sent next is another command", () => {
  expect(fateOf(new ApiProblem(409, { detail: "请先定级", reason: "not_classified", seq: 8 }))).toEqual({
    fate: { is: "refused", reason: "not_classified", says: "请先定级" },
    isKnown: true,
    seq: 8,
  });
  expect(fateOf(new ApiProblem(422, { detail: "有误" }))).toMatchObject({ fate: { is: "wrong" }, isKnown: true });
});

describe("a body that is sent again behind an answer that was lost", () => {
  const body: Body = { command_id: newId(), kind: "note", data: { text: "备注" } };
  const recorded: Decision = { number: "7K3QX9VM", command_id: body.command_id, decision: "accepted", seq: 8 };
  const nothing = new ApiProblem(404, { detail: "没有找到" });
  const again = (status: number, known: Decision | Error, isAgain = true) => {
    const asked: string[] = [];
    const doors = {
      send: () => Promise.reject(new ApiProblem(status, { detail: "挡住了" })),
      decisionOn: (id: string) => {
        asked.push(id);
        return known instanceof Error ? Promise.reject(known) : Promise.resolve(known);
      },
    };
    return deliver(body, isAgain, doors).then((answer) => ({ answer, asked }));
  };

  it.each([401, 403, 404, 408, 422, 429])("and answered by %i is what was decided on it, asked for by its id", async (status) => {
    expect(await again(status, recorded)).toEqual({ answer: recorded, asked: [body.command_id] });
  });

  it.each([401, 403, 408, 429])("is of unknown fate still where %i answers and nobody knows of it", async (status) => {
    const unknown = { fate: { is: "unknown", says: "挡住了" }, isKnown: false };
    expect((await again(status, nothing)).answer).toEqual(unknown);
    expect((await again(status, new NoAnswer("gone"))).answer).toEqual(unknown);
  });

  it("is not recorded where it is wrong and the ticket never got it", async () => {
    expect((await again(422, nothing)).answer).toMatchObject({ fate: { is: "wrong" }, isKnown: true });
    expect((await again(422, new ApiProblem(503, {}))).answer).toMatchObject({ fate: { is: "unknown" }, isKnown: false });
  });

  it("is asked for only then: what is sent for the first time and is not taken was never there", async () => {
    expect(await again(403, recorded, false)).toMatchObject({ answer: { fate: { is: "wrong" }, isKnown: true }, asked: [] });
  });
});
