/** What one would rather have of one's messages, as its form has it. */
import type { Values } from "@shared/ui/form/ask";
import type { Channels, Preferences } from "./queries";

/** What the company leaves to oneself: each urgency with each channel. */
export const refusable = ({ channels }: Pick<Channels, "channels">): string[] =>
  channels.flatMap(({ urgency, first, second, fixed }) => (fixed ? [] : [...new Set([...first, ...second])].map((way) => `${urgency}/${way}`)));

export const begunBy = ({ quiet_from, quiet_until, refused }: Channels): Values => ({
  quiet_from: quiet_from ?? "",
  quiet_until: quiet_until ?? "",
  refused: refused.join(" "),
});

export const givenBy = ({ quiet_from = "", quiet_until = "", refused = "" }: Values): Preferences => ({
  quiet_from: quiet_from.trim() || null,
  quiet_until: quiet_until.trim() || null,
  refused: refused.split(" ").filter(Boolean) as NonNullable<Preferences["refused"]>,
});
