// The same change elsewhere: the rule of an edit, what it fits, and the change there as one step that `u` takes back.
import type { Ctx, JobState } from "../core/ctx.ts";
import { fill, h } from "../core/dom.ts";
import { emptyState, loading } from "../core/empty.ts";
import { inDigits, said, t, tn } from "../core/i18n.ts";
import { bindKeys } from "../core/keys.ts";
import { inWords } from "../core/notice.ts";
import { openOverlay, rootOf, type Overlay } from "../core/overlay.ts";
import { followJob } from "../work/jobs.ts";
import { button, keyed } from "../work/parts.ts";
import { progressView } from "../work/progress.ts";
import { RuleForm } from "./form.ts";
import { FitRows } from "./rows.ts";
import type { Done, Offered, Report } from "./types.ts";

const WAIT_MS = 350;

/** `onDone` hears that something was changed; with `samples`, what was accepted is looked through as well. */
export function openSame(from: HTMLElement, ctx: Ctx, offered: Offered, onDone: () => void, samples = false): void {
  new SameSheet(from, ctx, offered, onDone, samples);
}

class SameSheet {
  private readonly form: RuleForm;
  private readonly rows: FitRows;
  private readonly told = h("p", { class: "wb-replace-told wb-numbers", role: "status" });
  private readonly body = h("div", { class: "wb-replace-body" });
  private readonly apply: HTMLButtonElement;
  private readonly overlay: Overlay;
  private readonly unbind: () => void;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private stopFollowing: () => void = () => {};
  private asked = 0;
  private job = "";
  private looking = false;
  private report: Report | null = null;
  private writing = false;
  /** The end was told here: nothing else need say it, though the sheet is gone. */
  private toldEnd = false;

  constructor(
    from: HTMLElement,
    private readonly ctx: Ctx,
    offered: Offered,
    private readonly onDone: () => void,
    samples: boolean,
  ) {
    this.form = new RuleForm(offered.corrections, offered.run, samples, () => this.later());
    this.rows = new FitRows(
      () => this.draw(),
      (offset) => void this.more(offset),
    );
    this.rows.element.dataset["first"] = "";
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
    void this.look();
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

  private closed(): void {
    clearTimeout(this.timer);
    this.asked += 1;
    this.unbind();
    this.stopLooking();
  }

  private step(by: number): void {
    if (!this.writing) this.form.step(by);
  }

  /** The rule is another one: what was found by the old one does not count any more. */
  private later(): void {
    if (this.writing) return;
    clearTimeout(this.timer);
    this.asked += 1;
    this.stopLooking();
    this.report = null;
    this.draw();
    this.timer = setTimeout(() => void this.look(), WAIT_MS);
  }

  /** A newer question ends the older search. */
  private stopLooking(): void {
    this.stopFollowing();
    if (this.looking && this.job) this.ctx.call("job.cancel", { id: this.job }).catch(() => {});
    this.looking = false;
  }

  private async look(): Promise<void> {
    const asked = ++this.asked;
    this.stopLooking();
    this.form.wrong(false);
    if (this.form.nothing) return this.empty(t("Nothing to look for"), t("Say what to find, and in whose turns."));
    this.told.textContent = t("Looking");
    try {
      const { job } = await this.ctx.call<{ job: string }>("repeat.look", { rule: this.form.value, ...this.form.asked });
      if (asked !== this.asked) return void this.ctx.call("job.cancel", { id: job }).catch(() => {});
      this.job = job;
      this.looking = true;
      if (this.rows.element.childElementCount === 0) this.show(loading(t("Looking")));
      this.stopFollowing = followJob(this.ctx, job, {
        inView: () => this.overlay.element.isConnected,
        progress: (state) => this.progress(state),
        end: () => asked === this.asked && void this.looked(job, asked),
      });
    } catch (error) {
      if (asked === this.asked) this.refused(error);
    }
  }

  private progress(job: JobState): void {
    this.told.textContent = job.total > 0 ? t("Checks asked again: {done} of {total}", { done: inDigits(job.done), total: inDigits(job.total) }) : said(job.message) || t("Looking");
  }

  private async looked(job: string, asked: number): Promise<void> {
    this.looking = false;
    try {
      const report = await this.ctx.call<Report>("repeat.report", { job });
      if (asked !== this.asked) return;
      this.report = report;
      if (report.found === 0) return this.empty(t("It fits nowhere else"), t("Make the rule wider, or look in more drafts."));
      this.show(this.rows.element, () => {
        this.rows.clear(report.broken);
        this.rows.add(report.rows, report.found);
      });
      this.draw();
    } catch (error) {
      if (asked === this.asked) this.refused(error);
    }
  }

  private async more(offset: number): Promise<void> {
    const { report } = this;
    if (!report) return;
    try {
      const more = await this.ctx.call<Report>("repeat.report", { job: this.job, offset });
      if (report !== this.report) return;
      this.rows.add(more.rows, more.found);
      this.rows.move(1);
    } catch (error) {
      this.ctx.notice(error);
    }
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
    this.report = null;
    this.show(emptyState(title, text), () => this.rows.clear());
    this.draw();
    this.told.textContent = "";
  }

  private refused(error: unknown): void {
    const words = inWords(error);
    this.empty(said(words.message), said(words.hint));
    this.form.wrong(true);
  }

  private draw(): void {
    const { report } = this;
    const many = report ? report.found - this.rows.without.size : 0;
    this.apply.disabled = many === 0 || this.writing;
    this.form.element.inert = this.rows.element.inert = this.writing;
    fill(this.apply, many > 0 ? tn("Change {n}", "Change {n}", many) : t("Change"), h("kbd", {}, "Ctrl ⏎"));
    if (report) this.told.textContent = inOneLine(report, this.rows.without.size);
  }

  private async write(): Promise<void> {
    if (this.apply.disabled || !this.report) return;
    this.writing = true;
    (this.overlay.element.firstElementChild as HTMLElement).focus({ preventScroll: true });
    this.draw();
    try {
      const { job } = await this.ctx.call<{ job: string }>("repeat.apply", { job: this.job, without: [...this.rows.without] });
      const progress = progressView(this.ctx, t("Changing"), job);
      this.show(progress.element);
      this.stopFollowing = followJob(this.ctx, job, {
        inView: () => this.toldEnd || this.overlay.element.isConnected,
        progress: progress.update,
        end: () => void this.wrote(job),
      });
    } catch (error) {
      this.writing = false;
      this.refused(error);
    }
  }

  private async wrote(job: string): Promise<void> {
    try {
      const done = await this.ctx.call<Done>("repeat.done", { job });
      this.toldEnd = true;
      this.overlay.close();
      this.onDone();
      this.ctx.notice(doneInWords(done));
    } catch (error) {
      this.writing = false;
      this.refused(error);
    }
  }
}

export function inOneLine(report: Report, out: number): string {
  const parts = [
    tn("Fits {n} of {read} read", "Fits {n} of {read} read", report.found, { read: inDigits(report.read) }),
    out > 0 ? tn("{n} taken out", "{n} taken out", out) : "",
    report.broken.length > 0 ? tn("a check speaks against {n} afterwards", "a check speaks against {n} afterwards", report.broken.length) : "",
    report.unsure > 0 ? tn("{n} worth a look", "{n} worth a look", report.unsure) : "",
    report.beyond > 0 ? tn("{n} more is beyond what one step may change", "{n} more are beyond what one step may change", report.beyond) : "",
    report.emptied > 0 ? tn("{n} turn would be left empty and stays as it is", "{n} turns would be left empty and stay as they are", report.emptied) : "",
    report.live > 0 ? tn("{n} is run turn by turn and left alone", "{n} are run turn by turn and left alone", report.live) : "",
  ];
  return parts.filter(Boolean).join(", ");
}

export function doneInWords(done: Done): string {
  const parts = [
    done.drafts > 0 ? tn("{n} draft changed", "{n} drafts changed", done.drafts) : "",
    done.samples > 0 ? tn("{n} conversation changed", "{n} conversations changed", done.samples) : "",
    done.conflicts > 0 ? tn("{n} was decided or changed meanwhile and left alone", "{n} were decided or changed meanwhile and left alone", done.conflicts) : "",
  ].filter(Boolean);
  return t("{what}. u takes it back.", { what: parts.join(", ") || t("nothing changed") });
}
