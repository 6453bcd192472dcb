/** Whether the screen is dark, by what somebody chose or their system says; paper is light. */
import { usePreferences } from "@shared/preferences";
import { useMatch } from "./media";

export function useIsDark(): boolean {
  const { theme } = usePreferences();
  const systemIsDark = useMatch("(prefers-color-scheme: dark)");
  const isPrinted = useMatch("print");
  return !isPrinted && (theme === "dark" || (theme === "system" && systemIsDark));
}
