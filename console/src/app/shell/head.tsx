/** The head: search, who is on duty, the line, and who works here. */
import { SearchOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Dropdown, Input } from "antd";
import { useState, type FormEvent } from "react";
import { Link, useNavigate } from "react-router";
import { api, read } from "@shared/api/client";
import { clock } from "@shared/clock/beijing";
import { offset } from "@shared/clock/server";
import type { Line } from "@shared/live/live";
import { prefer, usePreferences } from "@shared/preferences";
import { readsAtADesk, useSession } from "@shared/session";
import { useNow } from "@shared/clock/ticker";
import { useWords } from "@shared/words";
import { useSignOut } from "./sign-out";

export function Head({ line, openPalette }: { line: Line; openPalette: () => void }) {
  const { t } = useWords();
  const session = useSession();
  return (
    <header className="head">
      <Link to="/" className="house">
        值守
      </Link>
      {readsAtADesk(session) && <Search />}
      <Button className="open-palette" type="text" icon={<SearchOutlined />} onClick={openPalette}>
        <span className="wide">{t("palette.name")}</span>
        <kbd className="wide">Ctrl K</kbd>
      </Button>
      <span className="gap" />
      <OnDuty />
      <LineState line={line} />
      <Own />
    </header>
  );
}

function Search() {
  const { t } = useWords();
  const navigate = useNavigate();
  const [text, setText] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void navigate(`/tickets?${new URLSearchParams({ text: text.trim() })}`);
  };
  return (
    <form role="search" onSubmit={submit} className="search wide">
      <Input
        id="search"
        allowClear
        maxLength={100}
        aria-label={t("search.name")}
        placeholder={t("search.hint")}
        prefix={<SearchOutlined aria-hidden="true" />}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
    </form>
  );
}

/** So many of those on duty stand in the head; all of them open below it. */
const NAMED = 2;

function OnDuty() {
  const { t } = useWords();
  const { t: domain } = useWords("domain");
  const { data } = useQuery({
    queryKey: ["on-duty"],
    queryFn: () => read(api.GET("/api/roster/on-duty")),
    enabled: readsAtADesk(useSession()),
    staleTime: 300_000,
  });
  if (!data?.items.length) return null;
  const names = data.items.slice(0, NAMED).map((each) => each.name);
  const more = data.items.length - names.length;
  const items = data.items.map(({ duty, person, name, phone }) => ({
    key: `${duty} ${person}`,
    label: <a href={`tel:${phone ?? ""}`}>{`${domain(`role.${duty}`)} ${name} ${phone ?? ""}`}</a>,
  }));
  return (
    <Dropdown menu={{ items }} trigger={["click"]}>
      <Button type="text" className="on-duty wide">
        {t("onDuty")} {names.join(" · ")} {more > 0 && t("onDutyMore", { count: data.items.length })}
      </Button>
    </Dropdown>
  );
}

const ICON: Record<Line, string> = { live: "●", lost: "○", closed: "◌" };

function LineState({ line }: { line: Line }) {
  const { t } = useWords();
  const now = useNow();
  const minutes = Math.round(offset() / 60_000);
  return (
    <span className="line" role="status" aria-live="off">
      <span aria-hidden="true">{ICON[line]}</span> <span className="wide">{t(`line.${line}`)}</span>{" "}
      <time>{clock(now)}</time>
      {Math.abs(minutes) >= 1 && <span className="warn">{t("line.offset", { minutes: Math.abs(minutes) })}</span>}
    </span>
  );
}

function Own() {
  const { t } = useWords();
  const { t: domain } = useWords("domain");
  const signOut = useSignOut();
  const session = useSession();
  const { language, theme } = usePreferences();
  const navigate = useNavigate();
  const items = [
    { key: "who", label: `${session.name} · ${domain(`role.${session.role}`)}`, disabled: true },
    { key: "me", label: t("menu.me"), onClick: () => void navigate("/me") },
    {
      key: "language",
      label: language === "zh" ? "English" : "中文",
      onClick: () => prefer({ language: language === "zh" ? "en" : "zh" }),
    },
    {
      key: "theme",
      label: t(theme === "dark" ? "theme.toLight" : "theme.toDark"),
      onClick: () => prefer({ theme: theme === "dark" ? "light" : "dark" }),
    },
    { key: "out", label: t("signOut"), onClick: signOut },
  ];
  return (
    <Dropdown menu={{ items }} trigger={["click"]}>
      <Button type="text" className="own">
        {session.name} <span aria-hidden="true">▾</span>
      </Button>
    </Dropdown>
  );
}
