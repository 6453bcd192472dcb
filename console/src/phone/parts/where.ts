/** Who reads what is written, in the phone's words. */
import type { Word } from "../words";

export const WHERE = {
  "act.customerReads": "phone.customerReads",
  "act.vendorReads": "phone.vendorReads",
  "act.oursOnly": "phone.oursOnly",
} as const satisfies Record<string, Word>;
