// What an import did, in numbers that add up, and where to go from here.
import type { Ctx } from "../core/ctx.ts";
import { h } from "../core/dom.ts";
import { inDigits, said, t, tn } from "../core/i18n.ts";
import { line } from "../text/body.ts";
import { button, remark, section, stat } from "../work/parts.ts";
import { problemTable } from "./collect_problems.ts";
import type { Format, Report } from "./collect_types.ts";

export function reportView(ctx: Ctx, report: Report, formats: Format[], again: () => void): HTMLElement {
  return h(
    "div",
    { class: "wb-stack", data: { part: "report", import: report.import } },
    h("header", { class: "wb-head" }, h("h2", {}, headline(report)), h("p", { class: "wb-lead" }, line(t("{source}, read as {format}", { source: report.source, format: titles(report.format, formats) })))),
    h(
      "div",
      { class: "wb-stats" },
      stat(inDigits(report.imported), t("new here"), report.imported > 0 ? "good" : ""),
      stat(inDigits(report.duplicates), t("already here")),
      stat(inDigits(report.quarantined), t("set aside"), report.quarantined > 0 ? "warn" : ""),
      stat(inDigits(report.read), t("read in all")),
    ),
    report.notes.length > 0 ? remark("info", h("ul", { class: "wb-notes" }, ...report.notes.map((note) => h("li", {}, line(said(note)))))) : null,
    h(
      "div",
      { class: "wb-row" },
      report.imported > 0
        ? button(t("Browse what came in"), () => ctx.navigate("browse", { query: `import:${report.import}` }), { tone: "primary", name: "browse" })
        : null,
      button(t("Import another file"), again, { name: "again" }),
    ),
    report.imported > 0 ? h("p", { class: "wb-help" }, t("Undo takes the import back as long as it is your newest step and nobody has built on it.")) : null,
    report.problems.length > 0
      ? section(
          tn("{n} record was set aside", "{n} records were set aside", report.quarantined),
          problemTable(report.problems),
          report.quarantined > report.problems.length ? h("p", { class: "wb-help" }, t("The first {n} are shown.", { n: inDigits(report.problems.length) })) : null,
        )
      : null,
  );
}

function headline(report: Report): string {
  if (report.imported > 0) return tn("{n} conversation came in", "{n} conversations came in", report.imported);
  if (report.duplicates > 0) return t("Nothing new: all of it is already here");
  return t("Nothing came in");
}

/** The formats of an import ("table, openai-chat") by the names they have on the screen. */
function titles(names: string, formats: Format[]): string {
  return names
    .split(", ")
    .map((name) => said(formats.find((format) => format.name === name)?.title ?? name))
    .join(", ");
}
