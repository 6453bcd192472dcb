/** The pages of the role: a rail at the side, a bar at the foot of a narrow screen. */
import {
  AuditOutlined,
  BellOutlined,
  BankOutlined,
  BarChartOutlined,
  CalendarOutlined,
  EllipsisOutlined,
  FileTextOutlined,
  FundProjectionScreenOutlined,
  HistoryOutlined,
  HomeOutlined,
  NotificationOutlined,
  PhoneOutlined,
  PlusOutlined,
  SettingOutlined,
  SolutionOutlined,
  TeamOutlined,
  UnorderedListOutlined,
} from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { NavLink, useLocation } from "react-router";
import { useUnread } from "@shared/inbox";
import { useSession } from "@shared/session";
import { KeptLinks } from "@shared/tickets/kept-links";
import { Dialog } from "@shared/ui/dialog";
import { useIsNarrow } from "@shared/ui/media";
import { useWords } from "@shared/words";
import { isUnder, menuOf, parted, type InMenu } from "../pages";

const ICONS = {
  home: <HomeOutlined />,
  my: <HomeOutlined />,
  audit: <AuditOutlined />,
  tickets: <UnorderedListOutlined />,
  new: <PlusOutlined />,
  inbox: <BellOutlined />,
  calls: <PhoneOutlined />,
  roster: <CalendarOutlined />,
  people: <TeamOutlined />,
  customers: <SolutionOutlined />,
  organisations: <BankOutlined />,
  channels: <NotificationOutlined />,
  changes: <HistoryOutlined />,
  packs: <FileTextOutlined />,
  statistics: <BarChartOutlined />,
  wall: <FundProjectionScreenOutlined />,
  me: <SettingOutlined />,
};

export function Menu() {
  const { t } = useWords();
  const menu = menuOf(useSession());
  const isNarrow = useIsNarrow();
  const { bar, more } = isNarrow ? parted(menu) : { bar: menu, more: [] };
  return (
    <nav className="menu" aria-label={t("menu.name")}>
      <ul>
        {bar.map((page) => (
          <li key={page.path}>
            <To page={page} />
            {page.menu === "tickets" && !isNarrow && <KeptLinks />}
          </li>
        ))}
        {more.length > 0 && (
          <li>
            <More pages={more} />
          </li>
        )}
      </ul>
    </nav>
  );
}

function To({ page: { path, menu }, onClick }: { page: InMenu; onClick?: () => void }) {
  const { t } = useWords();
  const unread = useUnread();
  return (
    <NavLink to={path} end={path === "/"} onClick={onClick}>
      <span aria-hidden="true">{ICONS[menu]}</span>
      <span className="word">{t(`menu.${menu}`)}</span>
      {menu === "inbox" && unread !== "" && (
        <span className="count" aria-label={t("inbox.unread", { unread })}>
          {unread}
        </span>
      )}
    </NavLink>
  );
}

/** What a narrow bar has no room for. */
function More({ pages }: { pages: InMenu[] }) {
  const { t } = useWords();
  const [isOpen, setIsOpen] = useState(false);
  const { pathname } = useLocation();
  const isHere = pages.some(({ path }) => isUnder(path, pathname));
  return (
    <>
      <button type="button" className={isHere ? "to-more here" : "to-more"} aria-haspopup="dialog" aria-expanded={isOpen} onClick={() => setIsOpen(true)}>
        <EllipsisOutlined aria-hidden="true" />
        <span className="word">{t("menu.more")}</span>
      </button>
      {isOpen && (
        <Dialog title={t("menu.more")} onClose={() => setIsOpen(false)} className="more-pages">
          <ul>
            {pages.map((page) => (
              <li key={page.path}>
                <To page={page} onClick={() => setIsOpen(false)} />
              </li>
            ))}
          </ul>
          <Button block size="large" onClick={() => setIsOpen(false)}>
            {t("close")}
          </Button>
        </Dialog>
      )}
    </>
  );
}
