/** The pages of the role: a rail at the side, a bar at the foot of a narrow screen. */
import {
  BellOutlined,
  BankOutlined,
  CalendarOutlined,
  FileTextOutlined,
  HistoryOutlined,
  HomeOutlined,
  PlusOutlined,
  SettingOutlined,
  SolutionOutlined,
  TeamOutlined,
  UnorderedListOutlined,
} from "@ant-design/icons";
import { NavLink } from "react-router";
import { useUnread } from "@shared/inbox";
import { useSession } from "@shared/session";
import { useWords } from "@shared/words";
import { menuOf } from "../pages";

const ICONS = {
  home: <HomeOutlined />,
  tickets: <UnorderedListOutlined />,
  new: <PlusOutlined />,
  inbox: <BellOutlined />,
  roster: <CalendarOutlined />,
  people: <TeamOutlined />,
  customers: <SolutionOutlined />,
  organisations: <BankOutlined />,
  changes: <HistoryOutlined />,
  packs: <FileTextOutlined />,
  me: <SettingOutlined />,
};

export function Menu() {
  const { t } = useWords();
  const unread = useUnread();
  return (
    <nav className="menu" aria-label={t("menu.name")}>
      <ul>
        {menuOf(useSession()).map(({ path, menu }) => (
          <li key={path}>
            <NavLink to={path} end={path === "/"}>
              <span aria-hidden="true">{ICONS[menu]}</span>
              <span className="word">{t(`menu.${menu}`)}</span>
              {menu === "inbox" && unread !== "" && (
                <span className="count" aria-label={t("inbox.unread", { unread })}>
                  {unread}
                </span>
              )}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
