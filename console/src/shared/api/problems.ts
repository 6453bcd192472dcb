/** What the API says when it does not do what it was asked: a problem document, or nothing at all. */
import type { components } from "./schema";

export type ProblemDocument = components["schemas"]["ProblemShown"];

/** A refusal, a mistake of the sender or one of ours, as the API tells it. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly told: Partial<ProblemDocument>;
  readonly retryAfter: number | undefined;

  constructor(status: number, told: Partial<ProblemDocument>, retryAfter?: number) {
    super(told.detail ?? `HTTP ${status}`);
    this.status = status;
    this.told = told;
    this.retryAfter = retryAfter;
  }

  /** The message for one field of what was sent. */
  at(field: string): string | undefined {
    return this.told.errors?.find((each) => each.field === field || each.field === `data.${field}`)?.message;
  }
}

/** Nobody answered, or somebody who is not the API, such as a captive portal. */
export class NoAnswer extends Error {}

export async function problemOf(answer: Response): Promise<ApiProblem | NoAnswer> {
  const told = (await answer.json().catch(() => ({}))) as Partial<ProblemDocument>;
  return problemIn(answer.status, answer.headers, told);
}

/** An answer without our mark is somebody else's, such as a captive portal's, and none; but what is too large for a
 * proxy on the way stays so however often it is sent. */
export function problemIn(status: number, headers: Pick<Headers, "get">, told: Partial<ProblemDocument>): ApiProblem | NoAnswer {
  if (headers.get("x-request-id") === null) {
    return status === TOO_LARGE ? new ApiProblem(TOO_LARGE, { detail: ours.tooLarge() }) : new NoAnswer(`HTTP ${status}`);
  }
  const after = Number(headers.get("retry-after"));
  return new ApiProblem(status, told, Number.isFinite(after) && after > 0 ? after : undefined);
}

const TOO_LARGE = 413;

/** What nobody says but we; whoever speaks gives the words. */
let ours = { tooLarge: () => `HTTP ${TOO_LARGE}` };

export function explain(words: typeof ours): void {
  ours = words;
}

/** Answers about who sends, or how often: of a body that was sent before, and may be on record, they tell nothing. */
export const SAYS_NOTHING: ReadonlySet<number> = new Set([401, 403, 408, 429]);
