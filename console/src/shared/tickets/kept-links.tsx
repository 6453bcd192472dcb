/** The lists that somebody keeps, with how many tickets each holds now, as ways to them. */
import { useSearchParams, Link, useLocation } from "react-router";
import { useWords } from "@shared/words";
import { askedBy } from "./asked";
import { shown } from "./queries";
import { useKeptCounts, useKeptViews, viewLike } from "./views";
import "./kept-links.css";

/** So many stand there; all of them stand above the queue. */
const FIRST = 8;

export function KeptLinks({ className = "" }: { className?: string }) {
  const { t } = useWords();
  const [address] = useSearchParams();
  const isQueue = useLocation().pathname === "/tickets";
  const views = useKeptViews()
    .filter(({ own, to }) => own && to !== undefined)
    .slice(0, FIRST);
  const counts = useKeptCounts(views);
  if (views.length === 0) return null;
  const here = isQueue ? viewLike(views, askedBy(address)) : undefined;
  return (
    <ul className={`kept-links ${className}`} aria-label={t("views.name")}>
      {views.map(({ id, name, to = "" }) => (
        <li key={id}>
          <Link to={to} aria-current={here?.id === id ? "true" : undefined}>
            <span dir="auto">{name}</span>
            {counts[id] && <b>{shown(counts[id])}</b>}
          </Link>
        </li>
      ))}
    </ul>
  );
}
