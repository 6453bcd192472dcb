/** A browser's storage, for tests: Node has none of its own. */
export function stored(): Storage {
  const kept = Object.create({
    getItem: (key: string) => (Object.hasOwn(kept, key) ? (kept[key] as string) : null),
    setItem: (key: string, text: string) => (kept[key] = text),
    removeItem: (key: string) => delete kept[key],
    key: (place: number) => Object.keys(kept)[place] ?? null,
  }) as Storage;
  Object.defineProperty(kept, "length", { get: () => Object.keys(kept).length });
  return kept;
}
