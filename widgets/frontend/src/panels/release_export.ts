// Exporting a build: formats with what they lose, a target folder, progress, and what was written.
import type { Ctx } from "../core/ctx.ts";
import { fill, h } from "../core/dom.ts";
import { failed } from "../core/empty.ts";
import { scrollTo } from "../core/scroll.ts";
import { line, messageBody } from "../text/body.ts";
import { followJob } from "../work/jobs.ts";
import { button, bytes, count, field, remark, section } from "../work/parts.ts";
import { pathField } from "../work/pathfield.ts";
import { progressView } from "../work/progress.ts";
import type { Build, Exporter, Manifest, Slice, Start } from "./release_types.ts";

export interface ExportForm {
  element: HTMLElement;
  close(): void;
}

/** Where a build goes if nobody says otherwise: one folder per build. */
export function proposedFolder(out: string, slice: string, build: Pick<Build, "hash">): string {
  return `${out}${slice}-${build.hash.replace(/^.*:/, "").slice(0, 8)}`;
}

export function losesInWords(loses: string | string[]): string {
  const parts = (Array.isArray(loses) ? loses : [loses]).filter(Boolean);
  return parts.length === 0 ? "Keeps everything." : `Does not hold ${parts.join(", ")}.`;
}

export function exportForm(ctx: Ctx, slice: Slice, build: Build, start: Start): ExportForm {
  const boxes = start.exporters.map((exporter) => ({ exporter, box: h("input", { type: "checkbox", data: { format: exporter.name } }) }));
  const target = pathField(ctx, { command: "release.complete", label: "Target folder", placeholder: "a new folder", foldersOnly: true, onChosen: () => {} });
  target.set(proposedFolder(start.out, slice.name, build));
  const result = h("div", { class: "wb-stack", "aria-live": "polite" });
  const problem = h("p", { class: "wb-problem", role: "alert" });
  let stop = (): void => {};
  const begin = async (): Promise<void> => {
    const to = boxes.filter(({ box }) => box.checked).map(({ exporter }) => exporter.name);
    problem.textContent = to.length === 0 ? "Choose at least one format." : "";
    if (to.length === 0) return boxes[0]?.box.focus();
    go.disabled = true;
    try {
      const { job } = await ctx.call<{ job: string }>("release.export", { build: build.id, out: target.value(), to });
      const view = progressView(ctx, `Exporting ${slice.name}`, job);
      fill(result, view.element);
      stop = followJob(ctx, job, { progress: view.update, inView: () => result.offsetParent !== null, end: () => void ended(job) });
    } catch (error) {
      fill(result, failed(error));
      go.disabled = false;
    }
  };
  const ended = async (job: string): Promise<void> => {
    try {
      fill(result, written(await ctx.call<Manifest>("release.exported", { job })));
    } catch (error) {
      const cancelled = (error as { code?: string }).code === "cancelled";
      fill(result, cancelled ? remark("info", "The export was stopped. Nothing was left behind.") : failed(error));
    } finally {
      go.disabled = false;
      const pane = result.closest<HTMLElement>(".wb-release-stage");
      if (pane) scrollTo(pane, result);
    }
  };
  const go = button("Export", () => void begin(), { tone: "primary", name: "export" });
  const element = section(
    "Export the newest build",
    h("div", { class: "wb-formats", role: "group", "aria-label": "Formats" }, ...boxes.map(({ exporter, box }) => formatBox(exporter, box))),
    h("div", { class: "wb-export-line" }, field("Into a new folder", target.input.parentElement ?? target.element), go),
    problem,
    result,
  );
  return { element, close: () => (stop(), target.close()) };
}

function formatBox(exporter: Exporter, box: HTMLInputElement): HTMLElement {
  return h(
    "label",
    { class: "wb-check wb-format-box" },
    box,
    h(
      "span",
      {},
      h("strong", {}, exporter.title),
      h("span", { class: "wb-block-help" }, exporter.description),
      h("span", { class: "wb-help wb-block-help" }, losesInWords(exporter.loses)),
    ),
  );
}

function written(manifest: Manifest): HTMLElement {
  return h(
    "div",
    { class: "wb-stack", data: { part: "written" } },
    remark("good", h("strong", {}, `Written: ${count(manifest.counts["samples"] ?? 0, "conversation")}`), h("div", {}, h("code", {}, line(manifest.out)))),
    manifest.notes.length > 0 ? h("ul", { class: "wb-notes" }, ...manifest.notes.map((note) => h("li", {}, line(note)))) : null,
    h(
      "div",
      { class: "wb-table-box", tabindex: 0, role: "region", "aria-label": "Files" },
      h(
        "table",
        { class: "wb-table" },
        h("thead", {}, h("tr", {}, ...["File", "Records", "Size", "SHA-256"].map((name) => h("th", { scope: "col" }, name)))),
        h(
          "tbody",
          {},
          ...manifest.files.map((file) =>
            h(
              "tr",
              {},
              h("td", {}, line(file.name)),
              h("td", { class: "wb-numbers" }, file.records ? file.records.toLocaleString("en") : ""),
              h("td", { class: "wb-numbers" }, bytes(file.bytes)),
              h("td", {}, h("code", { title: file.sha256 }, `${file.sha256.slice(0, 12)}…`)),
            ),
          ),
        ),
      ),
    ),
    manifest.card ? h("details", { class: "wb-more" }, h("summary", {}, "The card that goes with it"), h("div", { class: "wb-card-text" }, messageBody(manifest.card))) : null,
  );
}
