// A plotly figure as Python made it, in the colours and letters of the page around it.
import { said, saidLabel, separators } from "../core/i18n.ts";
import { h } from "../core/dom.ts";

export interface Theme {
  ink: string;
  quiet: string;
  line: string;
  font: string;
}

type Json = Record<string, any>;

/** What the page draws itself is taken out (title, template, fixed size); what the chart says is kept. */
export function themed(figure: { data?: Json[]; layout?: Json }, theme: Theme, height = 236): { data: Json[]; layout: Json } {
  const { title: _title, template: _template, width: _width, height: wanted, ...rest } = figure.layout ?? {};
  const tall = typeof wanted === "number" && wanted > height * 1.3;
  const layout: Json = {
    ...rest,
    height: tall ? (wanted as number) : height,
    autosize: true,
    separators: separators(),
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    font: { ...(rest["font"] as Json), family: theme.font, size: 11.5, color: theme.ink },
    margin: { l: 8, r: 8, t: 22, b: 8 },
    hoverlabel: { font: { family: theme.font, size: 12 } },
  };
  for (const name of Object.keys(rest)) {
    if (/^[xy]axis\d*$/.test(name)) layout[name] = axis(rest[name] as Json, theme);
  }
  for (const name of ["xaxis", "yaxis"]) layout[name] ??= axis({}, theme);
  // A chart taller than its place is scrolled: its scale stands at the top, where it is seen first.
  if (tall) layout["xaxis"] = { ...layout["xaxis"], side: "top", title: undefined };
  // Left to itself, plotly chooses a cell's ink from its colour alone, as if no ground showed through it.
  const inked = { textfont: { color: theme.ink } };
  return { data: (figure.data ?? []).map((trace) => ({ ...spoken(trace), ...(trace["type"] === "heatmap" ? inked : {}) })), layout };
}

/** Categories in the person's language. */
function words(value: unknown): unknown {
  return Array.isArray(value) ? value.map((item) => (typeof item === "string" ? saidLabel(item) : item)) : value;
}

/** A trace with its name and its categories in the person's language. */
function spoken(trace: Json): Json {
  const named = typeof trace["name"] === "string" ? { name: said(trace["name"]) } : {};
  return { ...trace, ...named, ...("x" in trace ? { x: words(trace["x"]) } : {}), ...("y" in trace ? { y: words(trace["y"]) } : {}) };
}

function axis(given: Json, theme: Theme): Json {
  const told = typeof given["title"] === "string" ? { text: given["title"] } : (given["title"] as Json | undefined);
  const title = told && { ...told, ...(typeof told["text"] === "string" ? { text: said(told["text"]) } : {}) };
  return {
    ...given,
    ...("categoryarray" in given ? { categoryarray: words(given["categoryarray"]) } : {}), // else each stands there twice
    ...(title ? { title: { ...title, font: { size: 11, color: theme.quiet }, standoff: 6 } } : {}),
    automargin: true,
    gridcolor: theme.line,
    linecolor: theme.line,
    zerolinecolor: theme.line,
    tickfont: { size: 11, color: theme.ink },
    fixedrange: true,
  };
}

/** The colours and letters around an element. */
export function pageTheme(element: HTMLElement): Theme {
  const style = getComputedStyle(element);
  // A colour made by color-mix() is not one plotly reads; the browser resolves it on a real element.
  const probe = h("span", { style: { display: "none" } });
  element.append(probe);
  const colour = (name: string): string => {
    probe.style.color = `var(${name})`;
    return plain(getComputedStyle(probe).color);
  };
  const theme = { ink: colour("--wb-ink"), quiet: colour("--wb-ink-3"), line: colour("--wb-line"), font: style.fontFamily };
  probe.remove();
  return theme;
}

/** "color(srgb 0.1 0.2 0.3)" as "rgb(26, 51, 77)"; anything else as it is. */
export function plain(colour: string): string {
  const found = /^color\(srgb ([\d.]+) ([\d.]+) ([\d.]+)/.exec(colour);
  return found ? `rgb(${found.slice(1, 4).map((part) => Math.round(Number(part) * 255)).join(", ")})` : colour;
}
