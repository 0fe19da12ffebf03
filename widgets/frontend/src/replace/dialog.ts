// Find and replace over everything a query finds: looked at while typing, applied as one step that `u` takes back.
import type { Ctx, JobState } from "../core/ctx.ts";
import { fill, h } from "../core/dom.ts";
import { emptyState } from "../core/empty.ts";
import { inDigits, said, t, tn } from "../core/i18n.ts";
import { bindKeys } from "../core/keys.ts";
import { inWords } from "../core/notice.ts";
import { openOverlay, rootOf } from "../core/overlay.ts";
import { line } from "../text/body.ts";
import { followJob } from "../work/jobs.ts";
import { progressView } from "../work/progress.ts";
import { Preview, type FoundRow } from "./preview.ts";
import { RuleForm } from "./rule.ts";

interface Report {
  read: number;
  found: number;
  hits: number;
  beyond: number;
  emptied: number;
  rows: FoundRow[];
}

interface Done {
  changed: number;
  hits: number;
  conflicts: number;
  named: { id: string; title: string }[];
}

export interface ReplaceEvents {
  onDone: () => void;
  onOpen: (id: string) => void;
}

const WAIT_MS = 350;

export function openReplace(from: HTMLElement, ctx: Ctx, query: string, events: ReplaceEvents): void {
  const dialog = new ReplaceDialog(ctx, query, events, () => overlay.close());
  const overlay = openOverlay(rootOf(from), t("Find and replace"), [dialog.element], () => dialog.close());
  overlay.element.classList.add("wb-overlay-wide", "wb-overlay-tall");
}

class ReplaceDialog {
  readonly element = h("div", { class: "wb-replace" });
  private readonly form = new RuleForm(() => this.later());
  private readonly preview: Preview;
  private readonly told = h("p", { class: "wb-replace-told wb-numbers", role: "status" });
  private readonly body = h("div", { class: "wb-replace-body" });
  private readonly apply: HTMLButtonElement;
  private readonly unbind: () => void;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private stopFollowing: () => void = () => {};
  private asked = 0;
  private job = "";
  private looking = false;
  private report: Report | null = null;
  private writing = false;

  constructor(
    private readonly ctx: Ctx,
    private readonly query: string,
    private readonly events: ReplaceEvents,
    private readonly done: () => void,
  ) {
    this.preview = new Preview(
      () => this.draw(),
      (offset) => void this.more(offset),
    );
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
    clearTimeout(this.timer);
    this.unbind();
    this.stopLooking();
  }

  private later(): void {
    clearTimeout(this.timer);
    this.report = null;
    this.draw();
    this.timer = setTimeout(() => void this.look(), WAIT_MS);
  }

  private nothing(): void {
    this.report = null;
    this.preview.clear();
    this.told.textContent = "";
    fill(this.body, emptyState(t("Type what to find"), t("Every place is shown here before anything is changed.")));
    this.draw();
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
    const { rule } = this.form;
    if (!rule.find || this.form.nowhere) return this.nothing();
    this.told.textContent = t("Looking");
    try {
      const { job } = await this.ctx.call<{ job: string }>("replace.look", { ...rule, query: this.query });
      if (asked !== this.asked) return void this.ctx.call("job.cancel", { id: job }).catch(() => {});
      this.job = job;
      this.looking = true;
      this.stopFollowing = followJob(this.ctx, job, {
        inView: () => this.element.isConnected,
        progress: (state) => this.progress(state),
        end: () => asked === this.asked && void this.looked(job),
      });
    } catch (error) {
      if (asked === this.asked) this.refused(error);
    }
  }

  private progress(job: JobState): void {
    this.told.textContent = t("Read {done} of {total}", { done: inDigits(job.done), total: inDigits(job.total ?? 0) });
  }

  private async looked(job: string): Promise<void> {
    this.looking = false;
    try {
      const report = await this.ctx.call<Report>("replace.report", { job });
      if (job !== this.job) return;
      this.report = report;
      this.preview.clear();
      this.preview.add(report.rows, report.found);
      fill(this.body, report.found > 0 ? this.preview.element : emptyState(t("Nothing found"), t("Look for other words, or in other turns.")));
      this.draw();
    } catch (error) {
      this.refused(error);
    }
  }

  private async more(offset: number): Promise<void> {
    try {
      const report = await this.ctx.call<Report>("replace.report", { job: this.job, offset });
      this.preview.add(report.rows, report.found);
    } catch (error) {
      this.ctx.notice(error);
    }
  }

  /** What is wrong with the rule stands where the places would. */
  private refused(error: unknown): void {
    this.nothing();
    this.form.wrong(true);
    const words = inWords(error);
    fill(this.body, emptyState(said(words.message), said(words.hint)));
  }

  private draw(): void {
    const { report } = this;
    const out = this.preview.without.size;
    const many = report ? report.found - out : 0;
    this.apply.disabled = many === 0 || this.writing;
    fill(this.apply, many > 0 ? tn("Replace in {n} conversation", "Replace in {n} conversations", many) : t("Replace"), h("kbd", {}, "Ctrl ⏎"));
    if (!report) return;
    const parts = [
      tn("{n} place", "{n} places", report.hits - this.preview.hitsOut),
      tn("in {n} of {read} conversation read", "in {n} of {read} conversations read", many, { read: inDigits(report.read) }),
      out > 0 ? tn("{n} taken out", "{n} taken out", out) : "",
      report.beyond > 0 ? tn("{n} more conversation is beyond what one step may change: replace, then look again", "{n} more conversations are beyond what one step may change: replace, then look again", report.beyond) : "",
      report.emptied > 0 ? tn("{n} turn would be left empty and stays as it is", "{n} turns would be left empty and stay as they are", report.emptied) : "",
    ];
    this.told.textContent = parts.filter(Boolean).join(", ");
  }

  private async write(): Promise<void> {
    if (this.apply.disabled || !this.report) return;
    this.writing = true;
    this.draw();
    try {
      const { job } = await this.ctx.call<{ job: string }>("replace.apply", { job: this.job, without: [...this.preview.without] });
      const progress = progressView(this.ctx, t("Replacing"), job);
      fill(this.body, progress.element);
      this.stopFollowing = followJob(this.ctx, job, {
        inView: () => this.element.isConnected,
        progress: progress.update,
        end: () => void this.wrote(job),
      });
    } catch (error) {
      this.writing = false;
      this.refused(error);
    }
  }

  private async wrote(job: string): Promise<void> {
    this.writing = false;
    try {
      const done = await this.ctx.call<Done>("replace.done", { job });
      const words = t("Replaced in {places}, {conversations}. u takes it back.", {
        places: tn("{n} place", "{n} places", done.hits),
        conversations: tn("{n} conversation", "{n} conversations", done.changed),
      });
      this.events.onDone();
      if (done.conflicts === 0) {
        this.done();
        this.ctx.notice(words);
      } else this.conflicts(done, words);
    } catch (error) {
      this.refused(error);
    }
  }

  private conflicts(done: Done, words: string): void {
    this.report = null;
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
