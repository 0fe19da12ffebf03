// Findings by check, agreement between people, personal data and duplicates; each leads to Browse.
import type { Ctx } from "../core/ctx.ts";
import { h } from "../core/dom.ts";
import { inDecimals, inDigits, key, percent, said, saidLabel, t, tn } from "../core/i18n.ts";
import { line } from "../text/body.ts";
import { button, section } from "../work/parts.ts";
import type { Agreement, Duplicates, Example, Group, Report } from "./quality_types.ts";

/** A query that finds exactly these samples. */
export function idQuery(ids: readonly string[]): string {
  return ids.length === 1 ? `id:${ids[0]}` : `id:(${ids.join(" OR ")})`;
}

function toBrowse(ctx: Ctx, ids: string[], total: number): HTMLElement | null {
  if (ids.length === 0) return null;
  const label = total > ids.length ? t("Browse the first {n}", { n: inDigits(ids.length) }) : t("Browse");
  return button(label, () => ctx.navigate("browse", { query: idQuery(ids) }), { small: true, tone: "quiet", name: "browse" });
}

export function findingSection(ctx: Ctx, checks: Report["checks"]): HTMLElement {
  if (checks.length === 0) return section(t("Checks"), h("p", { class: "wb-quiet" }, t("The checks found nothing to look at.")));
  return section(t("Checks"), h("div", { class: "wb-groups" }, ...checks.map((check) => groupView(ctx, check.check, check))));
}

export function personalSection(ctx: Ctx, kinds: Report["personal"]): HTMLElement {
  if (kinds.length === 0) return section(t("Personal data"), h("p", { class: "wb-quiet" }, t("The rules found none. They know e-mail, phone, card, bank and identity numbers; names of people they do not.")));
  return section(t("Personal data"), h("div", { class: "wb-groups" }, ...kinds.map((kind) => groupView(ctx, kind.title, kind))));
}

function groupView(ctx: Ctx, name: string, group: Group): HTMLElement {
  const { problem, warning, info } = group.severities;
  return h(
    "details",
    { class: "wb-group", data: { check: name } },
    h(
      "summary",
      {},
      h("span", { class: "wb-group-name" }, said(name)),
      problem ? h("span", { class: "wb-chip wb-chip-bad" }, tn("{n} problem", "{n} problems", problem)) : null,
      warning ? h("span", { class: "wb-chip wb-chip-warn" }, tn("{n} warning", "{n} warnings", warning)) : null,
      info ? h("span", { class: "wb-chip" }, tn("{n} remark", "{n} remarks", info)) : null,
      h("span", { class: "wb-grow" }),
      h("span", { class: "wb-quiet wb-numbers" }, tn("{n} conversation", "{n} conversations", group.samples)),
    ),
    h(
      "div",
      { class: "wb-group-body" },
      h("ul", { class: "wb-examples" }, ...group.examples.map((example) => exampleView(ctx, example))),
      group.found > group.examples.length ? h("p", { class: "wb-help" }, t("and {n} more", { n: inDigits(group.found - group.examples.length) })) : null,
      toBrowse(ctx, group.ids, group.samples),
    ),
  );
}

function exampleView(ctx: Ctx, example: Example): HTMLElement {
  const text = line(saidLabel(example.message));
  const { sample } = example;
  if (!sample) return h("li", {}, text);
  return h("li", {}, h("button", { class: "wb-link", title: t("Open it in Browse"), on: { click: () => ctx.navigate("browse", { query: idQuery([sample]), id: sample }) } }, text));
}

/** What alpha means, after Krippendorff: below .667 no conclusion, from .8 a reliable scheme. */
export function alphaInWords(alpha: number | null): { text: string; tone: string } {
  if (alpha === null) return { text: key("not defined yet"), tone: "" };
  if (alpha >= 0.8) return { text: key("reliable"), tone: "good" };
  if (alpha >= 0.667) return { text: key("tentative"), tone: "warn" };
  return { text: key("not reliable"), tone: "bad" };
}

export function agreementSection(ctx: Ctx, found: Agreement[]): HTMLElement {
  if (found.length === 0) {
    return section(t("Agreement"), h("p", { class: "wb-quiet" }, t("Agreement appears when two people have answered the same scheme for the same conversation.")));
  }
  return section(
    t("Agreement between people"),
    h(
      "div",
      { class: "wb-table-box", tabindex: 0, role: "region", "aria-label": t("Agreement per scheme") },
      h(
        "table",
        { class: "wb-table" },
        h("thead", {}, h("tr", {}, ...[t("Scheme"), t("Same answer"), t("Alpha"), t("Compared"), t("Disputed")].map((name) => h("th", { scope: "col" }, name)))),
        h("tbody", {}, ...found.map((item) => agreementRow(ctx, item))),
      ),
    ),
  );
}

function agreementRow(ctx: Ctx, item: Agreement): HTMLElement {
  const words = alphaInWords(item.alpha);
  const confused = item.confusions.slice(0, 3).map(([a, b, n]) => `${a} / ${b} (${n})`).join(", ");
  return h(
    "tr",
    {},
    h("td", {}, h("strong", {}, item.scheme), h("div", { class: "wb-quiet" }, line(item.authors.join(", ")))),
    h("td", { class: "wb-numbers" }, item.percent === null ? "–" : percent(item.percent / 100)),
    h("td", { class: "wb-numbers" }, item.alpha === null ? "– " : `${inDecimals(item.alpha, 2)} `, h("span", { class: `wb-chip${words.tone ? ` wb-chip-${words.tone}` : ""}` }, t(words.text))),
    h("td", { class: "wb-numbers" }, tn("{n} answer", "{n} answers", item.units)),
    h("td", {}, item.disputed_count === 0 ? h("span", { class: "wb-quiet" }, t("none")) : h("span", { class: "wb-row" }, h("span", { class: "wb-numbers" }, item.disputed_count), button(t("Browse"), () => ctx.navigate("browse", { query: `disputed:${item.scheme}` }), { small: true, tone: "quiet", name: "browse" })), confused ? h("div", { class: "wb-quiet" }, line(confused)) : null),
  );
}

export function duplicateSection(ctx: Ctx, found: Duplicates): HTMLElement {
  if (found.groups === 0) return section(t("Exact duplicates"), h("p", { class: "wb-quiet" }, t("No two conversations say the same.")));
  return section(
    t("Exact duplicates"),
    h("p", { class: "wb-quiet" }, `${tn("{n} group", "{n} groups", found.groups)}; ${tn("{n} conversation could be put aside.", "{n} conversations could be put aside.", found.extra)}`),
    h(
      "ul",
      { class: "wb-examples" },
      ...found.shown.map((group) =>
        h("li", { class: "wb-row" }, h("span", { class: "wb-chip wb-numbers" }, `${group.ids.length} ×`), line(group.title, "wb-grow wb-clip"), toBrowse(ctx, group.ids, group.ids.length)),
      ),
    ),
  );
}
