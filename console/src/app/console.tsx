/** What stands on the screen: the way in, or the shell with a page. */
import { Button } from "antd";
import { lazy, Suspense, type ComponentType, type LazyExoticComponent } from "react";
import { Navigate, Route, Routes, useLocation, useParams } from "react-router";
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

const Wall = lazy(() => import("@features/wall/page"));

const ELEMENTS: Record<Path, LazyExoticComponent<ComponentType>> = {
  "/": lazy(() => import("@features/home/page")),
  "/my": lazy(() => import("@features/my/page")),
  "/my/:number": lazy(() => import("@features/my/ticket-page")),
  "/audit": lazy(() => import("@features/audit/page")),
  "/audit/what-if": lazy(() => import("@features/audit/what-if-page")),
  "/audit/:number": lazy(() => import("@features/audit/ticket-page")),
  "/tickets": lazy(() => import("./queue")),
  "/tickets/:number": lazy(() => import("@features/ticket/page")),
  "/new": lazy(() => import("@features/opening/page")),
  "/inbox": lazy(() => import("@features/inbox/page")),
  "/calls": lazy(() => import("@features/calls/page")),
  "/roster": lazy(() => import("@features/roster/page")),
  "/people": lazy(() => import("@features/people/page")),
  "/people/:person": lazy(() => import("@features/people/person-page")),
  "/customers": lazy(() => import("@features/customers/page")),
  "/customers/:customer": lazy(() => import("@features/customers/customer-page")),
  "/organisations": lazy(() => import("@features/organisations/page")),
  "/channels": lazy(() => import("@features/channels/page")),
  "/changes": lazy(() => import("@features/changes/page")),
  "/packs": lazy(() => import("@features/packs/page")),
  "/packs/:pack": lazy(() => import("@features/packs/page")),
  "/stats": lazy(() => import("@features/statistics/page")),
  "/wall": Wall,
  "/me": lazy(() => import("@features/me/page")),
};

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
