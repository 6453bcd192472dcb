/** A session is ended until that is certain: whoever walks away believes that it is. */
import { ApiProblem } from "@shared/api/problems";

/** A server that is busy or away comes back; behind so many tries whoever leaves is told that they have not left. */
const TRIES = 5;
/** What is not answered within this is asked again. */
const ANSWERED_MS = 20_000;
const TOO_MANY = 429;

/** Asks for the end until it is answered, or until somebody `isLeaving` no more. Throws why the session goes on. */
export async function endSession(ask: (signal: AbortSignal) => Promise<unknown>, isLeaving: () => boolean): Promise<void> {
  for (let tries = 1; isLeaving(); tries += 1) {
    try {
      await ask(AbortSignal.timeout(ANSWERED_MS));
      return;
    } catch (error) {
      const problem = error instanceof ApiProblem ? error : undefined;
      // It had ended before, or by what was asked first and whose answer was lost.
      if (problem?.status === 401) return;
      if (tries === TRIES || (problem && problem.status < 500 && problem.status !== TOO_MANY)) throw error;
      await pause(problem?.retryAfter ?? 2 ** (tries - 1));
    }
  }
}

const pause = (seconds: number) => new Promise<void>((resolve) => void setTimeout(resolve, seconds * 1000));
