/** Around every page: head, menu, the state of the line, and what stands over the page. */
import { useMemo, useState, type ReactNode } from "react";
import { useNavigate } from "react-router";
import { SignInForm } from "@features/sign-in/page";
import { useKeys, type Binding } from "@shared/keys/keys";
import { useLive } from "@shared/live/live";
import { useEntrance, useSession } from "@shared/session";
import { Dialog } from "@shared/ui/dialog";
import { useWords } from "@shared/words";
import { menuOf } from "../pages";
import { Head } from "./head";
import { useAlarmsHeard } from "./heard";
import { KeysHelp } from "./keys-help";
import { Menu } from "./menu";
import { NewBuild } from "./new-build";
import { Offline } from "./offline";
import { Palette } from "./palette";
import "./shell.css";

type Over = "palette" | "keys" | undefined;

export function Shell({ expired, children }: { expired: boolean; children: ReactNode }) {
  const { t } = useWords();
  const session = useSession();
  const { expire, signOut } = useEntrance();
  const line = useLive(session.id, session.csrf ?? "", expire);
  const [over, setOver] = useState<Over>();
  useShellKeys(setOver);
  useAlarmsHeard();
  return (
    <div className="shell">
      <a className="skip" href="#page">
        {t("shell.skip")}
      </a>
      <Head line={line} openPalette={() => setOver("palette")} />
      <Menu />
      <Offline />
      <NewBuild />
      <main id="page" tabIndex={-1}>
        {children}
      </main>
      {over === "palette" && <Palette close={() => setOver(undefined)} />}
      {over === "keys" && <KeysHelp close={() => setOver(undefined)} />}
      {expired && (
        <Dialog title={t("expired.title")} className="expired">
          <p className="soft">{t("expired.text")}</p>
          <SignInForm user={session.id} />
          <button type="button" className="quiet" onClick={() => void signOut()}>
            {t("expired.other")}
          </button>
        </Dialog>
      )}
    </div>
  );
}

function useShellKeys(setOver: (over: Over) => void): void {
  const { t } = useWords();
  const session = useSession();
  const navigate = useNavigate();
  const mine = useMemo<Binding[]>(
    () => [
      { keys: "mod+k", does: t("keys.palette"), run: () => setOver("palette") },
      { keys: "?", does: t("keys.help"), run: () => setOver("keys") },
      {
        keys: "/",
        does: t("keys.search"),
        run: () => document.querySelector<HTMLInputElement>("#search")?.focus(),
      },
      ...menuOf(session).map((page) => ({
        keys: page.keys,
        does: t(`menu.${page.menu}`),
        run: () => void navigate(page.path),
      })),
    ],
    [t, session, navigate, setOver],
  );
  useKeys(mine);
}
