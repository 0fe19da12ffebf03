// The same change elsewhere: the rule of an edit, what it fits, and the change there as one step that `u` takes back.
import type { Ctx, JobState } from "../core/ctx.ts";
import { fill, h } from "../core/dom.ts";
import { emptyState, loading } from "../core/empty.ts";
import { inDigits, said, t, tn } from "../core/i18n.ts";
import { bindKeys } from "../core/keys.ts";
import { inWords } from "../core/notice.ts";
import { openOverlay, rootOf, type Overlay } from "../core/overlay.ts";
import type { TickedRows } from "../replace/rows.ts";
import { Search } from "../replace/search.ts";
import { Writing } from "../replace/writing.ts";
import { button, keyed } from "../work/parts.ts";
import { RuleForm } from "./form.ts";
import { fitRows } from "./rows.ts";
import { doneInWords, inOneLine } from "./sentence.ts";
import type { Done, Fit, Offered, Report } from "./types.ts";

/** `onDone` hears that something was changed; with `samples`, what was accepted is looked through as well. */
export function openSame(from: HTMLElement, ctx: Ctx, offered: Offered, onDone: () => void, samples = false): void {
  new SameSheet(from, ctx, offered, onDone, samples);
}

class SameSheet {
  private readonly form: RuleForm;
  private readonly rows: TickedRows<Fit>;
  private readonly search: Search<Report>;
  private readonly writing: Writing<Done>;
  private readonly told = h("p", { class: "wb-replace-told wb-numbers", role: "status" });
  private readonly body = h("div", { class: "wb-replace-body" });
  private readonly apply: HTMLButtonElement;
  private readonly overlay: Overlay;
  private readonly unbind: () => void;

  constructor(
    from: HTMLElement,
    private readonly ctx: Ctx,
    offered: Offered,
    private readonly onDone: () => void,
    samples: boolean,
  ) {
    this.form = new RuleForm(offered.corrections, offered.run, samples, () => this.later());
    this.rows = fitRows(
      () => this.draw(),
      (offset) => void this.more(offset),
    );
    this.rows.element.dataset["first"] = "";
    this.search = this.makeSearch();
    this.writing = this.makeWriting();
    this.apply = h("button", { class: "wb-button wb-button-primary", data: { action: "same-apply" }, on: { click: () => void this.write() } });
    fill(this.body, this.rows.element);
    this.overlay = openOverlay(rootOf(from), t("The same change elsewhere"), [this.page()], () => this.closed());
    this.overlay.element.classList.add("wb-overlay-wide", "wb-overlay-tall");
    this.unbind = bindKeys(this.overlay.element.firstElementChild as HTMLElement, () => [
      { keys: ["Ctrl+Enter"], label: t("Make the change"), inText: true, fixed: true, run: () => void this.write() },
      { keys: ["n"], label: t("Narrower"), fixed: true, run: () => this.step(-1) },
      { keys: ["w"], label: t("Wider"), fixed: true, run: () => this.step(1) },
      { keys: ["j", "ArrowDown"], label: t("Next"), fixed: true, run: () => this.rows.move(1) },
      { keys: ["k", "ArrowUp"], label: t("Before"), fixed: true, run: () => this.rows.move(-1) },
    ]);
    this.draw();
    void this.search.look();
  }

  private page(): HTMLElement {
    return h(
      "div",
      { class: "wb-replace wb-same" },
      h("div", {}, h("h3", {}, t("The same change elsewhere")), h("p", { class: "wb-help" }, t("What you corrected in one draft, looked for in the others. They stay drafts: you still decide on each."))),
      this.form.element,
      this.told,
      this.body,
      h(
        "div",
        { class: "wb-row wb-sheet-foot" },
        h("span", { class: "wb-grow wb-quiet" }, t("One step: undo takes it back. Nothing changes before you press the button.")),
        button(keyed(t("Close"), "Esc"), () => this.overlay.close()),
        this.apply,
      ),
    );
  }

  private makeSearch(): Search<Report> {
    return new Search<Report>({
      ctx: this.ctx,
      commands: "repeat",
      asked: () => (this.form.nothing ? null : { rule: this.form.value, ...this.form.asked }),
      inView: () => this.overlay.element.isConnected,
      onNothing: () => this.empty(t("Nothing to look for"), t("Say what to find, and in whose turns.")),
      onBegin: () => this.looking(),
      onProgress: (job) => this.progress(job),
      onFound: (report) => this.found(report),
      onRefused: (error) => this.refused(error),
    });
  }

  private makeWriting(): Writing<Done> {
    return new Writing<Done>({
      ctx: this.ctx,
      commands: "repeat",
      title: t("Changing"),
      inView: () => this.overlay.element.isConnected,
      onProgress: (element) => this.show(element),
      onDone: (done) => this.wrote(done),
      onRefused: (error) => this.refused(error),
    });
  }

  private closed(): void {
    this.unbind();
    this.search.close();
    this.writing.close();
  }

  private step(by: number): void {
    if (!this.writing.busy) this.form.step(by);
  }

  private later(): void {
    if (this.writing.busy) return;
    this.search.later();
    this.draw();
  }

  private looking(): void {
    this.form.wrong(false);
    this.told.textContent = t("Looking");
    if (this.rows.rows.length === 0) this.show(loading(t("Looking")));
  }

  private progress(job: JobState): void {
    this.told.textContent = job.total > 0 ? t("Checks asked again: {done} of {total}", { done: inDigits(job.done), total: inDigits(job.total) }) : said(job.message) || t("Looking");
  }

  private found(report: Report): void {
    if (report.found === 0) return this.empty(t("It fits nowhere else"), t("Make the rule wider, or look in more drafts."));
    this.show(this.rows.element, () => {
      this.rows.clear(report.broken);
      this.rows.add(report.rows, report.found);
    });
    this.draw();
  }

  private async more(offset: number): Promise<void> {
    const more = await this.search.more(offset);
    if (!more) return;
    this.rows.add(more.rows, more.found);
    this.rows.move(1);
  }

  /** Other content in the place of the rows, or other rows; the keys stay in the sheet. */
  private show(content: HTMLElement, draw = (): void => {}): void {
    const had = this.body.contains(document.activeElement);
    draw();
    fill(this.body, content);
    if (!had) return;
    if (content === this.rows.element) content.focus({ preventScroll: true });
    else (this.overlay.element.firstElementChild as HTMLElement).focus({ preventScroll: true });
  }

  private empty(title: string, text: string): void {
    this.search.forget();
    this.form.wrong(false);
    this.show(emptyState(title, text), () => this.rows.clear());
    this.draw();
    this.told.textContent = "";
  }

  private refused(error: unknown): void {
    const words = inWords(error);
    this.empty(words.message, words.hint);
    this.form.wrong(true);
  }

  private draw(): void {
    const { report } = this.search;
    const many = report ? report.found - this.rows.without.size : 0;
    this.apply.disabled = many === 0 || this.writing.busy;
    this.form.element.inert = this.rows.element.inert = this.writing.busy;
    fill(this.apply, many > 0 ? tn("Change {n}", "Change {n}", many) : t("Change"), h("kbd", {}, "Ctrl ⏎"));
    if (report) this.told.textContent = inOneLine(report, this.rows.without.size);
  }

  private async write(): Promise<void> {
    if (this.apply.disabled || !this.search.report) return;
    (this.overlay.element.firstElementChild as HTMLElement).focus({ preventScroll: true });
    const written = this.writing.begin(this.search.job, this.rows.without);
    this.draw();
    await written;
  }

  private wrote(done: Done): void {
    this.overlay.close();
    this.onDone();
    this.ctx.notice(doneInWords(done));
  }
}
