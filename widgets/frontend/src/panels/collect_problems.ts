// Records that were set aside: where they stand, what was found, how to mend them.
import { h } from "../core/dom.ts";
import { inDigits, said, t } from "../core/i18n.ts";
import { line } from "../text/body.ts";
import type { Problem } from "./collect_types.ts";

export function problemTable(problems: Problem[], most = Infinity): HTMLElement {
  const files = new Set(problems.map((problem) => problem.file ?? "")).size > 1;
  const shown = problems.slice(0, most);
  return h(
    "div",
    { class: "wb-table-box", tabindex: 0, role: "region", "aria-label": t("Records that could not be read") },
    h(
      "table",
      { class: "wb-table wb-problems" },
      h("thead", {}, h("tr", {}, ...(files ? [t("File")] : []).concat([t("Line"), t("Field"), t("Found"), t("What helps")]).map((name) => h("th", { scope: "col" }, name)))),
      h(
        "tbody",
        {},
        ...shown.map((problem) =>
          h(
            "tr",
            {},
            files ? h("td", {}, line(problem.file ?? "")) : null,
            h("td", { class: "wb-numbers" }, problem.line ?? (problem.row ? t("record {row}", { row: problem.row }) : "")),
            h("td", {}, problem.field ? h("code", {}, line(problem.field)) : ""),
            h("td", {}, line(foundText(problem.found ?? ""))),
            h("td", { class: "wb-quiet" }, line(said(problem.hint ?? ""))),
          ),
        ),
      ),
    ),
    problems.length > shown.length ? h("p", { class: "wb-help wb-table-more" }, t("and {n} more", { n: inDigits(problems.length - shown.length) })) : null,
  );
}

/** A text of the file stands in quotation marks and is shown as it is; the rest are our own words. */
export function foundText(found: string): string {
  return /^['"]/.test(found) ? found : said(found);
}
