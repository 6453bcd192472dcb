/** Figures: how promises are kept, what is open and whose it is, how long work takes, how late alarms come. */
import { useId } from "react";
import { useAskedFor } from "@shared/records/asked";
import { AskField, withAll } from "@shared/ui/form/ask";
import { usePacks } from "@shared/promises/queries";
import { moment } from "@shared/clock/beijing";
import { serverNow } from "@shared/clock/server";
import { useWords } from "@shared/words";
import { Ages, Kept, Late, Loads, Received, Spent } from "./pictures";
import { usePromises, useReports, type Asked } from "./queries";
import { distinct } from "./table";
import "./page.css";

const GROUPS = ["clause", "kind", "level", "contract"] as const;
export type Group = (typeof GROUPS)[number];

export default function StatisticsPage() {
  const { t } = useWords();
  const id = useId();
  const [address, put] = useAskedFor();
  const asked = askedBy(address);
  const by = GROUPS.find((each) => each === address.get("by")) ?? "clause";
  usePacks(true); // for the names of levels
  const { data } = useReports(asked);
  const contract = address.get("contract") ?? "";
  const { contract: _, ...months } = asked;
  // Those of the months that are looked at, by the numbers that contracts have.
  const found = usePromises({ ...months, by: "contract" }).data?.items ?? [];
  const contracts = distinct(found, ({ group }) => group).toSorted().map((value) => ({ value, says: value }));
  return (
    <>
      <div className="statistics-head">
        <h1>{t("menu.statistics")}</h1>
        {(["from", "to"] as const).map((name) => (
          <AskField
            key={name}
            ask={{ name, says: t(`statistics.${name}`), kind: "month" }}
            id={`${id}-${name}`}
            value={address.get(name) ?? ""}
            change={(value) => put(name, value)}
          />
        ))}
        <AskField
          ask={{ name: "contract", says: t("statistics.contract"), kind: "choice", options: withAll(t("statistics.allContracts"), contracts, contract) }}
          id={`${id}-contract`}
          value={contract}
          change={(value) => put("contract", value)}
        />
        <AskField
          ask={{ name: "by", says: t("statistics.by"), kind: "choice", options: GROUPS.map((value) => ({ value, says: t(`statistics.group.${value}`) })) }}
          id={`${id}-by`}
          value={by}
          change={(value) => put("by", value)}
        />
      </div>
      <p className="soft">
        {t("statistics.about")} {data?.as_of && t("statistics.asOf", { at: moment(data.as_of, serverNow()) })}
      </p>
      <div className="statistics-pictures">
        <Kept asked={asked} by={by} />
        <Received asked={asked} />
        <Ages asked={asked} />
        <Loads asked={asked} />
        <Spent asked={asked} />
        <Late asked={asked} />
      </div>
    </>
  );
}

/** What the API is asked, from what stands in the address; what no month is, is not asked. */
export function askedBy(address: URLSearchParams): Asked {
  const [from, to] = ["from", "to"].map((name) => /^20\d\d-(0[1-9]|1[0-2])$/.exec(address.get(name) ?? "")?.[0]);
  const contract = address.get("contract");
  return { ...(from && { from }), ...(to && { to }), ...(contract && { contract }) };
}
