/** Sends what waits: ticket by ticket in the order in which it was done, each once, until somebody says what became of it. */
import { behind, heads, type Act, type Outcome } from "./acts";

/** Where acts are kept: what is put there is there after a crash. */
export interface Keeper {
  all: () => Promise<Act[]>;
  put: (...acts: Act[]) => Promise<void>;
  /** The report has become a ticket: what was done on it goes there. */
  move: (from: string, to: string) => Promise<void>;
}

export interface Line {
  send: (act: Act) => Promise<Outcome>;
  /** By how much the phone's clock differs from the server's; nothing: nobody has answered yet. */
  offset: () => number | undefined;
  now: () => number;
}

const FIRST_S = 2;
const LONGEST_S = 60;

/** One round: whatever can be sent; how many seconds to wait then, and whether somebody has to sign in. */
export async function round(user: string, keeper: Keeper, line: Line): Promise<{ afterS: number; isSignedOut: boolean; isHeard: boolean }> {
  const found: Outcome[] = [];
  const offset = line.offset();
  if (offset === undefined) return { afterS: 0, isSignedOut: false, isHeard: false };
  // Whatever went on record lets the next of its ticket go; all tickets go on side by side, and none waits for another's.
  const tried = new Set<string>();
  const goOn = async (): Promise<void> => {
    const all = await keeper.all();
    if (found.some(({ is }) => is === "signed-out")) return;
    const ready = heads(all, user, line.now(), offset).filter(({ id }) => !tried.has(id));
    for (const { id } of ready) tried.add(id);
    await Promise.all(ready.map(async (act) => (found.push(await deliver(act, keeper, line)), goOn())));
  };
  await goOn();
  return {
    afterS: Math.max(0, ...found.map((each) => (each.is === "unknown" ? (each.afterS ?? FIRST_S) : each.is === "pending" ? FIRST_S : 0))),
    isSignedOut: found.some(({ is }) => is === "signed-out"),
    isHeard: found.some(({ is }) => is !== "unknown"),
  };
}

async function deliver(act: Act, keeper: Keeper, line: Line): Promise<Outcome> {
  // Before it leaves: after a crash it is known that it may be on record.
  const leaving = { ...act, sent: true };
  await keeper.put(leaving);
  const outcome = await line.send(act);
  await keeper.put(behind(leaving, outcome));
  if (act.kind === "open" && outcome.is === "done" && outcome.as !== undefined) await keeper.move(act.number, outcome.as);
  return outcome;
}

/** How long until the next try, behind so many in vain. */
export const pauseS = (tries: number, chance: number) => Math.min(FIRST_S * 2 ** tries, LONGEST_S) * (0.75 + chance / 4);
