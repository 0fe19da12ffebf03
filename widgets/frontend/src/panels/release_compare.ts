// What changed between the last two builds, in words, with the reason for each sample.
import type { Ctx } from "../core/ctx.ts";
import { h } from "../core/dom.ts";
import { line } from "../text/body.ts";
import { section } from "../work/parts.ts";
import type { Change, Comparison } from "./release_types.ts";

const PARTS = [
  ["entered", "came in", "good"],
  ["left", "went out", "warn"],
  ["changed", "changed", "accent"],
] as const;

/** Reasons counted: many samples usually have few reasons. */
export function byReason(changes: Change[]): { reason: string; samples: string[] }[] {
  const groups = new Map<string, string[]>();
  for (const change of changes) groups.set(change.reason, [...(groups.get(change.reason) ?? []), change.sample]);
  return [...groups].map(([reason, samples]) => ({ reason, samples })).sort((a, b) => b.samples.length - a.samples.length);
}

export function comparisonView(ctx: Ctx, found: Comparison): HTMLElement {
  return section(
    "Since the build before",
    h("p", {}, line(`${found.summary.charAt(0).toUpperCase()}${found.summary.slice(1)}.`)),
    h("div", { class: "wb-groups" }, ...PARTS.map(([part, words, tone]) => partView(ctx, words, tone, found.counts[part], found[part]))),
  );
}

function partView(ctx: Ctx, words: string, tone: string, total: number, changes: Change[]): HTMLElement | null {
  if (total === 0) return null;
  return h(
    "details",
    { class: "wb-group" },
    h("summary", {}, h("span", { class: `wb-chip wb-chip-${tone}` }, `${total.toLocaleString("en")} ${words}`)),
    h(
      "ul",
      { class: "wb-examples wb-group-body" },
      ...byReason(changes).slice(0, 12).map((group) =>
        h(
          "li",
          { class: "wb-row" },
          h("span", { class: "wb-chip wb-numbers" }, `${group.samples.length} ×`),
          line(group.reason || "no reason is known", "wb-grow"),
          h("button", { class: "wb-link", on: { click: () => ctx.navigate("browse", { query: `id:(${group.samples.join(" OR ")})` }) } }, "Browse"),
        ),
      ),
      total > changes.length ? h("li", { class: "wb-quiet" }, `and ${total - changes.length} more`) : null,
    ),
  );
}
