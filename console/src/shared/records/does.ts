/** Does something to a record, says that it is done or why not, and reads it anew. */
import { App } from "antd";
import { ApiProblem } from "@shared/api/problems";
import { useWords } from "@shared/words";

/** What is said of a failure: of several things that are wrong the first. */
export const useWhyNot = () => {
  const { t } = useWords();
  return (error: unknown) => (error instanceof ApiProblem ? (error.told.errors?.[0]?.message ?? error.message) : t("noAnswer"));
};

export function useDoes(readAnew: () => Promise<unknown>) {
  const { message } = App.useApp();
  const whyNot = useWhyNot();
  return async (act: () => Promise<unknown>, done: string) => {
    try {
      await act();
      void message.success(done);
    } catch (error) {
      void message.error(whyNot(error), 8);
    }
    await readAnew().catch(() => undefined);
  };
}
