// What an import did, in numbers that add up, and where to go from here.
import type { Ctx } from "../core/ctx.ts";
import { h } from "../core/dom.ts";
import { line } from "../text/body.ts";
import { button, count, remark, section, stat } from "../work/parts.ts";
import { problemTable } from "./collect_problems.ts";
import type { Report } from "./collect_types.ts";

export function reportView(ctx: Ctx, report: Report, again: () => void): HTMLElement {
  const number = (n: number): string => n.toLocaleString("en");
  return h(
    "div",
    { class: "wb-stack", data: { part: "report", import: report.import } },
    h("header", { class: "wb-head" }, h("h2", {}, headline(report)), h("p", { class: "wb-lead" }, line(`${report.source}, read as ${report.format}`))),
    h(
      "div",
      { class: "wb-stats" },
      stat(number(report.imported), "new here", report.imported > 0 ? "good" : ""),
      stat(number(report.duplicates), "already here"),
      stat(number(report.quarantined), "set aside", report.quarantined > 0 ? "warn" : ""),
      stat(number(report.read), "read in all"),
    ),
    report.note ? remark("info", line(sentence(report.note))) : null,
    h(
      "div",
      { class: "wb-row" },
      report.imported > 0
        ? button("Browse what came in", () => ctx.navigate("browse", { query: `import:${report.import}` }), { tone: "primary", name: "browse" })
        : null,
      button("Import another file", again, { name: "again" }),
    ),
    report.imported > 0 ? h("p", { class: "wb-help" }, "Undo takes the import back as long as it is your newest step and nobody has built on it.") : null,
    report.problems.length > 0
      ? section(
          `${count(report.quarantined, "record was", "records were")} set aside`,
          problemTable(report.problems),
          report.quarantined > report.problems.length ? h("p", { class: "wb-help" }, `The first ${report.problems.length} are shown.`) : null,
        )
      : null,
  );
}

function headline(report: Report): string {
  if (report.imported > 0) return `${count(report.imported, "conversation")} came in`;
  if (report.duplicates > 0) return "Nothing new: all of it is already here";
  return "Nothing came in";
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? "" : "."}`;
}
