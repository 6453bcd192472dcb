/** Leaving: what somebody has begun goes with them, and they are told before. */
import { App } from "antd";
import { useCallback } from "react";
import { draftsOf, dropDraftsOf } from "@shared/drafts/drafts";
import { useEntrance, useSession } from "@shared/session";
import { useWords } from "@shared/words";

export function useSignOut(): () => void {
  const { t } = useWords();
  const { modal } = App.useApp();
  const { signOut } = useEntrance();
  const { id } = useSession();
  return useCallback(() => {
    const leave = async () => {
      await signOut();
      dropDraftsOf(id);
    };
    const count = draftsOf(id);
    if (count === 0) return void leave();
    return void modal.confirm({
      title: t("leaving.title", { count }),
      content: t("leaving.text"),
      okText: t("leaving.do"),
      cancelText: t("leaving.stay"),
      onOk: leave,
    });
  }, [t, modal, signOut, id]);
}
