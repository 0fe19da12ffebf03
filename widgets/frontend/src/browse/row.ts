// A line of the list.
import { said, t, tn } from "../core/i18n.ts";
import { h } from "../core/dom.ts";
import type { Row, RowTag, Scheme } from "../core/nouns.ts";
import { valueName } from "../text/names.ts";
import { line } from "../text/body.ts";
import { inWords } from "../tags/answers.ts";

export const ROW_HEIGHT = 66;

export interface RowState {
  current: boolean;
  marked: boolean;
  at: number;
  total: number;
}

export function rowElement(row: Row, state: RowState, schemes: Scheme[], domId: string): HTMLElement {
  const why = row.why.find((item) => item.kind === "meaning");
  return h(
    "div",
    {
      id: domId,
      class: `wb-item${state.current ? " wb-item-current" : ""}${state.marked ? " wb-item-marked" : ""}`,
      role: "option",
      "aria-selected": String(state.current),
      "aria-posinset": state.at + 1,
      "aria-setsize": state.total,
      data: { sampleId: row.id, origin: row.origin },
    },
    h(
      "div",
      { class: "wb-item-line" },
      line(row.title || t("(no text)"), "wb-item-title"),
      why?.score === undefined
        ? null
        : h("span", { class: "wb-item-score", title: t("likeness in meaning") }, why.score.toFixed(2)),
    ),
    h("div", { class: "wb-item-line" }, line(row.preview, "wb-item-preview")),
    h(
      "div",
      { class: "wb-item-line wb-item-facts" },
      h("span", { class: `wb-origin wb-origin-${row.origin}`, title: valueName("origin", row.origin) }),
      row.tags.length < 2 ? line(row.from, "wb-item-from") : null,
      row.language ? h("span", {}, row.language) : null,
      h("span", {}, tn("{n} turn", "{n} turns", row.turns)),
      row.depth > 0 ? h("span", { title: t("generation depth") }, t("depth {n}", { n: row.depth })) : null,
      row.state === "archived" ? h("span", { class: "wb-chip wb-chip-warn" }, t("archived")) : null,
      h("span", { class: "wb-grow" }),
      ...row.tags.slice(0, 3).map((tag) => tagChip(tag, schemes)),
    ),
  );
}

export function placeholderRow(): HTMLElement {
  return h(
    "div",
    { class: "wb-item wb-item-waiting", role: "option", "aria-hidden": "true" },
    h("span", { class: "wb-bone" }),
    h("span", { class: "wb-bone wb-bone-short" }),
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
      title: `${said(scheme?.title || tag.scheme)}: ${words}${whose}`,
    },
    line(short),
  );
}
