import type { Message } from "./queries";

/** Messages of one ticket as one line: the newest, how many there are, and those that are unread. */
export interface Group {
  newest: Message;
  count: number;
  unread: Message[];
  /** The newest by which the reader is called to answer for the ticket. */
  called: Message | undefined;
}

export function together(messages: Message[]): Group[] {
  const groups = new Map<string, Group>();
  for (const message of messages) {
    const key = message.ticket ?? message.id;
    const group = groups.get(key) ?? { newest: message, count: 0, unread: [], called: undefined };
    group.count += 1;
    if (message.call) group.called ??= message;
    if (message.read_at === null) group.unread.push(message);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** Each by itself. */
export const alone = (messages: Message[]): Group[] =>
  messages.map((message) => ({ newest: message, count: 1, unread: message.read_at === null ? [message] : [], called: message }));
