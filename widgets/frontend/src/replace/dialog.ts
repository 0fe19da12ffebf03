// Find and replace over everything a query finds: looked at while typing, applied as one step that `u` takes back.
import type { Ctx, JobState } from "../core/ctx.ts";
import { fill, h } from "../core/dom.ts";
import { emptyState } from "../core/empty.ts";
import { inDigits, t, tn } from "../core/i18n.ts";
import { bindKeys } from "../core/keys.ts";
import { inWords } from "../core/notice.ts";
import { openOverlay, rootOf } from "../core/overlay.ts";
import { line } from "../text/body.ts";
import { foundRows, hitsOut, type FoundRow } from "./preview.ts";
import { doneInWords, inOneLine, type Done, type Report } from "./report.ts";
import type { TickedRows } from "./rows.ts";
import { RuleForm } from "./rule.ts";
import { Search } from "./search.ts";
import { Writing } from "./writing.ts";

export interface ReplaceEvents {
  onDone: () => void;
  onOpen: (id: string) => void;
}

export function openReplace(from: HTMLElement, ctx: Ctx, query: string, events: ReplaceEvents): void {
  const dialog = new ReplaceDialog(ctx, query, events, () => overlay.close());
  const overlay = openOverlay(rootOf(from), t("Find and replace"), [dialog.element], () => dialog.close());
  overlay.element.classList.add("wb-overlay-wide", "wb-overlay-tall");
}

class ReplaceDialog {
  readonly element = h("div", { class: "wb-replace" });
  private readonly form = new RuleForm(() => this.later());
  private readonly rows: TickedRows<FoundRow>;
  private readonly search: Search<Report>;
  private readonly writing: Writing<Done>;
  private readonly told = h("p", { class: "wb-replace-told wb-numbers", role: "status" });
  private readonly body = h("div", { class: "wb-replace-body" });
  private readonly apply: HTMLButtonElement;
  private readonly unbind: () => void;

  constructor(
    private readonly ctx: Ctx,
    private readonly query: string,
    private readonly events: ReplaceEvents,
    private readonly done: () => void,
  ) {
    this.rows = foundRows(
      () => this.draw(),
      (offset) => void this.more(offset),
    );
    this.search = this.makeSearch();
    this.writing = this.makeWriting();
    this.apply = h("button", { class: "wb-button wb-button-primary", on: { click: () => void this.write() } });
    const where = query ? t("In everything that “{query}” finds.", { query }) : t("In every conversation of this workspace.");
    this.element.append(
      h("div", {}, h("h3", {}, t("Find and replace")), h("p", { class: "wb-help" }, line(where))),
      this.form.element,
      this.told,
      this.body,
      h(
        "div",
        { class: "wb-row wb-sheet-foot" },
        h("span", { class: "wb-grow wb-quiet" }, t("One step: undo takes it back. Nothing changes before you press the button.")),
        h("button", { class: "wb-button", on: { click: () => this.done() } }, t("Close"), h("kbd", {}, "Esc")),
        this.apply,
      ),
    );
    this.unbind = bindKeys(this.element, () => [{ keys: ["Ctrl+Enter"], label: t("Replace"), inText: true, run: () => void this.write() }]);
    this.nothing();
  }

  close(): void {
    this.unbind();
    this.search.close();
    this.writing.close();
  }

  private makeSearch(): Search<Report> {
    return new Search<Report>({
      ctx: this.ctx,
      commands: "replace",
      asked: () => (this.form.nothing ? null : { ...this.form.rule, query: this.query }),
      inView: () => this.element.isConnected,
      onNothing: () => this.nothing(),
      onBegin: () => this.looking(),
      onProgress: (job) => this.progress(job),
      onFound: (report) => this.found(report),
      onRefused: (error) => this.refused(error),
    });
  }

  private makeWriting(): Writing<Done> {
    return new Writing<Done>({
      ctx: this.ctx,
      commands: "replace",
      title: t("Replacing"),
      inView: () => this.element.isConnected,
      onProgress: (element) => fill(this.body, element),
      onDone: (done) => this.wrote(done),
      onRefused: (error) => this.refused(error),
    });
  }

  private later(): void {
    if (this.writing.busy) return;
    this.search.later();
    this.draw();
  }

  private nothing(): void {
    this.search.forget();
    this.form.wrong(false);
    this.rows.clear();
    this.told.textContent = "";
    fill(this.body, emptyState(t("Type what to find"), t("Every place is shown here before anything is changed.")));
    this.draw();
  }

  private looking(): void {
    this.form.wrong(false);
    this.told.textContent = t("Looking");
  }

  private progress(job: JobState): void {
    this.told.textContent = tn("Read {n} of {total}", "Read {n} of {total}", job.done, { total: inDigits(job.total ?? 0) });
  }

  private found(report: Report): void {
    this.rows.clear();
    this.rows.add(report.rows, report.found);
    fill(this.body, report.found > 0 ? this.rows.element : emptyState(t("Nothing found"), t("Look for other words, or in other turns.")));
    this.draw();
  }

  private async more(offset: number): Promise<void> {
    const more = await this.search.more(offset);
    if (more) this.rows.add(more.rows, more.found);
  }

  /** What is wrong with the rule stands where the places would. */
  private refused(error: unknown): void {
    this.nothing();
    this.form.wrong(true);
    const words = inWords(error);
    fill(this.body, emptyState(words.message, words.hint));
  }

  private draw(): void {
    const { report } = this.search;
    const many = report ? report.found - this.rows.without.size : 0;
    this.apply.disabled = many === 0 || this.writing.busy;
    this.form.element.inert = this.rows.element.inert = this.writing.busy;
    fill(this.apply, many > 0 ? tn("Replace in {n} conversation", "Replace in {n} conversations", many) : t("Replace"), h("kbd", {}, "Ctrl ⏎"));
    if (report) this.told.textContent = inOneLine(report, this.rows.without.size, hitsOut(this.rows));
  }

  private async write(): Promise<void> {
    if (this.apply.disabled || !this.search.report) return;
    this.element.closest<HTMLElement>("[role=dialog]")?.focus({ preventScroll: true });
    const written = this.writing.begin(this.search.job, this.rows.without);
    this.draw();
    await written;
  }

  private wrote(done: Done): void {
    const words = doneInWords(done);
    this.events.onDone();
    if (done.conflicts > 0) return this.conflicts(done, words);
    this.done();
    this.ctx.notice(words);
  }

  private conflicts(done: Done, words: string): void {
    this.search.forget();
    this.draw();
    this.told.textContent = words;
    fill(
      this.body,
      h(
        "div",
        { class: "wb-replace-conflicts" },
        h("h4", {}, tn("{n} conversation was saved by somebody since you looked, and was left alone", "{n} conversations were saved by somebody since you looked, and were left alone", done.conflicts)),
        ...done.named.map((item) =>
          h("button", { class: "wb-link", on: { click: () => (this.done(), this.events.onOpen(item.id)) } }, line(item.title || item.id)),
        ),
        done.conflicts > done.named.length ? h("p", { class: "wb-quiet" }, tn("and {n} more", "and {n} more", done.conflicts - done.named.length)) : null,
      ),
    );
  }
}
