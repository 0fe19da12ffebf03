// Collect: choose a file, look at what is in it, say where it comes from, import it, read the report.
import { onScreen } from "../code/screen.ts";
import type { Ctx, Mount } from "../core/ctx.ts";
import { fill, h } from "../core/dom.ts";
import { failed, loading } from "../core/empty.ts";
import { said, t } from "../core/i18n.ts";
import { bindKeys } from "../core/keys.ts";
import { focusIn, keepFocus } from "../core/refocus.ts";
import { holdsWork } from "../core/unsaved.ts";
import { markReady } from "../core/ready.ts";
import { followJob } from "../work/jobs.ts";
import { newest, remark, throttled } from "../work/parts.ts";
import { progressView } from "../work/progress.ts";
import { chooser, type Chooser } from "./collect_choose.ts";
import { history } from "./collect_history.ts";
import { mappingEditor, type Mapping } from "./collect_mapping.ts";
import { previewView } from "./collect_preview.ts";
import { reportView } from "./collect_report.ts";
import { sourceForm, type SourceForm } from "./collect_source.ts";
import { nothingToRead, wayOut } from "./collect_wayout.ts";
import type { Previewed, Report, Start } from "./collect_types.ts";

export const mount: Mount = (root, ctx) => {
  const page = new Collect(root, ctx);
  return () => page.close();
};

class Collect {
  private readonly work = h("div", { class: "wb-collect-work" });
  private readonly side = h("aside", { class: "wb-collect-side", "aria-label": t("Past imports") });
  private readonly stage = h("div", { class: "wb-collect-stage", "aria-live": "polite" });
  private readonly stops: (() => void)[] = [];
  private readonly take = newest();
  private choose: Chooser | null = null;
  private start: Start | null = null;
  private format: string | null = null;
  private mapping: Mapping = {};
  /** The list of past imports as it is drawn. */
  private drawn = "";
  /** Where the file that is looked into comes from: what is typed there stays when it is read in another way. */
  private source: { path: string; form: SourceForm } | null = null;
  /** The file that is looked into, as the command that shows it. */
  private looked: Record<string, unknown> | null = null;

  constructor(
    private readonly root: HTMLElement,
    private readonly ctx: Ctx,
  ) {
    fill(root, h("div", { class: "wb-work" }, this.work, this.side));
    fill(this.work, loading());
    const again = throttled(() => void this.refresh(), 1500);
    this.stops.push(ctx.on("changed", again), again.stop, bindKeys(root, () => [{ keys: ["/"], label: t("Type a path"), run: () => (this.choose ? this.choose.focus() : false) }]));
    this.stops.push(onScreen(root, () => (this.looked ? [{ name: "collect.preview", args: this.looked }] : [])));
    void this.open();
  }

  close(): void {
    this.stops.forEach((stop) => stop());
    this.choose?.close();
    this.root.replaceChildren();
  }

  private async open(): Promise<void> {
    try {
      this.start = await this.ctx.call<Start>("collect.start");
    } catch (error) {
      fill(this.work, failed(error, () => void this.open()));
      return;
    }
    this.choose = chooser(this.ctx, this.start, (path) => this.chosen(path));
    fill(
      this.work,
      h("header", { class: "wb-head" }, h("h2", {}, t("Bring conversations in")), h("p", { class: "wb-lead" }, t("Nothing is imported until you have seen what is in the file."))),
      this.choose.element,
      this.stage,
    );
    this.idle();
    this.drawHistory();
    markReady(this.root);
  }

  private async refresh(): Promise<void> {
    if (!this.start) return;
    try {
      const { imports, sources } = await this.ctx.call<Pick<Start, "imports" | "sources">>("collect.imports");
      this.start = { ...this.start, imports, sources };
      this.drawHistory();
    } catch (error) {
      this.ctx.notice(error);
    }
  }

  private drawHistory(): void {
    const { start } = this;
    const drawn = JSON.stringify([start?.imports, start?.sources, Math.floor(Date.now() / 60_000)]);
    if (!start || drawn === this.drawn) return;
    this.drawn = drawn;
    keepFocus(this.side, () => fill(this.side, history(this.ctx, start.imports, start.sources, (id) => void this.past(id))));
  }

  private idle(): void {
    holdsWork(this.work, "");
    this.looked = null;
    this.take();
    const names = this.start?.formats.map((format) => format.title) ?? [];
    fill(
      this.stage,
      h(
        "div",
        { class: "wb-collect-idle" },
        h("h3", {}, t("What can be read")),
        h("ul", { class: "wb-collect-formats" }, ...names.map((name) => h("li", { class: "wb-chip" }, said(name)))),
        h("p", { class: "wb-help" }, t("Also inside gzip and zip files. Records that cannot be read are set aside with the reason, and the others come in.")),
      ),
    );
  }

  private chosen(path: string): void {
    this.source = null;
    this.format = null;
    this.mapping = {};
    void this.preview(path);
  }

  private async preview(path: string): Promise<void> {
    const ticket = this.take();
    const back = focusIn(this.stage);
    holdsWork(this.work, t("A file was chosen and is not imported yet"));
    fill(this.stage, loading(t("Looking into the file")));
    const options = Object.keys(this.mapping).length > 0 ? { mapping: this.mapping } : {};
    this.looked = { path, format: this.format, options };
    try {
      const found = await this.ctx.call<Previewed>("collect.preview", this.looked);
      if (ticket.old()) return;
      this.showPreview(found, options);
      back();
    } catch (error) {
      if (ticket.old()) return;
      if (nothingToRead(error)) holdsWork(this.work, "");
      const named = (format: string): void => ((this.format = format), (this.mapping = {}), void this.preview(path));
      fill(this.stage, failed(error), wayOut(error, this.start?.formats ?? [], named, this.choose));
    }
  }

  private showPreview(found: Previewed, options: Record<string, unknown>): void {
    const again = (): void => void this.preview(found.path);
    const typed = this.source?.path === found.path ? this.source.form.typed() : {};
    const form = sourceForm(this.start?.sources ?? [], found, typed, (source) =>
      void this.begin({ path: found.path, format: found.preview.format, options, source }, found.name),
    );
    this.source = { path: found.path, form };
    fill(
      this.stage,
      h(
        "div",
        { class: "wb-collect-two" },
        h(
          "div",
          { class: "wb-stack" },
          previewView(
            found,
            this.start?.formats ?? [],
            (format) => ((this.format = format), (this.mapping = {}), again()),
            found.preview.format === "table"
              ? mappingEditor(found.preview, this.mapping, (mapping) => ((this.mapping = mapping), (this.format = "table"), again()))
              : null,
          ),
        ),
        form.element,
      ),
    );
  }

  private async begin(args: Record<string, unknown>, name: string): Promise<void> {
    const ticket = this.take();
    try {
      const { job } = await this.ctx.call<{ job: string }>("collect.import", args);
      holdsWork(this.work, "");
      const view = progressView(this.ctx, t("Importing {name}", { name }), job);
      if (ticket.old()) return;
      fill(this.stage, view.element);
      const inView = (): boolean => this.root.offsetParent !== null;
      this.stops.push(followJob(this.ctx, job, { progress: view.update, inView, end: () => void this.ended(job, ticket) }));
    } catch (error) {
      this.ctx.notice(error);
    }
  }

  private async ended(job: string, ticket: { old(): boolean }): Promise<void> {
    try {
      const report = await this.ctx.call<Report>("collect.report", { job });
      if (!ticket.old()) fill(this.stage, reportView(this.ctx, report, this.start?.formats ?? [], () => this.restart()));
    } catch (error) {
      const stopped = (error as { code?: string }).code === "cancelled";
      if (!ticket.old()) fill(this.stage, stopped ? remark("info", t("The import was stopped. Nothing of it was kept.")) : failed(error));
    }
    void this.refresh();
  }

  private async past(id: string): Promise<void> {
    const record = this.start?.imports.find((item) => item.id === id);
    if (!record) return;
    const ticket = this.take();
    holdsWork(this.work, "");
    fill(this.stage, loading());
    try {
      const rest = await this.ctx.call<Pick<Report, "problems" | "quarantined">>("collect.problems", { id });
      const source = this.start?.sources.find((item) => item.id === record.source)?.name ?? record.source;
      if (!ticket.old()) fill(this.stage, reportView(this.ctx, { ...record, notes: [], ...rest, import: id, source }, this.start?.formats ?? [], () => this.restart()));
    } catch (error) {
      if (!ticket.old()) fill(this.stage, failed(error, () => void this.past(id)));
    }
  }

  private restart(): void {
    this.choose?.reset();
    this.idle();
  }
}
