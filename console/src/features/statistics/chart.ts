/** The drawing of pictures; loaded by whoever opens them, and by nobody else. */
import { BarChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { init, use as take } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

take([BarChart, AriaComponent, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

export interface Bars {
  places: string[];
  series: { name: string; values: number[] }[];
  /** On top of each other, where they are parts of a whole. */
  stacked: boolean;
}

/** Draws into an element and follows its width, until it is told to end. Told apart by patterns, not by colours alone. */
export function draw(into: HTMLElement, { places, series, stacked }: Bars, isDark: boolean): () => void {
  const chart = init(into, isDark ? "dark" : null, { renderer: "svg" });
  chart.setOption({
    animation: false,
    aria: { enabled: true, decal: { show: true } },
    backgroundColor: "transparent",
    textStyle: { fontFamily: getComputedStyle(into).fontFamily }, // texts are measured by it
    grid: { left: 8, right: 8, top: 36, bottom: 8, containLabel: true },
    legend: { top: 0, type: "scroll", textStyle: { fontFamily: getComputedStyle(into).fontFamily } },
    tooltip: { trigger: "axis" },
    xAxis: { type: "category", data: places },
    yAxis: { type: "value" },
    series: series.map(({ name, values }) => ({ type: "bar", name, data: values, ...(stacked && { stack: "all" }), barMaxWidth: 40 })),
  });
  const watched = new ResizeObserver(() => chart.resize());
  watched.observe(into);
  return () => {
    watched.disconnect();
    chart.dispose();
  };
}
