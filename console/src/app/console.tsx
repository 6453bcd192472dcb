/** What stands on the screen: the way in, or the shell with a page. */
import { Button } from "antd";
import { lazy, Suspense, type ComponentType, type LazyExoticComponent } from "react";
import { matchPath, Navigate, Route, Routes, useLocation, useParams } from "react-router";
import { FirstPasswordPage } from "@features/sign-in/first-password";
import { SignInPage } from "@features/sign-in/page";
import type { Session } from "@shared/api/client";
import { useEntrance, useSession } from "@shared/session";
import { usePathOf } from "@shared/tickets/path";
import { Bars } from "@shared/ui/bars";
import { useWords } from "@shared/words";
import { homeOf, insteadOf, PAGES, type Path } from "./pages";
import { Boundary } from "./shell/boundary";
import { Leaving } from "./shell/leaving";
import { Shell } from "./shell/shell";

const LOADS: Record<Path, () => Promise<{ default: ComponentType }>> = {
  "/": () => import("@features/home/page"),
  "/my": () => import("@features/my/page"),
  "/my/:number": () => import("@features/my/ticket-page"),
  "/audit": () => import("@features/audit/page"),
  "/audit/what-if": () => import("@features/audit/what-if-page"),
  "/audit/:number": () => import("@features/audit/ticket-page"),
  "/tickets": () => import("./queue"),
  "/tickets/:number": () => import("@features/ticket/page"),
  "/new": () => import("@features/opening/page"),
  "/inbox": () => import("@features/inbox/page"),
  "/calls": () => import("@features/calls/page"),
  "/roster": () => import("@features/roster/page"),
  "/people": () => import("@features/people/page"),
  "/people/:person": () => import("@features/people/person-page"),
  "/customers": () => import("@features/customers/page"),
  "/customers/:customer": () => import("@features/customers/customer-page"),
  "/organisations": () => import("@features/organisations/page"),
  "/channels": () => import("@features/channels/page"),
  "/changes": () => import("@features/changes/page"),
  "/packs": () => import("@features/packs/page"),
  "/packs/:pack": () => import("@features/packs/page"),
  "/stats": () => import("@features/statistics/page"),
  "/wall": () => import("@features/wall/page"),
  "/me": () => import("@features/me/page"),
};
const ELEMENTS = Object.fromEntries(Object.entries(LOADS).map(([path, load]) => [path, lazy(load)])) as Record<Path, LazyExoticComponent<ComponentType>>;
const Wall = ELEMENTS["/wall"];

// The page of the address is on its way while its reader's session is asked for. What fails is asked for again where
// browsers do that; where they do not, the page says that it did not come, and how to have it.
const first = PAGES.find(({ path }) => matchPath(path, location.pathname));
if (first) LOADS[first.path]().catch(() => undefined);

export function Console() {
  const { known } = useEntrance();
  const { pathname } = useLocation();
  // Without the shell around it, and without anybody who has signed in: its screen has a token of its own.
  if (pathname === "/wall") {
    return (
      <Suspense fallback={<Bars />}>
        <Wall />
      </Suspense>
    );
  }
  switch (known.is) {
    case "asking":
      return null;
    case "unreachable":
      return <Unreachable />;
    case "signed-out":
      return <SignInPage />;
    case "leaving":
      return <Leaving forgets={known.forgets} why={known.why} />;
    default:
      if (known.session.password_to_change) return <FirstPasswordPage />;
      return <Inside session={known.session} expired={known.is === "expired"} key={known.session.id} />;
  }
}

function Inside({ session, expired }: { session: Session; expired: boolean }) {
  return (
    <Shell expired={expired}>
      <Routes>
        {PAGES.map(({ path, may }) => {
          const Element = ELEMENTS[path];
          const page = (
            <Boundary key={path}>
              <Suspense fallback={<Bars />}>
                <Element />
              </Suspense>
            </Boundary>
          );
          return <Route key={path} path={path} element={may(session) ? page : INSTEAD[insteadOf(path, session)]} />;
        })}
        <Route path="*" element={<Elsewhere why="notFound" />} />
      </Routes>
    </Shell>
  );
}

const INSTEAD = { home: <Home />, ticket: <TheirTicket />, nothing: <Elsewhere why="notYours" /> };

function Home() {
  return <Navigate to={homeOf(useSession())} replace />;
}

/** The reader's own page of a ticket, in the place of another's that they were sent. */
function TheirTicket() {
  const { number = "" } = useParams();
  return <Navigate to={usePathOf()(number)} replace />;
}

function Elsewhere({ why }: { why: "notYours" | "notFound" }) {
  const { t } = useWords();
  return (
    <div className="card" role="alert">
      <h1>{t(`elsewhere.${why}`)}</h1>
      <p>
        <a href="/">{t("elsewhere.home")}</a>
      </p>
    </div>
  );
}

function Unreachable() {
  const { t } = useWords();
  const { askAgain } = useEntrance();
  return (
    <main className="sign-in">
      <div className="card" role="alert">
        <p>{t("noAnswer")}</p>
        <Button onClick={askAgain}>{t("again")}</Button>
      </div>
    </main>
  );
}
