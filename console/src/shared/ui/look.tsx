/** The look of everything below: colours of the chosen theme, words of the chosen language. */
import { App, ConfigProvider, theme as antd, type ThemeConfig } from "antd";
import en from "antd/locale/en_US";
import zh from "antd/locale/zh_CN";
import { useLayoutEffect, useMemo, type ReactNode } from "react";
import { usePreferences } from "@shared/preferences";
import { useIsDark } from "./dark";
import { DARK, LIGHT, paint, type Palette } from "./palette";

const FONT = 'system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';

/** How long a result stands there; what went wrong stands longer. */
const TOLD_S = 6;

function themeOf(palette: Palette, isDark: boolean): ThemeConfig {
  return {
    algorithm: isDark ? antd.darkAlgorithm : antd.defaultAlgorithm,
    token: {
      borderRadius: 6,
      colorBgBase: palette.card,
      colorBgContainer: palette.card,
      colorBgElevated: palette.card,
      colorBgLayout: palette.page,
      colorBorder: palette.edge,
      colorBorderSecondary: palette.line,
      colorError: palette.wrong,
      colorLink: palette.accent,
      colorPrimary: palette.accent,
      colorText: palette.ink,
      colorTextBase: palette.ink,
      colorTextDescription: palette.soft,
      colorTextLightSolid: palette.onAccent,
      colorTextPlaceholder: palette.soft,
      colorTextSecondary: palette.soft,
      fontFamily: FONT,
      fontSize: 14,
      lineHeight: 22 / 14,
      motionDurationFast: "0.08s",
      motionDurationMid: "0.12s",
      motionDurationSlow: "0.12s",
    },
  };
}

export function Look({ children }: { children: ReactNode }) {
  const { language } = usePreferences();
  const isDark = useIsDark();
  const palette = isDark ? DARK : LIGHT;
  useLayoutEffect(() => paint(palette, isDark), [palette, isDark]);
  const config = useMemo(() => themeOf(palette, isDark), [palette, isDark]);
  return (
    <ConfigProvider theme={config} locale={language === "zh" ? zh : en} button={{ autoInsertSpace: false }}>
      <App message={{ maxCount: 3, duration: TOLD_S }}>{children}</App>
    </ConfigProvider>
  );
}
