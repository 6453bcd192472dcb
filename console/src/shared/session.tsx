/** Who works at this browser. */
import { useQueryClient } from "@tanstack/react-query";
import { createContext, use, useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import { flushSync } from "react-dom";
import { api, carry, onSignedOut, read, type Session } from "@shared/api/client";
import { ApiProblem } from "@shared/api/problems";
import { dropDraftsOf } from "@shared/drafts/drafts";
import { endSession } from "@shared/leaving";

/**
 * `expired`: the session ended while a page was open, which stays until the same person is back. `leaving`: its end is
 * asked for, with the drafts of whoever it is or without; `why`: it goes on all the same.
 */
type Known =
  | { is: "asking" }
  | { is: "unreachable" }
  | { is: "signed-out" }
  | { is: "signed-in"; session: Session }
  | { is: "expired"; session: Session }
  | { is: "leaving"; forgets: boolean; why?: unknown };

interface Entrance {
  known: Known;
  /** With the words of a refusal as an ApiProblem. */
  signIn: (user: string, password: string) => Promise<void>;
  /** In every tab of this browser, once that is certain; forgetting: what they have begun here is deleted. */
  signOut: (forgets?: boolean) => Promise<void>;
  askAgain: () => void;
  /** Somebody else has heard that the session is over. */
  expire: () => void;
}

const OUTSIDE: ReadonlySet<string> = new Set(["customer_contact", "customer_approver", "vendor"]);

/** Of a customer, or of a vendor. */
export const isOutside = ({ role }: { role: string }) => OUTSIDE.has(role);

/** Of the service company, or its auditor. */
export const isOurs = (session: Pick<Session, "role">) => !isOutside(session);

/** Whether they read tickets at a desk. */
export const readsAtADesk = (session: Pick<Session, "role" | "may_read">) => session.may_read && isOurs(session);

/** On which the tabs of a browser tell each other that somebody has left. */
const LEAVING = "zhishou.leaving";

const Context = createContext<Entrance | null>(null);

export function useEntrance(): Entrance {
  const found = use(Context);
  if (found === null) throw new Error("outside of the session");
  return found;
}

/** Of a page that is shown to people who are signed in. */
export function useSession(): Session {
  const { known } = useEntrance();
  if (known.is !== "signed-in" && known.is !== "expired") throw new Error("nobody is signed in");
  return known.session;
}

export function SessionProvider({ children }: { children: ReactNode }) {
  const [known, setKnown] = useState<Known>({ is: "asking" });
  const queries = useQueryClient();
  const person = useRef("");
  /** Another one with each that comes in or leaves: an answer to what was asked before is of somebody else's session. */
  const turn = useRef({});

  const enter = useCallback(
    (session: Session) => {
      carry(session);
      turn.current = {};
      // Another person gets a clean page; the same one goes on, with what they see read anew.
      if (person.current !== session.id) queries.clear();
      else void queries.invalidateQueries();
      person.current = session.id;
      setKnown({ is: "signed-in", session });
    },
    [queries],
  );

  const ask = useCallback(() => {
    const before = turn.current;
    return read(api.GET("/api/session")).then(
      (session) => turn.current === before && enter(session),
      (error: unknown) =>
        turn.current === before && setKnown({ is: error instanceof ApiProblem && error.status === 401 ? "signed-out" : "unreachable" }),
    );
  }, [enter]);

  const expire = useCallback(
    () => setKnown((before) => (before.is === "signed-in" ? { is: "expired", session: before.session } : before)),
    [],
  );
  const leave = useCallback(
    (forgets: boolean) => {
      const who = person.current;
      turn.current = {};
      carry(null);
      queries.clear();
      person.current = "";
      // At once: whatever pages still hold they have put down before this is over.
      flushSync(() => setKnown({ is: "signed-out" }));
      if (forgets && who !== "") dropDraftsOf(who);
    },
    [queries],
  );
  const tabs = useRef<BroadcastChannel>(undefined);
  useEffect(() => {
    const channel = new BroadcastChannel(LEAVING);
    channel.addEventListener("message", ({ data }) => leave(data === true));
    tabs.current = channel;
    return () => channel.close();
  }, [leave]);
  // Whoever asks hears by then that another tab leaves.
  useEffect(() => {
    void ask();
    return onSignedOut(expire);
  }, [ask, expire]);

  const entrance = useMemo<Entrance>(
    () => ({
      known,
      signIn: async (user, password) => enter(await read(api.POST("/api/session", { body: { user, password, keep: false } }))),
      signOut: async (forgets = false) => {
        const before = turn.current;
        const isLeaving = () => turn.current === before;
        setKnown({ is: "leaving", forgets });
        try {
          await endSession((signal) => api.DELETE("/api/session", { signal }), isLeaving);
        } catch (why) {
          if (isLeaving()) setKnown({ is: "leaving", forgets, why });
          return;
        }
        if (!isLeaving()) return;
        tabs.current?.postMessage(forgets);
        leave(forgets);
      },
      askAgain: () => {
        setKnown({ is: "asking" });
        void ask();
      },
      expire,
    }),
    [known, enter, ask, expire, leave],
  );
  return <Context value={entrance}>{children}</Context>;
}
