// One answer to everything a query finds: choose it, see what it would do, look at a sample, give it as one step.
import type { Ctx } from "../core/ctx.ts";
import { fill, h } from "../core/dom.ts";
import { failed } from "../core/empty.ts";
import { inDigits, t, tn } from "../core/i18n.ts";
import { bindKeys } from "../core/keys.ts";
import type { Sample } from "../core/nouns.ts";
import { openOverlay, rootOf, type Overlay } from "../core/overlay.ts";
import { followJob } from "../work/jobs.ts";
import { button, newest, settled, uid } from "../work/parts.ts";
import { progressView } from "../work/progress.ts";
import { AnswerPick, askable, type Picked } from "./answer.ts";
import { countsOf, misfits, nothingJudged, type Estimate, type Judged } from "./check.ts";
import { Look } from "./look.ts";
import { pastView } from "./past.ts";
import { estimateView, firstRows, planView } from "./plan.ts";
import type { BulkOptions, BulkTag, PlanAnswer } from "./types.ts";

const SAMPLE = 20;
const MOST_LOOKED_AT = 500;
const PLAN_MS = 120;

export function openBulk(from: HTMLElement, ctx: Ctx, options: BulkOptions): void {
  if (askable(options.schemes).length > 0) new BulkSheet(from, ctx, options);
  else ctx.notice(t("There is no question yet that can be answered by choosing."));
}

class BulkSheet {
  private readonly overlay: Overlay;
  private readonly stage = h("div", { class: "wb-bulk-stage" });
  private readonly foot = h("div", { class: "wb-row wb-sheet-foot" });
  private readonly told = h("div", { class: "wb-bulk-told" });
  private readonly size = h("input", { class: "wb-input wb-bulk-size", type: "number", min: 1, max: MOST_LOOKED_AT, value: SAMPLE, "aria-label": t("How many to look at") });
  private readonly replace = h("input", { type: "radio", name: uid("mine"), value: "replace" });
  private readonly pick: AnswerPick;
  private readonly seed = Math.floor(Math.random() * 2 ** 31);
  private readonly ticket = newest();
  private readonly planSoon = settled(() => void this.plan(), PLAN_MS);
  private picked: Picked | null = null;
  private planned: PlanAnswer | null = null;
  private samples: Sample[] = [];
  private judged: Judged = nothingJudged();
  private estimate: Estimate | null = null;
  private look: Look | null = null;
  private stop: () => void = () => {};

  constructor(
    from: HTMLElement,
    private readonly ctx: Ctx,
    private readonly options: BulkOptions,
  ) {
    this.pick = new AnswerPick(
      askable(options.schemes),
      (picked) => this.chosen(picked),
      () => this.foot.querySelector<HTMLElement>("[data-action='look']")?.focus(),
    );
    this.overlay = openOverlay(rootOf(from), t("One answer for all"), [this.head(), this.stage, this.foot], () => this.closed());
    this.overlay.element.classList.add("wb-overlay-bulk");
    const unbind = bindKeys(this.overlay.element.firstElementChild as HTMLElement, () => [
      ...(this.look?.shortcuts() ?? []),
      { keys: ["Ctrl+Enter"], label: t("Give the answer"), inText: true, run: () => void this.give() },
    ]);
    this.stop = unbind;
    this.choose();
    this.overlay.element.querySelector<HTMLElement>("[data-first]")?.focus();
  }

  private closed(): void {
    this.planSoon.stop();
    this.stop();
  }

  private head(): HTMLElement {
    const { total, query } = this.options;
    const what = query === null ? t("The ones you marked.") : query ? t("Everything that “{query}” finds.", { query }) : t("Every conversation of this workspace.");
    return h(
      "div",
      { class: "wb-row" },
      h("div", { class: "wb-grow wb-stack-tight" }, h("h3", {}, tn("One answer for {n} conversation", "One answer for {n} conversations", total)), h("p", { class: "wb-help wb-clip", title: query ?? undefined }, what)),
      button(t("Earlier ones"), () => this.past(), { small: true, tone: "quiet", name: "past" }),
      h("button", { class: "wb-icon-button", "aria-label": t("Close"), title: t("Close (Esc)"), on: { click: () => this.overlay.close() } }, "✕"),
    );
  }

  /** The first view: answer on the left, what it would do on the right. */
  private choose(): void {
    this.look = null;
    const left = h("div", { class: "wb-bulk-left" }, this.pick.element, this.mineOptions());
    fill(this.stage, left, this.told);
    this.drawFoot();
    this.drawTold();
  }

  private mineOptions(): HTMLElement {
    const name = this.replace.name;
    const keep = h("input", { type: "radio", name, value: "keep", checked: !this.replace.checked, on: { change: () => this.planSoon() } });
    this.replace.onchange = () => this.planSoon();
    const multi = this.picked?.scheme.kind === "multi";
    if (multi) return h("p", { class: "wb-help" }, t("The choice is added to those you gave before."));
    return h(
      "fieldset",
      { class: "wb-bulk-mine" },
      h("legend", { class: "wb-label" }, t("Where I have answered already")),
      h("label", { class: "wb-check" }, keep, t("Keep my answer")),
      h("label", { class: "wb-check" }, this.replace, t("Replace it")),
    );
  }

  private chosen(picked: Picked): void {
    const kindBefore = this.picked?.scheme.kind;
    this.picked = picked;
    this.samples = [];
    this.judged = nothingJudged();
    this.estimate = null;
    this.planSoon();
    if (kindBefore !== undefined && (kindBefore === "multi") !== (picked.scheme.kind === "multi")) {
      const left = this.stage.firstElementChild;
      if (left?.lastElementChild) left.lastElementChild.replaceWith(this.mineOptions());
    }
  }

  private get asked(): Record<string, unknown> {
    return { which: this.options.which, scheme: this.picked?.scheme.name, value: this.picked?.value, replace: this.replace.checked };
  }

  private async plan(): Promise<void> {
    const ticket = this.ticket();
    try {
      const answer = await this.ctx.call<PlanAnswer>("bulk.plan", this.asked);
      if (ticket.old()) return;
      this.planned = answer;
      if (!this.look) (this.drawTold(), this.drawFoot());
    } catch (error) {
      if (!ticket.old()) fill(this.told, failed(error));
    }
  }

  private drawTold(): void {
    const { planned, picked, estimate } = this;
    if (!planned || !picked) return;
    fill(
      this.told,
      planView(planned.plan, picked.scheme, this.replace.checked, picked.words),
      estimate ? estimateView(estimate, misfits(this.judged).length) : null,
      firstRows(planned.rows, planned.plan.total, picked.scheme),
    );
  }

  private drawFoot(): void {
    const changes = Math.max(0, (this.planned?.plan.changes ?? 0) - misfits(this.judged).length);
    const focused = (document.activeElement as HTMLElement | null)?.dataset?.action;
    fill(
      this.foot,
      h("span", { class: "wb-grow wb-quiet" }, t("One step: undo takes it back.")),
      h("label", { class: "wb-row" }, h("span", { class: "wb-quiet" }, t("Sample of")), this.size),
      button(this.estimate ? t("Look at more") : t("Look at a sample"), () => void this.check(), { name: "look" }),
      button(h("span", { class: "wb-keyed" }, t("Answer {n}", { n: inDigits(changes) }), h("kbd", {}, "Ctrl ↵")), () => void this.give(), {
        tone: "primary",
        name: "give",
        disabled: changes === 0,
      }),
    );
    if (focused) this.foot.querySelector<HTMLElement>(`[data-action='${focused}']`)?.focus();
  }

  private async check(): Promise<void> {
    const { picked } = this;
    if (!picked) return;
    const wanted = Math.min(MOST_LOOKED_AT, Math.max(1, Number(this.size.value) || SAMPLE));
    const size = this.judged.verdicts.size + wanted;
    try {
      this.samples = await this.ctx.call<Sample[]>("bulk.sample", { which: this.options.which, size, seed: this.seed });
    } catch (error) {
      return this.ctx.notice(error);
    }
    if (this.samples.length <= this.judged.verdicts.size) return this.ctx.notice(t("You have looked at all of them."));
    this.judged = { ...this.judged, at: this.judged.verdicts.size };
    this.look = new Look({
      samples: this.samples,
      judged: this.judged,
      words: picked.words,
      onChange: (judged) => (this.judged = judged),
      onEnd: () => void this.checked(),
    });
    fill(this.stage, this.look.element);
    fill(this.foot, h("span", { class: "wb-quiet" }, t("Random conversations of what was found. Those that do not fit will not get the answer.")));
    this.look.focus();
  }

  private async checked(): Promise<void> {
    const counts = countsOf(this.judged);
    this.estimate = null;
    try {
      if (this.judged.verdicts.size > 0) this.estimate = await this.ctx.call<Estimate>("bulk.estimate", { check: counts });
    } catch (error) {
      this.ctx.notice(error);
    }
    this.choose();
    this.foot.querySelector<HTMLElement>("[data-action='give']")?.focus();
  }

  private past(): void {
    this.look = null;
    fill(this.stage, pastView(this.ctx, this.options.schemes, this.options.onDone));
    fill(this.foot, h("span", { class: "wb-grow" }), button(t("Back"), () => this.choose(), { name: "back" }));
    this.foot.querySelector<HTMLElement>("button")?.focus();
  }

  private async give(): Promise<void> {
    if (!this.picked || this.look || !this.planned || this.planned.plan.changes === 0) return;
    const args = { ...this.asked, check: countsOf(this.judged), without: misfits(this.judged) };
    try {
      const answer = await this.ctx.call<{ done?: BulkTag; job?: string }>("bulk.give", args);
      if (answer.done) this.given(answer.done);
      else if (answer.job) this.wait(answer.job);
    } catch (error) {
      this.ctx.notice(error);
    }
  }

  private wait(job: string): void {
    const view = progressView(this.ctx, t("Answering"), job);
    fill(this.stage, view.element);
    fill(this.foot);
    followJob(this.ctx, job, {
      progress: (state) => view.update(state),
      inView: () => this.overlay.element.isConnected,
      end: (ended) => {
        if (ended.state !== "done") return (this.ctx.notice(ended.error ?? t("The answer was not given.")), this.overlay.close());
        this.ctx.call<{ done: BulkTag }>("bulk.done", { job }).then(({ done }) => this.given(done), this.ctx.notice);
      },
    });
  }

  private given(done: BulkTag): void {
    this.overlay.close();
    this.ctx.notice(tn("{n} answer given. u takes it back.", "{n} answers given. u takes all of them back.", done.changed));
    this.options.onDone();
  }
}
