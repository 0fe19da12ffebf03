// Records that were set aside: where they stand, what was found, how to mend them.
import { h } from "../core/dom.ts";
import { line } from "../text/body.ts";
import type { Problem } from "./collect_types.ts";

export function problemTable(problems: Problem[], most = Infinity): HTMLElement {
  const files = new Set(problems.map((problem) => problem.file ?? "")).size > 1;
  const shown = problems.slice(0, most);
  return h(
    "div",
    { class: "wb-table-box", tabindex: 0, role: "region", "aria-label": "Records that could not be read" },
    h(
      "table",
      { class: "wb-table wb-problems" },
      h("thead", {}, h("tr", {}, ...(files ? ["File"] : []).concat(["Line", "Field", "Found", "What helps"]).map((name) => h("th", { scope: "col" }, name)))),
      h(
        "tbody",
        {},
        ...shown.map((problem) =>
          h(
            "tr",
            {},
            files ? h("td", {}, line(problem.file ?? "")) : null,
            h("td", { class: "wb-numbers" }, problem.line ?? (problem.row ? `record ${problem.row}` : "")),
            h("td", {}, problem.field ? h("code", {}, line(problem.field)) : ""),
            h("td", {}, line(problem.found ?? "")),
            h("td", { class: "wb-quiet" }, line(problem.hint ?? "")),
          ),
        ),
      ),
    ),
    problems.length > shown.length ? h("p", { class: "wb-help wb-table-more" }, `and ${problems.length - shown.length} more`) : null,
  );
}
