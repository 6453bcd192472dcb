import { expect, it } from "vitest";
import { ApiProblem, NoAnswer, problemOf } from "./problems";

const answer = (status: number, headers: Record<string, string> = {}, body = "<html>") => problemOf(new Response(body, { status, headers }));
const ours = { "x-request-id": "a1" };

it("what is too large for a proxy on the way is refused, and no lost connection", async () => {
  expect(await answer(413)).toMatchObject({ status: 413 });
  expect(await answer(413)).toBeInstanceOf(ApiProblem);
});

it("any other answer that is not ours is none", async () => {
  for (const status of [200, 403, 502]) expect(await answer(status)).toBeInstanceOf(NoAnswer);
});

it("ours has its words, and when to try again", async () => {
  expect(await answer(413, ours, '{"detail": "内容过大"}')).toMatchObject({ status: 413, message: "内容过大" });
  expect(await answer(429, { ...ours, "retry-after": "7" }, "{}")).toMatchObject({ retryAfter: 7 });
});
