// The regions as a list: what the map shows, in words; a way to select without a pointer.
import { fill, h } from "../core/dom.ts";
import { inDigits, t } from "../core/i18n.ts";
import { keepFocus } from "../core/refocus.ts";
import { line } from "../text/body.ts";
import type { How, Picture, RegionInfo } from "./types.ts";

export interface RegionList {
  element: HTMLElement;
  show(picture: Picture): void;
}

export function regionList(select: (region: RegionInfo, how: How) => void): RegionList {
  const body = h("tbody", {});
  const element = h(
    "table",
    { class: "wb-map-regions", "aria-label": t("Regions of the map") },
    h("colgroup", {}, h("col", {}), h("col", { class: "wb-map-col-count" }), h("col", { class: "wb-map-col-add" })),
    h("thead", { class: "wb-spoken" }, h("tr", {}, ...[t("Region"), t("Conversations"), t("Add to the selection")].map((name) => h("th", { scope: "col" }, name)))),
    body,
  );
  return { element, show: (picture) => keepFocus(body, () => fill(body, ...picture.regions.filter((region) => region.count > 0).map((region) => row(region, select)))) };
}

function row(region: RegionInfo, select: (region: RegionInfo, how: How) => void): HTMLElement {
  const words = nameOf(region);
  return h(
    "tr",
    { data: { region: region.number } },
    h("td", { class: "wb-map-region-name" }, h("button", { class: "wb-map-region", data: { action: "select" }, title: t("Select this region (with Shift: add it)"), on: { click: (event) => select(region, event.shiftKey ? "add" : "new") } }, line(words, "wb-clip"))),
    h("td", { class: "wb-quiet wb-numbers wb-end" }, inDigits(region.count)),
    h("td", {}, h("button", { class: "wb-icon-button", data: { action: "add" }, "aria-label": t("Add to the selection: {what}", { what: words }), title: t("Add to the selection"), on: { click: () => select(region, "add") } }, "+")),
  );
}

export function nameOf({ words, number, example }: RegionInfo): string {
  if (words.length > 0) return words.join(", ");
  return example ? t("{n}: like “{title}”", { n: number, title: example }) : t("Region {n}: no words set it apart", { n: number });
}
