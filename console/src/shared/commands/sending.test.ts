import { expect, it } from "vitest";
import { ApiProblem, NoAnswer } from "@shared/api/problems";
import { fateOf } from "./sending";

it("nobody knows what became of what was not answered, and so it stays the same command", () => {
  expect(fateOf(new NoAnswer("gone"))).toMatchObject({ fate: { is: "unknown" }, isKnown: false });
  expect(fateOf(new ApiProblem(503, { detail: "后台暂时没有应答" }))).toMatchObject({
    fate: { is: "unknown", says: "后台暂时没有应答" },
    isKnown: false,
  });
});

it("a refusal and a mistake are decided: what is sent next is another command", () => {
  expect(fateOf(new ApiProblem(409, { detail: "请先定级", reason: "not_classified" }))).toEqual({
    fate: { is: "refused", reason: "not_classified", says: "请先定级" },
    isKnown: true,
  });
  expect(fateOf(new ApiProblem(422, { detail: "有误" }))).toMatchObject({ fate: { is: "wrong" }, isKnown: true });
});
