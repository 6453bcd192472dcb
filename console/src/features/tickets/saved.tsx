/** Above the queue: the lists that are kept under names, and what keeps the present one. */
import { Button, Dropdown, type MenuProps } from "antd";
import { useMemo, useState, type SyntheticEvent } from "react";
import { useNavigate } from "react-router";
import { useKeys } from "@shared/keys/keys";
import { askedBy } from "@shared/tickets/asked";
import { shown } from "@shared/tickets/queries";
import { useKeptCounts, useKeptViews, viewLike, type KeptView } from "@shared/tickets/views";
import { useWords } from "@shared/words";
import { shownBy, type Column } from "./columns";
import { KeepView } from "./keep-view";
import { ManageViews } from "./manage-views";

type Items = NonNullable<MenuProps["items"]>;

export function Saved({ address, columns }: { address: URLSearchParams; columns: readonly Column[] }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const views = useKeptViews();
  const asked = askedBy(address);
  const chosen = viewLike(views, asked);
  const [isOpen, setIsOpen] = useState(false);
  const [over, setOver] = useState<"keep" | "manage">();
  const counts = useKeptCounts(isOpen ? views.filter(({ to }) => to !== undefined) : NOTHING);
  useKeys(useMemo(() => [{ keys: "v", does: t("views.keys"), run: () => setIsOpen(true) }], [t]));

  // The Enter that chose it is not also one in the first field of what opens.
  const opening = (what: "keep" | "manage") => ({ domEvent }: { domEvent: SyntheticEvent }) => {
    domEvent.preventDefault();
    setOver(what);
  };
  const item = (view: KeptView) => ({
    key: view.id,
    label: (
      <span className="kept-view">
        <span dir="auto">{view.name}</span>
        {!view.own && <span className="soft">{view.owner_name}</span>}
        {counts[view.id] && <span className="count">{shown(counts[view.id] ?? { count: 0, exact: true })}</span>}
      </span>
    ),
    onClick: () => view.to !== undefined && void navigate(view.to),
  });
  const reachable = views.filter(({ to }) => to !== undefined);
  const [own, theirs] = [reachable.filter((each) => each.own), reachable.filter((each) => !each.own)];
  const items: Items = [
    ...own.map(item),
    ...(theirs.length > 0 ? [{ key: "shared", type: "group" as const, label: t("views.colleagues"), children: theirs.map(item) }] : []),
    ...(reachable.length > 0 ? [{ key: "line", type: "divider" as const }] : []),
    { key: "keep", label: t("views.keep"), disabled: chosen?.own ?? false, onClick: opening("keep") },
    ...(views.some((each) => each.own) ? [{ key: "manage", label: t("views.manage"), onClick: opening("manage") }] : []),
  ];
  return (
    <>
      <Dropdown
        menu={{ items, selectedKeys: chosen ? [chosen.id] : [] }}
        trigger={["click"]}
        open={isOpen}
        onOpenChange={setIsOpen}
        autoFocus
        classNames={{ root: "kept-views" }}
      >
        <Button type="text" className={chosen ? "saved has" : "saved"} aria-expanded={isOpen}>
          <span dir="auto">{chosen ? chosen.name : t("views.name")}</span> <span aria-hidden="true">▾</span>
        </Button>
      </Dropdown>
      {over === "keep" && <KeepView asked={asked} columns={shownBy(columns)} views={views} onClose={() => setOver(undefined)} />}
      {over === "manage" && <ManageViews asked={asked} columns={shownBy(columns)} views={views} onClose={() => setOver(undefined)} />}
    </>
  );
}

const NOTHING: KeptView[] = [];
