/** Everything by its name: pages, acts, a ticket by its number. */
import { Input, type InputRef } from "antd";
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from "react";
import { useNavigate } from "react-router";
import { prefer, usePreferences } from "@shared/preferences";
import { readsAtADesk, useSession } from "@shared/session";
import { useKeptViews } from "@shared/tickets/views";
import { Dialog } from "@shared/ui/dialog";
import { useWords } from "@shared/words";
import { menuOf } from "../pages";
import { useSignOut } from "./sign-out";

interface Entry {
  id: string;
  says: string;
  run: () => void;
}

export function Palette({ close }: { close: () => void }) {
  const { t } = useWords();
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const field = useRef<InputRef>(null);
  const entries = useEntries(text);
  useEffect(() => field.current?.focus(), []);

  const choose = (entry: Entry | undefined) => {
    if (entry === undefined) return;
    close();
    entry.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    if (step !== undefined) setAt((before) => (before + step + entries.length) % Math.max(entries.length, 1));
    else if (event.key === "Enter") choose(entries[at]);
    else return;
    event.preventDefault();
  };

  return (
    <Dialog title={t("palette.name")} onClose={close} className="palette">
      <Input
        ref={field}
        size="large"
        role="combobox"
        aria-label={t("palette.hint")}
        aria-expanded
        aria-controls="palette-entries"
        aria-activedescendant={entries[at] && `palette-${entries[at].id}`}
        placeholder={t("palette.hint")}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id="palette-entries" className="entries" role="listbox" aria-label={t("palette.name")}>
        {entries.map((entry, index) => (
          // The field keeps the focus; keys act there.
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
          <div
            key={entry.id}
            id={`palette-${entry.id}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            onClick={() => choose(entry)}
          >
            {entry.says}
          </div>
        ))}
      </div>
      {entries.length === 0 && <p role="status">{t("palette.nothing")}</p>}
    </Dialog>
  );
}

function useEntries(text: string): Entry[] {
  const { t } = useWords();
  const session = useSession();
  const signOut = useSignOut();
  const { language } = usePreferences();
  const navigate = useNavigate();
  const views = useKeptViews();
  return useMemo(() => {
    const word = text.trim().toLowerCase();
    const pages = menuOf(session).map(({ path, menu }) => ({
      id: menu as string,
      says: t(`menu.${menu}`),
      run: () => void navigate(path),
    }));
    const lists = views.flatMap(({ id, name, to }) => (to === undefined ? [] : [{ id: `view-${id}`, says: t("views.of", { name }), run: () => void navigate(to) }]));
    const acts: Entry[] = [
      ...pages,
      ...lists,
      { id: "light", says: t("theme.toLight"), run: () => prefer({ theme: "light" }) },
      { id: "dark", says: t("theme.toDark"), run: () => prefer({ theme: "dark" }) },
      {
        id: "language",
        says: language === "zh" ? "English" : "中文",
        run: () => prefer({ language: language === "zh" ? "en" : "zh" }),
      },
      { id: "out", says: t("signOut"), run: signOut },
    ];
    const found = acts.filter((entry) => entry.says.toLowerCase().includes(word));
    if (word === "" || !readsAtADesk(session)) return found;
    const search = () => void navigate(`/tickets?${new URLSearchParams({ text: text.trim() })}`);
    return [...found, { id: "search", says: t("palette.search", { text: text.trim() }), run: search }];
  }, [text, t, session, language, navigate, signOut, views]);
}
