/** That a list goes on, and how to read on. */
import { Button } from "antd";
import { useWords } from "@shared/words";

export function More({ read, isComing }: { read: () => void; isComing: boolean }) {
  const { t } = useWords();
  return (
    <Button className="more" loading={isComing} onClick={read}>
      {t("timeline.more")}
    </Button>
  );
}
