// Past imports, newest first.
import type { Ctx } from "../core/ctx.ts";
import { h } from "../core/dom.ts";
import { inDigits, t, tn } from "../core/i18n.ts";
import type { Source } from "../core/nouns.ts";
import { line } from "../text/body.ts";
import { ago, exactly } from "../text/when.ts";
import { button } from "../work/parts.ts";
import type { ImportRecord } from "./collect_types.ts";

export function history(ctx: Ctx, imports: ImportRecord[], sources: Source[], open: (id: string) => void): HTMLElement {
  const names = new Map(sources.map((source) => [source.id ?? "", source.name]));
  const body =
    imports.length === 0
      ? h("p", { class: "wb-quiet" }, t("Nothing was imported yet. What you bring in is listed here with its report."))
      : h("ul", { class: "wb-past" }, ...imports.map((item) => h("li", { data: { past: item.id } }, card(ctx, item, names.get(item.source) ?? item.source, open))));
  return h("div", { class: "wb-stack" }, h("h3", {}, t("Past imports")), body);
}

function card(ctx: Ctx, item: ImportRecord, source: string, open: (id: string) => void): HTMLElement {
  const undone = item.state === "undone";
  const browse = (): void => ctx.navigate("browse", { query: `import:${item.id}` });
  return h(
    "div",
    { class: `wb-past-item${undone ? " wb-past-undone" : ""}` },
    h("button", { class: "wb-past-name", title: t("Show the report"), on: { click: () => open(item.id) } }, line(item.file)),
    h("span", { class: "wb-quiet" }, line(source), " · ", item.author, " · ", h("time", { title: exactly(item.at) }, ago(item.at))),
    h(
      "span",
      { class: "wb-wrap wb-numbers" },
      undone ? h("span", { class: "wb-chip" }, t("taken back")) : null,
      h("span", { class: "wb-chip wb-chip-good" }, tn("{n} new", "{n} new", item.imported)),
      item.duplicates ? h("span", { class: "wb-chip" }, tn("{n} known", "{n} known", item.duplicates)) : null,
      item.quarantined ? h("span", { class: "wb-chip wb-chip-warn" }, t("{n} set aside", { n: inDigits(item.quarantined) })) : null,
      !undone && item.imported ? button(t("Browse"), browse, { tone: "quiet", small: true }) : null,
    ),
  );
}
