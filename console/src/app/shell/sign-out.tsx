/** Leaving: what somebody has begun stays here for them, or is deleted; they are asked which. */
import { App, Button } from "antd";
import { useCallback } from "react";
import { draftsOf } from "@shared/drafts/drafts";
import { useEntrance, useSession } from "@shared/session";
import { useWords } from "@shared/words";

export function useSignOut(): () => void {
  const { t } = useWords();
  const { modal } = App.useApp();
  const { signOut } = useEntrance();
  const { id } = useSession();
  return useCallback(() => {
    const count = draftsOf(id);
    if (count === 0) return void signOut();
    const asked = modal.confirm({
      title: t("leaving.title", { count }),
      content: t("leaving.text"),
      okText: t("leaving.keep"),
      cancelText: t("leaving.stay"),
      onOk: () => void signOut(),
      footer: (_, { OkBtn, CancelBtn }) => (
        <>
          <CancelBtn />
          <Button
            danger
            onClick={() => {
              asked.destroy();
              void signOut(true);
            }}
          >
            {t("leaving.do")}
          </Button>
          <OkBtn />
        </>
      ),
    });
    return undefined;
  }, [t, modal, signOut, id]);
}
