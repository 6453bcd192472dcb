/** Colours by what they mean; contrast was computed for each pair on card and page. */
export interface Palette {
  card: string;
  page: string;
  line: string;
  edge: string;
  ink: string;
  soft: string;
  accent: string;
  onAccent: string;
  calm: string;
  soon: string;
  onSoon: string;
  near: string;
  onNear: string;
  late: string;
  onLate: string;
  stopped: string;
  onStopped: string;
  kept: string;
  onKept: string;
  mark: string;
  wrong: string;
}

export const LIGHT: Palette = {
  card: "#ffffff",
  page: "#f6f8fa",
  line: "#d9e0e7",
  edge: "#7a8794",
  ink: "#1d2733",
  soft: "#5a6775",
  accent: "#0b5cad",
  onAccent: "#ffffff",
  calm: "#2f5d50",
  soon: "#8a5300",
  onSoon: "#fff3d9",
  near: "#a63d00",
  onNear: "#ffe6d5",
  late: "#ffffff",
  onLate: "#b3141f",
  stopped: "#4a5568",
  onStopped: "#e8ecf0",
  kept: "#1a6b3c",
  onKept: "#e3f4e9",
  mark: "#6b3fa0",
  wrong: "#a3342c",
};

export const DARK: Palette = {
  card: "#1a222a",
  page: "#12181e",
  line: "#2c3742",
  edge: "#6e7d8c",
  ink: "#e6ebf0",
  soft: "#9fadbb",
  accent: "#6db3f2",
  onAccent: "#12181e",
  calm: "#8fd0b8",
  soon: "#f2c14e",
  onSoon: "#3a2f10",
  near: "#ff9d5c",
  onNear: "#43260f",
  late: "#ffffff",
  onLate: "#8f1620",
  stopped: "#b4c0cc",
  onStopped: "#26303a",
  kept: "#7ed69b",
  onKept: "#163524",
  mark: "#c9a8f5",
  wrong: "#f0948d",
};

/** As custom properties of the page, for our own style sheets. */
export function paint(palette: Palette, isDark: boolean): void {
  const { style } = document.documentElement;
  for (const [name, colour] of Object.entries(palette)) {
    style.setProperty(`--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`, colour as string);
  }
  style.setProperty("color-scheme", isDark ? "dark" : "light");
}
