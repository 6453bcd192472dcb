/** A ticket beside the queue, with the way to its own page and the way back. */
import { CloseOutlined, ExpandOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useMemo, type ReactNode } from "react";
import { useNavigate } from "react-router";
import { useKeys, type Binding } from "@shared/keys/keys";
import { spaced } from "@shared/tickets/number";
import type { Change } from "@shared/ui/address";
import { useWords } from "@shared/words";

interface Given {
  number: string;
  onChange: Change;
  onClosed: () => void;
  children: ReactNode;
}

export function Beside({ number, onChange, onClosed, children }: Given) {
  const { t } = useWords();
  const navigate = useNavigate();
  const mine = useMemo<Binding[]>(() => {
    const close = () => {
      onChange((now) => now.delete("open"));
      onClosed();
    };
    return [{ keys: "Escape", does: t("queue.closeBeside"), run: close }];
  }, [t, onChange, onClosed]);
  useKeys(mine);
  return (
    <aside className="beside" aria-label={spaced(number)}>
      <p className="beside-head">
        <Button icon={<ExpandOutlined aria-hidden="true" />} onClick={() => void navigate(`/tickets/${number}`)}>
          {t("queue.whole")}
        </Button>
        <Button icon={<CloseOutlined aria-hidden="true" />} aria-label={t("queue.closeBeside")} onClick={() => mine[0]?.run()} />
      </p>
      {children}
    </aside>
  );
}
