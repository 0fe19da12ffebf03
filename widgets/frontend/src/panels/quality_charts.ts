// Charts drawn by plotly, each with its content in words beside it.
import type { Ctx } from "../core/ctx.ts";
import { fill, h } from "../core/dom.ts";
import { failed, loading } from "../core/empty.ts";
import { said, t } from "../core/i18n.ts";
import { loadPlotly, type Plotly } from "../work/plotly.ts";
import { pageTheme, themed } from "../work/theme.ts";
import type { Chart } from "./quality_types.ts";

export interface ChartGrid {
  element: HTMLElement;
  draw(): void;
  resize(): void;
  close(): void;
}

interface Place {
  chart: Chart;
  plot: HTMLElement;
}

export function chartGrid(ctx: Ctx, charts: Chart[]): ChartGrid {
  const places: Place[] = charts.map((chart) => ({ chart, plot: h("div", { class: "wb-plot", role: "img", tabindex: 0, "aria-label": inWords(chart.words) }, loading(t("Drawing"))) }));
  const element = h("div", { class: "wb-charts" }, ...places.map(card));
  let plotly: Plotly | null = null;
  let closed = false;
  const paint = (): void => {
    if (!plotly || closed) return;
    const theme = pageTheme(element);
    for (const place of places) {
      const { data, layout } = themed(place.chart.figure, theme);
      if (place.plot.querySelector(".wb-loading, .wb-failed")) fill(place.plot);
      plotly.react(place.plot, data, layout, { displayModeBar: false, responsive: true, displaylogo: false }).catch(ctx.notice);
    }
  };
  const draw = async (): Promise<void> => {
    try {
      plotly = await loadPlotly(ctx.call);
      paint();
    } catch (error) {
      places.forEach((place) => fill(place.plot, failed(error)));
    }
  };
  // JupyterLab changes its theme by this attribute; the charts' colours are read again.
  const watcher = new MutationObserver(paint);
  watcher.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light", "data-jp-theme-name"] });
  return {
    element,
    draw: () => void draw(),
    resize: () => places.forEach((place) => plotly && place.plot.isConnected && place.plot.offsetParent && plotly.Plots.resize(place.plot)),
    close() {
      closed = true;
      watcher.disconnect();
      places.forEach((place) => plotly?.purge(place.plot));
    },
  };
}

function card(place: Place): HTMLElement {
  return h(
    "figure",
    { class: "wb-chart", data: { chart: place.chart.name } },
    h("figcaption", { class: "wb-chart-title" }, said(sentence(place.chart.name))),
    place.plot,
    h("details", { class: "wb-more" }, h("summary", {}, t("In words")), h("p", { class: "wb-chart-words" }, inWords(place.chart.words))),
  );
}

/** "Domains", then a line for each series: its names in the person's language. */
function inWords(words: string): string {
  return words.split("\n").map((one) => one.split(/(: |, )/).map(said).join("")).join("\n");
}

function sentence(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
