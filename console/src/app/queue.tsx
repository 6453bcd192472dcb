/** The queue with the page of a ticket beside it: the two know nothing of each other. */
import { lazy } from "react";
import TicketsPage from "@features/tickets/page";

const Beside = lazy(() => import("@features/ticket/page").then(({ Whole }) => ({ default: Whole })));

export default function QueuePage() {
  return <TicketsPage beside={Beside} />;
}
