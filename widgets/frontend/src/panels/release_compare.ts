// What differs between two builds, or between a build and now: counted by reason, each reason a way to its samples.
import type { Ctx } from "../core/ctx.ts";
import { h } from "../core/dom.ts";
import { inDigits, said, t, tn } from "../core/i18n.ts";
import { line } from "../text/body.ts";
import { questionName } from "../text/names.ts";
import type { Comparison, Group, Part } from "./release_types.ts";

const PARTS: [Part, string][] = [
  ["entered", "good"],
  ["left", "warn"],
  ["changed", "accent"],
];

/** One kind of reason in words: "new import", "tag naturalness changed". */
export function kindInWords(kind: string, part: Part): string {
  if (kind.startsWith("tag:")) return t("tag {scheme} changed", { scheme: questionName(kind.slice(4)) });
  const words: Record<string, () => string> = {
    imported: () => t("new import"),
    generated: () => t("accepted draft"),
    written: () => t("written by hand"),
    edited: () => t("edited"),
    archived: () => t("archived"),
    query: () => t("the query changed"),
    branch: () => t("side branch, left out"),
    preference: () => t("preferences changed"),
    mark: () => t("mark changed"),
  };
  const other = part === "left" ? t("no longer matches") : t("brought back, or a tag was removed");
  return words[kind]?.() ?? other;
}

export function reasonInWords(group: Pick<Group, "kinds">, part: Part): string {
  return group.kinds.map((kind) => kindInWords(kind, part)).join(", ") || t("no reason is known");
}

export function partInWords(part: Part, n: number): string {
  if (part === "entered") return tn("{n} entered", "{n} entered", n);
  if (part === "left") return tn("{n} left", "{n} left", n);
  return tn("{n} changed", "{n} changed", n);
}

/** The whole in one sentence: "12 entered, 3 left and 2 changed." */
export function inOneSentence(found: Pick<Comparison, "counts">): string {
  const parts = PARTS.map(([part]) => [part, found.counts[part]] as const).filter(([, n]) => n > 0);
  if (parts.length === 0) return t("Nothing differs.");
  return t("{parts}.", { parts: parts.map(([part, n]) => partInWords(part, n)).join(", ") });
}

/** Archived samples are found only by name of their state. */
export function queryOf(samples: string[]): string {
  return `id:(${samples.join(" OR ")}) state:*`;
}

export function comparisonView(ctx: Ctx, found: Comparison): HTMLElement {
  const parts = PARTS.filter(([part]) => found.counts[part] > 0);
  return h(
    "div",
    { class: "wb-difference", data: { part: "difference" } },
    ...parts.map(([part, tone]) =>
      h(
        "section",
        { class: "wb-difference-part", data: { difference: part } },
        h("h4", { class: `wb-difference-count wb-difference-${tone}` }, partInWords(part, found.counts[part])),
        h("ul", { class: "wb-reason-list" }, ...found[part].map((group) => reasonRow(ctx, group, part))),
      ),
    ),
  );
}

function reasonRow(ctx: Ctx, group: Group, part: Part): HTMLElement {
  const words = reasonInWords(group, part);
  const first = group.samples.length < group.count;
  const title = first ? t("Show the first {n} in Browse", { n: inDigits(group.samples.length) }) : t("Show them in Browse");
  const details = group.reasons.filter((reason) => reason.words && saidEach(reason.words) !== words);
  return h(
    "li",
    { data: { fold: `${part} ${group.kinds.join(" ")}` } },
    h(
      "button",
      { class: "wb-reason-link", title, data: { action: "reason" }, on: { click: () => ctx.navigate("browse", { query: queryOf(group.samples) }) } },
      h("span", { class: "wb-numbers wb-reason-count" }, inDigits(group.count)),
      h("span", {}, line(words)),
    ),
    details.length > 0 ? detailsOf(details) : null,
  );
}

/** The reasons of one change, each in the person's language. A value inside a reason may hold a "; " itself. */
function saidEach(words: string): string {
  const parts = words.split("; ");
  const told: string[] = [];
  for (let from = 0; from < parts.length; ) {
    let to = from + 1;
    const reason = (): string => parts.slice(from, to).join("; ");
    while (to < parts.length && said(reason()) === reason()) to += 1;
    if (said(reason()) === reason()) to = from + 1;
    told.push(said(reason()));
    from = to;
  }
  return told.join("; ");
}

function detailsOf(reasons: Group["reasons"]): HTMLElement {
  return h(
    "details",
    { class: "wb-reason-details" },
    h("summary", {}, t("in detail")),
    h(
      "ul",
      {},
      ...reasons.map((reason) => h("li", { class: "wb-quiet" }, h("span", { class: "wb-numbers" }, `${inDigits(reason.count)} × `), line(saidEach(reason.words)))),
    ),
  );
}
