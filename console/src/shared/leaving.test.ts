import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiProblem, NoAnswer } from "@shared/api/problems";
import { endSession } from "./leaving";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Answers one after the other; an error is thrown. */
function asked(...answers: (Error | undefined)[]) {
  return vi.fn(() => {
    const answer = answers.shift();
    return answer ? Promise.reject(answer) : Promise.resolve();
  });
}

async function after(ask: () => Promise<unknown>, isLeaving = () => true): Promise<unknown> {
  const outcome = endSession(ask, isLeaving).then(
    () => "ended",
    (error: unknown) => error,
  );
  await vi.runAllTimersAsync();
  return outcome;
}

const busy = () => new ApiProblem(503, {}, 2);

describe("ending a session", () => {
  it("is asked again of a server that is busy, or does not answer", async () => {
    const ask = asked(busy(), new NoAnswer("reset"), undefined);
    expect(await after(ask)).toBe("ended");
    expect(ask).toHaveBeenCalledTimes(3);
  });

  it("has happened where the answer to it was lost", async () => {
    expect(await after(asked(new NoAnswer("reset"), new ApiProblem(401, {})))).toBe("ended");
  });

  it("says so where it is refused, or the server stays away", async () => {
    const refused = new ApiProblem(403, {});
    expect(await after(asked(refused))).toBe(refused);
    const ask = asked(...Array.from({ length: 9 }, busy));
    expect(await after(ask)).toMatchObject({ status: 503 });
    expect(ask).toHaveBeenCalledTimes(5);
  });

  it("is not asked for once another tab has left: who comes next stays in", async () => {
    const ask = asked(busy(), undefined);
    expect(await after(ask, () => ask.mock.calls.length === 0)).toBe("ended");
    expect(ask).toHaveBeenCalledTimes(1);
  });
});
