/** A rule of channels, as its form has it. */
import type { components } from "@shared/api/schema";
import type { Values } from "@shared/ui/form/ask";
import type { Rule } from "./queries";

type Given = components["schemas"]["NewRule"];

const AFTER_MIN = 10;

export const begunBy = ({ first, second, after_min, fixed, quiet }: Pick<Rule, "first" | "second" | "after_min" | "fixed" | "quiet">): Values => ({
  first: first.join(" "),
  second: second.join(" "),
  after_min: String(after_min),
  fixed: fixed ? "true" : "",
  quiet: quiet ? "true" : "",
});

const ways = (text: string | undefined) => (text ?? "").split(" ").filter(Boolean) as NonNullable<Given["first"]>;

/** What stands first does not stand second, too: it has left by then. A number that is none is for the API to refuse. */
export function givenBy(values: Values): Given {
  const first = ways(values["first"]);
  return {
    first,
    second: ways(values["second"]).filter((way) => !first.includes(way)),
    after_min: values["after_min"]?.trim() ? Number(values["after_min"]) : AFTER_MIN,
    fixed: values["fixed"] === "true",
    quiet: values["quiet"] === "true",
  };
}
