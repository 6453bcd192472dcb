import { describe, expect, it } from "vitest";
import { ApiProblem, NoAnswer } from "@shared/api/problems";
import { fateOf, waitS } from "./sending";

const problem = (status: number, after?: number) => new ApiProblem(status, {}, after);

describe("a report that nobody answered", () => {
  it.each([401, 403, 408, 429])("is as unknown as before when it is sent again and %i comes", (status) => {
    expect(fateOf(problem(status), true, 2)).toMatchObject({ is: "unknown", tries: 3 });
  });

  it.each([400, 409, 422])("is refused when %i comes", (status) => {
    expect(fateOf(problem(status), true, 2)).toMatchObject({ is: "wrong" });
  });

  it("waits as long as it is told to", () => {
    expect(waitS({ is: "unknown", tries: 1, problem: problem(429, 40) })).toBe(40);
    expect(waitS({ is: "unknown", tries: 9 })).toBe(15);
  });
});

describe("a report that is sent for the first time", () => {
  it.each([401, 403, 422, 429])("is not recorded when %i comes", (status) => {
    expect(fateOf(problem(status), false, 0)).toMatchObject({ is: "wrong" });
  });

  it("may be recorded when nobody answers, or fails at it", () => {
    for (const error of [new NoAnswer("away"), problem(503), problem(408)]) {
      expect(fateOf(error, false, 0)).toMatchObject({ is: "unknown", tries: 1 });
    }
  });
});
