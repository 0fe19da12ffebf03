// The bar over the map: the query, the field that gives the colours, and what the hand does.
import { fill, h } from "../core/dom.ts";
import { said, t } from "../core/i18n.ts";
import { keyShown } from "../core/keymap.ts";
import { button, settled } from "../work/parts.ts";
import type { Start, Tool } from "./types.ts";

export interface Bar {
  element: HTMLElement;
  query: HTMLInputElement;
  colour: HTMLSelectElement;
  told: HTMLElement;
  fields(fields: Start["fields"], chosen: string): void;
  tool(tool: Tool): void;
  close(): void;
}

export interface BarEvents {
  query(): void;
  colour(): void;
  tool(tool: Tool): void;
  zoom(factor: number): void;
  all(): void;
}

export function mapBar(on: BarEvents): Bar {
  const query = h("input", { class: "wb-input", type: "search", spellcheck: "false", placeholder: t("all conversations, or a query"), "aria-label": t("Query to draw"), data: { field: "query" } });
  const colour = h("select", { class: "wb-select", "aria-label": t("Colour by"), data: { field: "colour", kept: "" }, on: { change: () => on.colour() } });
  const told = h("span", { class: "wb-where-count wb-numbers", role: "status" });
  const later = settled(() => on.query(), 300);
  query.addEventListener("input", later);
  const tools: [Tool, string, string][] = [
    ["lasso", t("Lasso"), keyShown("map", "draw-around-points", "l")],
    ["box", t("Box"), keyShown("map", "pull-a-box-around-points", "b")],
    ["move", t("Move"), keyShown("map", "move-the-map-by-dragging", "m")],
  ];
  const group = h("div", { class: "wb-map-tools", role: "group", "aria-label": t("What dragging does") });
  fill(group, ...tools.map(([tool, label, letter]) => h("button", { class: "wb-map-tool", "aria-pressed": "false", data: { tool }, on: { click: () => on.tool(tool) } }, label, " ", h("kbd", {}, letter))));
  const zoom = h(
    "div",
    { class: "wb-map-tools", role: "group", "aria-label": t("Zoom") },
    zoomButton("−", t("Farther (−)"), () => on.zoom(1 / 1.5)),
    zoomButton("+", t("Nearer (+)"), () => on.zoom(1.5)),
    h("button", { class: "wb-map-tool", title: t("The whole map (0)"), on: { click: () => on.all() } }, t("All"), " ", h("kbd", {}, keyShown("map", "the-whole-map", "0"))),
  );
  const element = h(
    "form",
    { class: "wb-map-bar", on: { submit: (event) => (event.preventDefault(), on.query()) } },
    query,
    h("label", { class: "wb-map-by" }, h("span", { class: "wb-label" }, t("Colour by")), colour),
    group,
    zoom,
    button(t("Draw"), () => on.query(), { small: true, name: "draw" }),
  );
  return {
    element,
    query,
    colour,
    told,
    fields(fields, chosen) {
      fill(colour, ...fields.map((item) => h("option", { value: item.field }, said(item.label))));
      colour.value = fields.some((item) => item.field === chosen) ? chosen : (fields[0]?.field ?? "domain");
    },
    tool(tool) {
      for (const item of group.querySelectorAll<HTMLElement>("[data-tool]")) item.setAttribute("aria-pressed", String(item.dataset["tool"] === tool));
    },
    close: later.stop,
  };
}

function zoomButton(label: string, title: string, run: () => void): HTMLElement {
  return h("button", { class: "wb-map-tool", "aria-label": title, title, on: { click: run } }, label);
}
