/** What an entry says of before and after: which promises were put down, and what the report says by now. */
export interface PutDown {
  kind: string;
  /** No instant: it had, or has, no due time. */
  before: string | null;
  after: string | null;
  dropped: boolean;
}

interface Report {
  customer_name?: string;
  contract?: string;
  contact?: { name: string; phone: string };
  title?: string;
  description?: string;
  site?: string | null;
  asset?: string | null;
}

export interface Became {
  what: "customer" | "contact" | "contract" | "title" | "description" | "site" | "asset";
  was: string;
  is: string;
}

const CORRECTED = ["title", "description", "site", "asset"] as const;

type Data = Record<string, unknown>;

export const putDown = (data: Data): PutDown[] => (data["changed"] as PutDown[] | undefined) ?? [];

/** What of the report, and of whose it is, has become another. */
export function became(data: Data): Became[] {
  const before = data["before"] as Report | undefined;
  if (!before) return [];
  const now = data as Report;
  const called = ({ contact }: Report) => (contact ? `${contact.name} ${contact.phone}` : "");
  const pairs: Became[] = [
    { what: "customer", was: before.customer_name ?? "", is: now.customer_name ?? "" },
    { what: "contact", was: called(before), is: called(now) },
    { what: "contract", was: before.contract ?? "", is: now.contract ?? "" },
    ...CORRECTED.filter((what) => what in before).map((what) => ({ what, was: before[what] ?? "", is: now[what] ?? "" })),
  ];
  return pairs.filter(({ was, is }) => was !== is);
}
