/** A report of a call that came in: its number stands there, and once there is a ticket the call waits for nobody. */
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect } from "react";
import { useSearchParams } from "react-router";
import { returnCall } from "@shared/calls";

/** Whoever took another report meanwhile has spoken to somebody else; of a number that was withheld nobody can tell. */
export const isOfTheCall = (number: string | null, phone: string) => number === "" || number === phone.trim();

/** Fills the number in where none is yet; answers what is to be done once the ticket is there. */
export function useCalling(phone: string, fill: (changes: { phone: string; channel: string }) => void): (ticket: string) => void {
  const [place] = useSearchParams();
  const queries = useQueryClient();
  const [number, call] = [place.get("phone"), place.get("call")];
  useEffect(() => {
    if (number !== null && phone === "") fill({ phone: number, channel: "phone" });
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- who empties the field wants it empty
  }, [number]);
  return useCallback(
    (ticket: string) => {
      if (call === null || !isOfTheCall(number, phone)) return;
      void returnCall(call, ticket).catch(() => undefined).then(() => queries.invalidateQueries({ queryKey: ["calls"] }));
    },
    [call, number, phone, queries],
  );
}
