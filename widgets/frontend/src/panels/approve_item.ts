// One item as it is read before it is approved: its parts in full, what it was made from, what the checks found.
import { h, type Child } from "../core/dom.ts";
import { said, t } from "../core/i18n.ts";
import { line, messageBody } from "../text/body.ts";
import { wordDiff } from "../text/diff.ts";
import { diffView } from "../text/diffview.ts";
import type { Item, Part } from "./approve_types.ts";

const TONES = { problem: " wb-chip-bad", warning: " wb-chip-warn", info: "" } as const;

export function itemView(item: Item, id: string, open: (id: string) => void): HTMLElement {
  return h(
    "div",
    { class: "wb-proposal", id, role: "option", "aria-selected": "false", data: { item: item.id }, on: { click: () => open(item.id) } },
    h("div", { class: "wb-row wb-proposal-top" }, h("span", { class: "wb-quiet" }, t("row {n}", { n: item.row + 1 })), source(item), decision(item)),
    item.parts.length === 1 && !item.parts[0]!.title
      ? h("div", { class: "wb-proposal-text" }, text(item.parts[0]!))
      : h("div", { class: "wb-proposal-parts" }, ...item.parts.map(part)),
    item.source.kind === "passage" ? h("blockquote", { class: "wb-proposal-passage", title: t("The passage it was made from") }, line(item.source.text ?? "")) : null,
    ...item.findings.map((found) =>
      h("div", { class: "wb-gate" }, h("span", { class: `wb-chip${TONES[found.severity]}` }, said(found.title ?? found.check)), line(said(found.message))),
    ),
  );
}

function part(item: Part): HTMLElement {
  return h("div", { class: "wb-proposal-part" }, h("span", { class: "wb-quiet" }, said(item.title || item.id)), h("div", { class: "wb-proposal-text" }, text(item)));
}

/** The text, with what a person changed in it. */
function text(item: Part): HTMLElement {
  return item.made && item.made !== item.text ? diffView(wordDiff(item.made, item.text)) : messageBody(item.text);
}

function source(item: Item): Child {
  const { kind, text: from } = item.source;
  if (!from || kind === "passage") return null;
  return h("span", { class: "wb-quiet wb-grow wb-clip" }, kind === "sample" ? `${t("From")} ` : null, line(from));
}

function decision(item: Item): Child {
  if (item.state === "approved") return h("span", { class: "wb-chip wb-chip-good" }, t("approved by {who}", { who: item.decided_by }));
  if (item.state === "rejected") return h("span", { class: "wb-chip wb-chip-bad" }, t("rejected by {who}: {why}", { who: item.decided_by, why: said(item.reason) }));
  return null;
}
