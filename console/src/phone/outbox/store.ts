/** What the phone keeps: in a database of the browser, which outlives its death. */
import { openDB, type DBSchema } from "idb";
import { isOpen, moved, type Act } from "./acts";

/** A photo or a signature, before the ticket has it. */
export interface Kept {
  /** The key under which it is sent. */
  id: string;
  user: string;
  name: string;
  type: string;
  blob: Blob;
  /** As the ticket calls it once it is there. */
  upload?: string;
}

export type Stroke = [x: number, y: number][];

export interface Draft {
  values: Record<string, string>;
  files: string[];
  /** The strokes of a signature that is not done, and who signs. */
  strokes?: Stroke[];
  signer?: string;
}

interface Tables extends DBSchema {
  acts: { key: string; value: Act };
  files: { key: string; value: Kept };
  tickets: { key: string; value: { user: string; number: string; holds: unknown } };
  drafts: { key: string; value: Draft };
  notes: { key: string; value: unknown };
}

const database = openDB<Tables>("zhishou-phone", 1, {
  upgrade(made) {
    made.createObjectStore("acts", { keyPath: "id" });
    made.createObjectStore("files", { keyPath: "id" });
    made.createObjectStore("tickets");
    made.createObjectStore("drafts");
    made.createObjectStore("notes");
  },
});

/** On the disk before anything goes on: whoever is told that it is kept may drop the phone. */
const KEPT = { durability: "strict" } as const;

export const acts = {
  all: async () => (await database).getAll("acts"),
  async put(...changed: Act[]) {
    const writing = (await database).transaction("acts", "readwrite", KEPT);
    await Promise.all([...changed.map((act) => writing.store.put(act)), writing.done]);
  },
  /** One that was taken back or given up, or another one in its place. */
  async replace(id: string, ...by: Act[]) {
    const writing = (await database).transaction("acts", "readwrite", KEPT);
    await Promise.all([writing.store.delete(id), ...by.map((act) => writing.store.put(act)), writing.done]);
  },
  async move(from: string, to: string) {
    await acts.put(...moved(await acts.all(), from, to));
  },
};

export const files = {
  get: async (id: string) => (await database).get("files", id),
  async put(file: Kept) {
    const writing = (await database).transaction("files", "readwrite", KEPT);
    await Promise.all([writing.store.put(file), writing.done]);
  },
  drop: async (ids: string[]) => {
    const open = await database;
    await Promise.all(ids.map((id) => open.delete("files", id)));
  },
};

export const notes = {
  get: async <T>(name: string) => (await database).get("notes", name) as Promise<T | undefined>,
  put: async (name: string, value: unknown) => void (await (await database).put("notes", value, name)),
  drop: async (name: string) => (await database).delete("notes", name),
  /** What stands there, as another tab may have left it just now, and another in its place. */
  async revise<T>(name: string, by: (kept: T) => T): Promise<T | undefined> {
    const writing = (await database).transaction("notes", "readwrite");
    const kept = (await writing.store.get(name)) as T | undefined;
    if (kept !== undefined) await writing.store.put(by(kept), name);
    await writing.done;
    return kept;
  },
};

export const drafts = {
  get: async (user: string, number: string, kind: string) => (await database).get("drafts", key(user, number, kind)),
  put: async (user: string, number: string, kind: string, draft: Draft) =>
    void (await (await database).put("drafts", draft, key(user, number, kind))),
  drop: async (user: string, number: string, kind: string) => (await database).delete("drafts", key(user, number, kind)),
};

export const tickets = {
  async of<T>(user: string): Promise<T[]> {
    const all = await (await database).getAll("tickets");
    return all.filter((each) => each.user === user).map(({ holds }) => holds as T);
  },
  put: async (user: string, number: string, holds: unknown) =>
    void (await (await database).put("tickets", { user, number, holds }, key(user, number))),
  drop: async (user: string, number: string) => (await database).delete("tickets", key(user, number)),
};

const key = (...parts: string[]) => parts.join("/");
const isOf = (user: string, name: string) => name.startsWith(key(user, ""));

/** What somebody could read: their tickets, and what of theirs is on record. What waits or was begun stays, and its files. */
export async function forgetTickets(user: string): Promise<void> {
  const cleared = (await database).transaction(["acts", "files", "tickets", "notes"], "readwrite", KEPT);
  const [told, read, kept] = [cleared.objectStore("acts"), cleared.objectStore("tickets"), cleared.objectStore("notes")];
  for (const act of await told.getAll()) {
    if (act.user !== user || isOpen(act)) continue;
    void told.delete(act.id);
    for (const id of act.files) void cleared.objectStore("files").delete(id);
  }
  for (const name of await read.getAllKeys()) if (isOf(user, name)) void read.delete(name);
  if (((await kept.get("me")) as { id: string } | undefined)?.id === user) void kept.delete("me");
  await cleared.done;
}

/** What somebody who leaves takes along; what waits stays, with the files that belong to it. */
export async function forget(user: string): Promise<void> {
  const open = await database;
  const all = await acts.all();
  const theirs = all.filter((act) => act.user === user);
  const needed = new Set(theirs.filter(isOpen).flatMap((act) => act.files));
  const cleared = open.transaction(["acts", "files", "tickets", "drafts"], "readwrite", KEPT);
  for (const act of theirs) if (!isOpen(act)) void cleared.objectStore("acts").delete(act.id);
  for (const file of await cleared.objectStore("files").getAll()) {
    if (file.user === user && !needed.has(file.id)) void cleared.objectStore("files").delete(file.id);
  }
  for (const name of await cleared.objectStore("tickets").getAllKeys()) if (isOf(user, name)) void cleared.objectStore("tickets").delete(name);
  for (const name of await cleared.objectStore("drafts").getAllKeys()) if (isOf(user, name)) void cleared.objectStore("drafts").delete(name);
  await cleared.done;
}
