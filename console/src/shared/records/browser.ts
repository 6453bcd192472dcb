/** A browser's name out of what it calls itself. */
export function browserOf(agent: string): string {
  const found = /(Edg|OPR|Firefox|Chrome|Safari)\/(\d+)/.exec(agent);
  const system = /Windows|Android|iPhone|iPad|Mac OS X|Linux/.exec(agent)?.[0] ?? "";
  const name = found ? `${found[1]?.replace("Edg", "Edge").replace("OPR", "Opera")} ${found[2]}` : agent.slice(0, 40);
  return [name, system].filter(Boolean).join(" · ");
}
