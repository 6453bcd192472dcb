/** The pages of the phone, by their address. */
import { useLayoutEffect } from "react";
import { usePreferences } from "@shared/preferences";
import { useMatch } from "@shared/ui/media";
import { DARK, LIGHT, paint } from "@shared/ui/palette";
import { openOf } from "./outbox/acts";
import { CallPage } from "./pages/call";
import { ListPage } from "./pages/list";
import { OutboxPage } from "./pages/outbox";
import { SignInPage } from "./pages/sign-in";
import { TicketPage } from "./pages/ticket";
import { Banners } from "./parts/banners";
import { Link } from "./parts/link";
import { usePlace } from "./route";
import { usePhone } from "./state";
import { t, useLanguage } from "./words";

export function App() {
  useLanguage();
  const { theme } = usePreferences();
  const systemIsDark = useMatch("(prefers-color-scheme: dark)");
  const isDark = theme === "dark" || (theme === "system" && systemIsDark);
  useLayoutEffect(() => paint(isDark ? DARK : LIGHT, isDark), [isDark]);
  const { isRead, me } = usePhone();
  const place = usePlace();
  if (!isRead) return null;
  if (me === undefined || place.startsWith("/m/sign-in")) return <SignInPage />;
  return (
    <>
      <Head />
      <main>
        <Banners />
        {me.commands.includes("arrive") ? <Page place={place} /> : <p className="card">{t("phone.notForYou")}</p>}
      </main>
    </>
  );
}

function Page({ place }: { place: string }) {
  const [, number, kind, again] = /^\/m\/t\/([^/#]+)(?:#(\w+)(?:\/([\w-]+))?)?/.exec(place) ?? [];
  if (number !== undefined) return <TicketPage key={number} number={number} kind={kind} again={again} />;
  if (place.startsWith("/m/outbox")) return <OutboxPage />;
  if (place.startsWith("/m/call")) return <CallPage key={place} again={/#([\w-]+)/.exec(place)?.[1]} />;
  return <ListPage />;
}

function Head() {
  const { me, acts } = usePhone();
  const count = me ? openOf(acts, me.id).length : 0;
  useLayoutEffect(() => {
    const { setAppBadge } = navigator as { setAppBadge?: (count: number) => Promise<void> };
    void setAppBadge?.call(navigator, count).catch(() => undefined); // where the page is none of the home screen's
  }, [count]);
  return (
    <header>
      <Link to="/m/">{me?.name}</Link>
      <Link to="/m/outbox">{count > 0 ? t("phone.waiting", { count }) : t("phone.nothingWaits")}</Link>
    </header>
  );
}
