// My steps, newest first: take back or do again as far as a chosen one; and everybody's, to look at.
import type { Ctx } from "../core/ctx.ts";
import { fill, h, isolated } from "../core/dom.ts";
import { emptyState, failed, loading } from "../core/empty.ts";
import { icon } from "../core/icon.ts";
import { t, tn } from "../core/i18n.ts";
import { bindKeys } from "../core/keys.ts";
import { openOverlay, rootOf } from "../core/overlay.ts";
import { scrollTo } from "../core/scroll.ts";
import { line } from "../text/body.ts";
import { ago, exactly } from "../text/when.ts";
import { followJob } from "../work/jobs.ts";
import { StepDetail, type Way } from "./detail.ts";
import { howMany, stateOf, stateWords, stepWords, type Step } from "./words.ts";

const SHOWN = 200;

interface Taken {
  steps?: Step[];
  blocked?: string;
}

export function openSteps(from: HTMLElement, ctx: Ctx, events: { onChanged: () => void; onOpen: (id: string) => void }): void {
  const panel = new StepsPanel(ctx, {
    onChanged: events.onChanged,
    onOpen: (id) => (overlay.close(), events.onOpen(id)),
  });
  const overlay = openOverlay(rootOf(from), t("What I did"), [panel.element], () => panel.close());
  overlay.element.classList.add("wb-overlay-wide");
  panel.focus();
}

export class StepsPanel {
  readonly element = h("div", { class: "wb-steps" });
  private readonly list = h("div", { class: "wb-steps-list", role: "group", tabindex: 0, "aria-label": t("Steps, newest first") });
  private readonly detail: StepDetail;
  private readonly told = h("p", { class: "wb-steps-told", role: "status" });
  private readonly tabs: HTMLButtonElement[];
  private readonly stops: (() => void)[];
  private readonly id = Math.random().toString(36).slice(2, 8);
  private steps: Step[] = [];
  private everybody = false;
  private current = 0;
  /** The step that was gone to last: others' steps that come take nobody back to it. */
  private marked: number | null = null;
  private busy = false;

  constructor(
    private readonly ctx: Ctx,
    private readonly events: { onChanged: () => void; onOpen: (id: string) => void },
  ) {
    this.detail = new StepDetail(ctx, { onGo: (way) => void this.go(way), onOpen: (id) => events.onOpen(id) });
    this.tabs = [false, true].map((all) =>
      h("button", { class: "wb-button wb-button-small", "aria-pressed": String(!all), on: { click: () => this.show(all) } }, all ? t("Everybody's") : t("Mine")),
    );
    this.element.append(
      h(
        "div",
        { class: "wb-row" },
        h("h3", { class: "wb-grow" }, t("What was done")),
        ...this.tabs,
      ),
      this.told,
      h("div", { class: "wb-steps-body" }, this.list, this.detail.element),
      h("p", { class: "wb-quiet wb-sheet-foot" }, t("j and k move, u takes back as far as the chosen step, Shift+U does again, Esc closes.")),
    );
    fill(this.list, loading());
    this.list.addEventListener("click", (event) => this.clicked(event));
    this.stops = [
      bindKeys(this.element, () => [
        { keys: ["j", "ArrowDown"], label: t("Next step"), run: () => this.move(1) },
        { keys: ["k", "ArrowUp"], label: t("Step before"), run: () => this.move(-1) },
        { keys: ["u"], label: t("Take back as far as this"), run: () => this.go("undo") },
        { keys: ["Shift+U"], label: t("Do again as far as this"), run: () => this.go("redo") },
      ]),
      // What is on its way is shown once it is over: a list that says "taken back" takes the next key.
      ctx.on("changed", () => void (this.busy || this.read())),
    ];
    void this.read();
  }

  focus(): void {
    this.list.focus({ preventScroll: true });
  }

  close(): void {
    for (const stop of this.stops) stop();
  }

  private show(everybody: boolean): void {
    this.everybody = everybody;
    this.current = 0;
    this.tabs.forEach((tab, at) => tab.setAttribute("aria-pressed", String((at === 1) === everybody)));
    void this.read();
    this.focus();
  }

  private async read(): Promise<void> {
    const { everybody } = this;
    const before = this.steps[this.current]?.id;
    try {
      const steps = await this.ctx.call<Step[]>("step.list", { limit: SHOWN, everybody });
      if (everybody !== this.everybody) return;
      this.steps = steps;
      const at = steps.findIndex((step) => step.id === before);
      this.current = at >= 0 ? at : Math.max(0, steps.findIndex((step) => stateOf(step) === "done"));
      this.draw();
    } catch (error) {
      fill(this.list, failed(error, () => void this.read()));
    }
  }

  private draw(): void {
    this.list.setAttribute("role", this.steps.length === 0 ? "group" : "listbox");
    if (this.steps.length === 0) {
      fill(this.list, emptyState(t("Nothing was done yet"), t("Every answer, edit and import will be listed here, and can be taken back.")));
      return this.detail.clear();
    }
    fill(this.list, ...this.steps.map((step, at) => this.row(step, at)));
    this.mark();
  }

  private row(step: Step, at: number): HTMLElement {
    const state = stateOf(step);
    return h(
      "div",
      { class: `wb-step wb-step-${state}`, id: `wb-step-${this.id}-${at}`, role: "option", data: { at }, "aria-selected": "false", title: exactly(step.at) },
      icon(state === "undone" || state === "gone" ? "undo" : "history", 14),
      h("span", { class: "wb-step-what" }, line(stepWords(step.label))),
      h("span", { class: "wb-step-many wb-quiet" }, howMany(step.samples)),
      h("span", { class: "wb-step-state" }, stateWords(step)),
      this.everybody ? isolated(step.author, "wb-quiet") : null,
      h("span", { class: "wb-quiet wb-step-when" }, ago(step.at)),
    );
  }

  private clicked(event: MouseEvent): void {
    const row = (event.target as HTMLElement).closest<HTMLElement>("[data-at]");
    if (!row) return;
    this.current = Number(row.dataset.at);
    this.mark();
  }

  private move(by: number): void {
    this.current = Math.max(0, Math.min(this.steps.length - 1, this.current + by));
    this.mark();
  }

  /** Show which step is chosen, which ones would go with it, and what can be done. */
  private mark(): void {
    const step = this.steps[this.current];
    if (!step) return;
    const way = this.way(step);
    const going = new Set(way ? this.between(way, step).map((item) => item.id) : []);
    [...this.list.children].forEach((row, at) => {
      row.setAttribute("aria-selected", String(at === this.current));
      row.classList.toggle("wb-step-going", going.has(this.steps[at]?.id ?? 0));
    });
    this.list.setAttribute("aria-activedescendant", `wb-step-${this.id}-${this.current}`);
    const row = this.list.children[this.current];
    if (row && step.id !== this.marked) scrollTo(this.list, row);
    this.marked = step.id;
    this.detail.show(step, way, going.size);
  }

  private way(step: Step): Way | null {
    if (this.everybody && step.author !== this.ctx.author) return null;
    const state = stateOf(step);
    return state === "done" ? "undo" : state === "undone" ? "redo" : null;
  }

  /** Mine, from the next one to the chosen one. */
  private between(way: Way, step: Step): Step[] {
    const mine = this.steps.filter((item) => item.author === this.ctx.author && item.undoable);
    return way === "undo"
      ? mine.filter((item) => !item.undone && item.id >= step.id)
      : mine.filter((item) => item.undone && item.id <= step.id);
  }

  private go(way: Way): void | false {
    const step = this.steps[this.current];
    if (!step || this.busy || this.way(step) !== way) return false;
    this.busy = true;
    this.told.textContent = way === "undo" ? t("Taking back") : t("Doing again");
    this.ctx.call<{ job: string }>(`step.${way}_to`, { id: step.id }).then(
      ({ job }) => this.stops.push(followJob(this.ctx, job, { inView: () => this.element.isConnected, end: () => void this.ended(way, job) })),
      (error) => this.failed(error),
    );
  }

  private async ended(way: Way, job: string): Promise<void> {
    try {
      const taken = await this.ctx.call<Taken>("step.taken", { job });
      const many = taken.steps?.length ?? 0;
      const done = way === "undo" ? tn("{n} step taken back.", "{n} steps taken back.", many) : tn("{n} step done again.", "{n} steps done again.", many);
      this.told.textContent = [many > 0 || !taken.blocked ? done : "", taken.blocked ?? ""].filter(Boolean).join(" ");
      this.told.classList.toggle("wb-editor-wrong", Boolean(taken.blocked));
    } catch (error) {
      this.failed(error);
    }
    this.busy = false;
    await this.read();
    this.events.onChanged();
  }

  private failed(error: unknown): void {
    this.busy = false;
    this.told.textContent = "";
    this.ctx.notice(error);
    void this.read();
  }
}
