/** The look of everything below: colours of the chosen theme, words of the chosen language. */
import { App, ConfigProvider, theme as antd, type ThemeConfig } from "antd";
import en from "antd/locale/en_US";
import zh from "antd/locale/zh_CN";
import { useLayoutEffect, useMemo, type ReactNode } from "react";
import { usePreferences } from "@shared/preferences";
import { useIsDark } from "./dark";
import { useIsNarrow, useIsStill } from "./media";
import { DARK, LIGHT, paint, type Palette } from "./palette";

const FONT = 'system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';

/** How long a result stands there; what went wrong stands longer. */
const TOLD_S = 6;

/** What is pointed at is as high as this, px; what is touched as a finger needs it. */
const POINTED = { controlHeight: 32, controlHeightSM: 24 };
const TOUCHED = { controlHeight: 44, controlHeightSM: 44 };
/** With the track that runs round it. */
const TOUCHED_SEGMENT = { controlHeight: 48, controlHeightSM: 48 };

/** What the looks depend on beside the colours. */
interface Seen {
  isDark: boolean;
  isNarrow: boolean;
  /** Then nothing waits for the end of a motion that never begins, either. */
  isStill: boolean;
}

function themeOf(palette: Palette, { isDark, isNarrow, isStill }: Seen): ThemeConfig {
  return {
    components: isNarrow ? { Segmented: TOUCHED_SEGMENT } : {},
    algorithm: isDark ? antd.darkAlgorithm : antd.defaultAlgorithm,
    token: {
      ...(isNarrow ? TOUCHED : POINTED),
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
      motion: !isStill,
      motionDurationFast: "0.08s",
      motionDurationMid: "0.12s",
      motionDurationSlow: "0.12s",
    },
  };
}

export function Look({ children }: { children: ReactNode }) {
  const { language } = usePreferences();
  const isDark = useIsDark();
  const isNarrow = useIsNarrow();
  const isStill = useIsStill();
  const palette = isDark ? DARK : LIGHT;
  useLayoutEffect(() => paint(palette, isDark), [palette, isDark]);
  const config = useMemo(() => themeOf(palette, { isDark, isNarrow, isStill }), [palette, isDark, isNarrow, isStill]);
  return (
    <ConfigProvider theme={config} locale={language === "zh" ? zh : en} button={{ autoInsertSpace: false }}>
      <App message={{ maxCount: 3, duration: TOLD_S }}>{children}</App>
    </ConfigProvider>
  );
}
