/** The present list as a sheet: what is filtered, in its order, and nothing else. */
import { DownloadOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import { useMemo, useState } from "react";
import { ApiProblem } from "@shared/api/problems";
import { useKeys } from "@shared/keys/keys";
import { askedBy } from "@shared/tickets/asked";
import { save } from "@shared/ui/save";
import { useWords } from "@shared/words";
import { readSheet, SHEETS, type SheetForm } from "./queries";

type Fate = { is: "asking" } | { is: "saved"; name: string } | { is: "failed"; why: string };

export function Export({ address, isCramped }: { address: URLSearchParams; isCramped?: boolean }) {
  const { t } = useWords();
  const [isOpen, setIsOpen] = useState(false);
  const [fate, setFate] = useState<Fate>();
  useKeys(useMemo(() => [{ keys: "e", does: t("export.keys"), run: () => setIsOpen(true) }], [t]));
  const get = async (form: SheetForm) => {
    setFate({ is: "asking" });
    try {
      const { blob, name } = await readSheet(askedBy(address), form);
      save(blob, name);
      setFate({ is: "saved", name });
    } catch (error) {
      setFate({ is: "failed", why: error instanceof ApiProblem ? (error.told.errors?.[0]?.message ?? error.message) : t("noAnswer") });
    }
  };
  const items = SHEETS.map((form) => ({ key: form, label: t(`export.as.${form}`), onClick: () => void get(form) }));
  return (
    <>
      <Dropdown menu={{ items }} trigger={["click"]} open={isOpen} onOpenChange={setIsOpen} autoFocus>
        <Button
          className="export"
          icon={<DownloadOutlined aria-hidden="true" />}
          loading={fate?.is === "asking"}
          aria-expanded={isOpen}
          aria-label={isCramped ? t("export.name") : undefined}
        >
          {!isCramped && t("export.name")}
        </Button>
      </Dropdown>
      <p className={fate?.is === "failed" ? "exported wrong" : "exported soft"} role={fate?.is === "failed" ? "alert" : "status"}>
        {fate?.is === "asking" && t("export.asking")}
        {fate?.is === "saved" && t("export.saved", { name: fate.name })}
        {fate?.is === "failed" && t("export.failed", { why: fate.why })}
        {fate !== undefined && fate.is !== "asking" && (
          <button type="button" className="link" onClick={() => setFate(undefined)}>
            {t("close")}
          </button>
        )}
      </p>
    </>
  );
}
