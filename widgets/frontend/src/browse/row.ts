// A line of the list.
import { inDecimals, labelled, said, t, tn } from "../core/i18n.ts";
import { h } from "../core/dom.ts";
import type { Row, RowTag, Scheme } from "../core/nouns.ts";
import { icon } from "../core/icon.ts";
import { line, markedLine } from "../text/body.ts";
import { fromCodePoints } from "../text/invisible.ts";
import { languageName, valueName } from "../text/names.ts";
import { inWords } from "../tags/answers.ts";

export const ROW_HEIGHT = { comfortable: 66, compact: 32 };
export type Density = keyof typeof ROW_HEIGHT;

export interface RowState {
  current: boolean;
  marked: boolean;
  at: number;
  total: number;
  density: Density;
}

const FLAG = "flag";

export function rowElement(row: Row, state: RowState, schemes: Scheme[], domId: string): HTMLElement {
  const compact = state.density === "compact";
  return h(
    "div",
    {
      id: domId,
      class: [
        "wb-item",
        compact ? "wb-item-compact" : "",
        state.current ? "wb-item-current" : "",
        state.marked ? "wb-item-marked" : "",
      ]
        .filter(Boolean)
        .join(" "),
      role: "option",
      "aria-selected": String(state.current || state.marked),
      "aria-posinset": state.at + 1,
      "aria-setsize": state.total,
      data: { sampleId: row.id, origin: row.origin },
    },
    titleLine(row, compact, compact ? chips(row, schemes, 2) : []),
    compact ? null : h("div", { class: "wb-item-line" }, previewOf(row)),
    compact ? null : factsLine(row, schemes),
  );
}

function titleLine(row: Row, compact: boolean, chips: HTMLElement[]): HTMLElement {
  const why = row.why.find((item) => item.kind === "meaning");
  return h(
    "div",
    { class: "wb-item-line" },
    compact ? originDot(row) : null,
    line(row.title || t("(no text)"), "wb-item-title"),
    why?.score === undefined
      ? null
      : h("span", { class: "wb-item-score", title: t("likeness in meaning") }, inDecimals(why.score, 2)),
    flagged(row) ? h("span", { class: "wb-item-flag", title: t("flagged"), role: "img", "aria-label": t("flagged") }, icon("flag", 12)) : null,
    ...chips,
  );
}

/** The text under the title; the words that were looked for are marked in it. */
function previewOf(row: Row): HTMLElement {
  const marks = (row.marks ?? []).map(([start, end]) => ({
    start: fromCodePoints(row.preview, start),
    end: fromCodePoints(row.preview, end),
  }));
  return markedLine(row.preview, marks, "wb-item-preview");
}

function factsLine(row: Row, schemes: Scheme[]): HTMLElement {
  const shown = chips(row, schemes, 3);
  return h(
    "div",
    { class: "wb-item-line wb-item-facts" },
    originDot(row),
    shown.length < 2 ? line(row.from, "wb-item-from") : null,
    row.language ? h("span", { title: languageName(row.language) }, row.language) : null,
    h("span", {}, tn("{n} turn", "{n} turns", row.turns)),
    row.depth > 0 ? h("span", { title: t("generation depth") }, t("depth {n}", { n: row.depth })) : null,
    row.state === "archived" ? h("span", { class: "wb-chip wb-chip-warn" }, t("archived")) : null,
    h("span", { class: "wb-grow" }),
    ...shown,
  );
}

function originDot(row: Row): HTMLElement {
  const name = valueName("origin", row.origin);
  return h("span", { class: `wb-origin wb-origin-${row.origin}`, title: name, role: "img", "aria-label": name });
}

function chips(row: Row, schemes: Scheme[], most: number): HTMLElement[] {
  return row.tags
    .filter((tag) => tag.scheme !== FLAG)
    .slice(0, most)
    .map((tag) => tagChip(tag, schemes));
}

function flagged(row: Row): boolean {
  return row.tags.some((tag) => tag.scheme === FLAG && tag.value === true);
}

export function placeholderRow(density: Density): HTMLElement {
  return h(
    "div",
    { class: "wb-item wb-item-waiting", role: "option", "aria-hidden": "true" },
    h("span", { class: "wb-bone" }),
    density === "compact" ? null : h("span", { class: "wb-bone wb-bone-short" }),
  );
}

function tagChip(tag: RowTag, schemes: Scheme[]): HTMLElement {
  const scheme = schemes.find((item) => item.name === tag.scheme);
  const words = inWords(scheme, tag.value);
  const short =
    scheme?.kind === "hierarchical"
      ? words.split(" › ").pop()!
      : scheme?.kind === "ordinal"
        ? `${words}/${scheme.choices?.length ?? ""}`
        : words;
  const who = tag.mine ? "wb-mini-mine" : tag.machine ? "wb-mini-machine" : "";
  const whose = tag.mine ? "" : tag.machine ? ` (${t("suggested")})` : ` (${t("somebody else")})`;
  return h(
    "span",
    {
      class: `wb-mini ${who} ${short.length < 7 ? "wb-mini-short" : ""}`,
      title: labelled(said(scheme?.title || tag.scheme), `${words}${whose}`),
    },
    line(short),
  );
}
