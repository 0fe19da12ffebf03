// Exporting a build: formats with what they lose, how they will look, a target folder, progress, what was written.
import type { Ctx } from "../core/ctx.ts";
import { fill, h } from "../core/dom.ts";
import { failed } from "../core/empty.ts";
import { said, t } from "../core/i18n.ts";
import { scrollTo } from "../core/scroll.ts";
import { exactly } from "../text/when.ts";
import { followJob } from "../work/jobs.ts";
import { button, field, remark, section } from "../work/parts.ts";
import { pathField } from "../work/pathfield.ts";
import { progressView } from "../work/progress.ts";
import { optionsLine } from "./release_options.ts";
import { notes, previewBox } from "./release_preview.ts";
import type { Build, Exporter, Manifest, Slice, Start } from "./release_types.ts";
import { written } from "./release_written.ts";

export interface ExportForm {
  element: HTMLElement;
  /** The id of the build it exports. */
  build: string;
  toPreview(): void;
  toExport(): void;
  acts(): { name: string; args: Record<string, unknown> }[];
  close(): void;
}

/** Where a build goes if nobody says otherwise: one folder per build. */
export function proposedFolder(out: string, slice: string, build: Pick<Build, "hash">): string {
  return `${out}${slice}-${build.hash.replace(/^.*:/, "").slice(0, 8)}`;
}

export function losesInWords(loses: string | string[]): string {
  const parts = (Array.isArray(loses) ? loses : [loses]).filter(Boolean).map(said);
  return parts.length === 0 ? t("Keeps everything.") : t("Does not hold: {parts}.", { parts: parts.join(", ") });
}

export function exportForm(ctx: Ctx, slice: Slice, build: Build, start: Start): ExportForm {
  const look = h("div", { class: "wb-when-filled" });
  const options = optionsLine(start.exporters, () => preview.again());
  const preview = previewBox(
    ctx,
    build,
    start.exporters,
    (format) => options.of([format]),
    (told) => fill(look, told.length > 0 ? remark("warn", h("strong", {}, t("Worth a look before it goes out")), notes(told)) : null),
  );
  const boxes = start.exporters.map((exporter) => ({ exporter, box: h("input", { type: "checkbox", data: { format: exporter.name } }) }));
  const target = pathField(ctx, { command: "release.complete", label: t("Target folder"), placeholder: t("a new folder"), foldersOnly: true, onChosen: () => void begin() });
  target.set(proposedFolder(start.out, slice.name, build));
  const result = h("div", { class: "wb-stack", "aria-live": "polite" });
  const problem = h("p", { class: "wb-problem", role: "alert" });
  let stop = (): void => {};
  const chosen = (): string[] => boxes.filter(({ box }) => box.checked).map(({ exporter }) => exporter.name);
  const begin = async (): Promise<void> => {
    const to = chosen();
    problem.textContent = to.length === 0 ? t("Choose at least one format.") : "";
    if (to.length === 0) return boxes[0]?.box.focus();
    go.disabled = true;
    try {
      const { job } = await ctx.call<{ job: string }>("release.export", { build: build.id, out: target.value(), to, options: options.of(to) });
      const view = progressView(ctx, t("Exporting {name}", { name: slice.name }), job);
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
      fill(result, cancelled ? remark("info", t("The export was stopped. Nothing was left behind.")) : refused(error));
    } finally {
      go.disabled = false;
      const pane = result.closest<HTMLElement>(".wb-release-stage");
      if (pane) scrollTo(pane, result);
    }
  };
  /** A refusal says what is wrong and what to do; where it is the folder, the field is at hand. */
  const refused = (error: unknown): HTMLElement => {
    const shown = failed(error);
    shown.append(button(t("Choose another folder"), () => target.input.select(), { small: true, name: "other-folder" }));
    return shown;
  };
  for (const { box } of boxes) box.addEventListener("change", () => options.show(chosen()));
  const go = button(t("Export"), () => void begin(), { tone: "primary", name: "export" });
  const element = section(
    t("Export the build of {when}", { when: exactly(build.at) }),
    h("div", { class: "wb-formats", role: "group", "aria-label": t("Formats") }, ...boxes.map(({ exporter, box }) => formatBox(exporter, box, () => preview.show(exporter.name)))),
    options.element,
    preview.element,
    look,
    h("div", { class: "wb-export-line" }, field(t("Into a new folder"), target.input.parentElement ?? target.element), go),
    problem,
    result,
  );
  return {
    element,
    build: build.id,
    toPreview: () => (into(preview.element), preview.focus()),
    toExport: () => (into(element), (boxes.find(({ box }) => box.checked) ? target.input : boxes[0]?.box)?.focus({ preventScroll: true })),
    acts: () => {
      const to = chosen().length > 0 ? chosen() : [start.exporters[0]?.name ?? "workbench"];
      return [{ name: "release.export", args: { build: build.id, out: target.value(), to, options: options.of(to) } }];
    },
    close: () => (stop(), target.close()),
  };
}

function into(part: HTMLElement): void {
  const pane = part.closest<HTMLElement>(".wb-release-stage");
  if (pane) scrollTo(pane, part);
}

function formatBox(exporter: Exporter, box: HTMLInputElement, look: () => void): HTMLElement {
  box.addEventListener("change", () => box.checked && look());
  return h(
    "div",
    { class: "wb-format-box" },
    h(
      "label",
      { class: "wb-check" },
      box,
      h(
        "span",
        {},
        h("strong", {}, said(exporter.title)),
        h("span", { class: "wb-block-help" }, said(exporter.description)),
        h("span", { class: "wb-help wb-block-help" }, losesInWords(exporter.loses)),
      ),
    ),
    h("button", { class: "wb-link wb-format-look", "aria-label": t("Preview: {format}", { format: said(exporter.title) }), on: { click: look } }, t("Preview")),
  );
}
