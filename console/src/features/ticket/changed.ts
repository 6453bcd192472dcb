/** What an entry says of before and after: which promises were put down, and whose report it is by now. */
export interface PutDown {
  kind: string;
  /** No instant: it had, or has, no due time. */
  before: string | null;
  after: string | null;
  dropped: boolean;
}

interface Party {
  customer_name?: string;
  contract?: string;
  contact?: { name: string; phone: string };
}

export interface Became {
  what: "customer" | "contact" | "contract";
  was: string;
  is: string;
}

type Data = Record<string, unknown>;

export const putDown = (data: Data): PutDown[] => (data["changed"] as PutDown[] | undefined) ?? [];

/** What of whose it is has become another. */
export function became(data: Data): Became[] {
  const before = data["before"] as Party | undefined;
  if (!before) return [];
  const now = data as Party;
  const called = ({ contact }: Party) => (contact ? `${contact.name} ${contact.phone}` : "");
  const pairs: Became[] = [
    { what: "customer", was: before.customer_name ?? "", is: now.customer_name ?? "" },
    { what: "contact", was: called(before), is: called(now) },
    { what: "contract", was: before.contract ?? "", is: now.contract ?? "" },
  ];
  return pairs.filter(({ was, is }) => was !== is);
}
