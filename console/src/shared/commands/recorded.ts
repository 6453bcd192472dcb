/** That a command is on record is said for a while, and how it is, where its time was not taken. */
import { App } from "antd";
import { useCallback } from "react";
import { moment } from "@shared/clock/beijing";
import { serverNow } from "@shared/clock/server";
import { useWords } from "@shared/words";
import { claimSaid } from "./claim";
import type { Decision } from "./queries";

export function useTellRecorded(): (decision: Decision) => void {
  const { t } = useWords();
  const { message } = App.useApp();
  return useCallback(
    ({ at, clock_off_s: off }) => {
      const says = t("act.recorded", { at: moment(at ?? serverNow(), serverNow()) });
      void message.success(off ? `${says}${t(claimSaid(off))}` : says);
    },
    [message, t],
  );
}
