// What the colours and shapes mean: a button for each group, which shows it or takes it off the map.
import { fill, h } from "../core/dom.ts";
import { inDigits, said, t } from "../core/i18n.ts";
import { keepFocus } from "../core/refocus.ts";
import { line } from "../text/body.ts";
import { colourOf, coloursAt } from "./colours.ts";
import { mark, shapeOf } from "./shapes.ts";
import type { Legend, Picture } from "./types.ts";

export interface LegendView {
  element: HTMLElement;
  show(picture: Picture): void;
  close(): void;
}

export function legendView(onHide: (groups: Set<number>) => void, browse: (term: string) => void): LegendView {
  const list = h("ul", { class: "wb-map-legend", "aria-label": t("Colours and shapes") });
  let hidden = new Set<number>();
  let picture: Picture | null = null;
  let field = "";
  const draw = (): void => {
    if (!picture) return;
    const { legend } = picture;
    keepFocus(list, () => fill(list, ...legend.map((group, place) => (group.count ? row(group, place, legend.length) : null))));
    paintMarks(list, legend.length);
  };
  const toggle = (place: number): void => {
    hidden = new Set(hidden);
    if (!hidden.delete(place)) hidden.add(place);
    onHide(hidden);
    draw();
    list.querySelector<HTMLElement>(`[data-group="${place}"]`)?.focus();
  };
  const row = (group: Legend, place: number, groups: number): HTMLElement => {
    const shown = !hidden.has(place);
    const name = labelOf(group);
    return h(
      "li",
      { class: shown ? "" : "wb-map-off" },
      h(
        "button",
        { class: "wb-map-group", "aria-pressed": String(shown), title: shown ? t("Take these points off the map") : t("Show these points"), data: { group: place }, on: { click: () => toggle(place) } },
        h("canvas", { class: "wb-map-mark", width: 32, height: 32, "aria-hidden": "true", data: { shape: shapeOf(place, groups) } }),
        line(name, "wb-clip wb-grow"),
        h("span", { class: "wb-quiet wb-numbers" }, inDigits(group.count)),
      ),
      group.term ? h("button", { class: "wb-map-go", "aria-label": t("Browse {what}", { what: name }), title: t("Browse these"), on: { click: () => browse(group.term) } }, "→") : h("span", { class: "wb-map-go" }),
    );
  };
  const theme = new MutationObserver(() => picture && paintMarks(list, picture.legend.length));
  theme.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light", "data-jp-theme-name"] });
  return {
    element: list,
    show(next) {
      if (hidden.size) {
        // Groups stand in the order of their numbers, which change: what is off the map is known by what it is.
        const off = new Set([...hidden].map((place) => nameOf(picture?.legend[place])));
        hidden = new Set(next.field === field ? next.legend.flatMap((group, place) => (off.has(nameOf(group)) ? [place] : [])) : []);
        onHide(hidden);
      }
      field = next.field;
      picture = next;
      draw();
    },
    close: () => theme.disconnect(),
  };
}

function nameOf(group: Legend | undefined): string {
  return JSON.stringify([group?.kind, group?.term, group?.label]);
}

export function labelOf(group: Legend): string {
  if (group.kind === "rest") return t("Other values");
  if (group.kind === "none") return t("No answer yet");
  return said(group.label);
}

function paintMarks(list: HTMLElement, groups: number): void {
  const colours = coloursAt(list);
  for (const canvas of list.querySelectorAll<HTMLCanvasElement>(".wb-map-mark")) {
    const place = Number(canvas.closest<HTMLElement>("[data-group]")?.dataset["group"]);
    const pen = canvas.getContext("2d");
    if (!pen) continue;
    pen.clearRect(0, 0, 32, 32);
    mark(pen, shapeOf(place, groups), 16, 16, 10, colourOf(colours, place, groups));
  }
}
