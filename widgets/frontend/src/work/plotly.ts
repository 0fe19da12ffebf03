// plotly's JavaScript comes from the Python package that is installed, over the widget's own channel, once per page.
import { t } from "../core/i18n.ts";
import type { Call } from "../core/rpc.ts";

export interface Plotly {
  react(place: HTMLElement, data: unknown[], layout: unknown, config: unknown): Promise<unknown>;
  purge(place: HTMLElement): void;
  Plots: { resize(place: HTMLElement): Promise<unknown> | void };
}

let loaded: Promise<Plotly> | null = null;

export function loadPlotly(call: Call): Promise<Plotly> {
  loaded ??= load(call).catch((error: unknown) => {
    loaded = null;
    throw error;
  });
  return loaded;
}

async function load(call: Call): Promise<Plotly> {
  const { source } = await call<{ source: string }>("quality.plotly");
  // The bundle looks for CommonJS first and sets a global otherwise: as a module of its own it is given one to fill.
  const url = URL.createObjectURL(new Blob(["const module = { exports: {} };\n", source, "\nexport default module.exports;\n"], { type: "text/javascript" }));
  try {
    const found = ((await import(/* @vite-ignore */ url)) as { default: Plotly }).default;
    if (typeof found?.react !== "function") throw { code: "plotly", message: t("The charts could not be drawn."), hint: t("plotly's own file is not as expected; the numbers and tables are complete.") };
    return found;
  } finally {
    URL.revokeObjectURL(url);
  }
}
