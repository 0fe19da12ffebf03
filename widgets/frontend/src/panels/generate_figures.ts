// What the drafts of a run are like, in the figures that its recipe declares: a plain table, each with what it means.
import type { Ctx } from "../core/ctx.ts";
import { fill, h, type Child } from "../core/dom.ts";
import { failed, loading } from "../core/empty.ts";
import { inDigits, percent, said, t, tn } from "../core/i18n.ts";
import { line } from "../text/body.ts";
import { followJob } from "../work/jobs.ts";
import { progressView } from "../work/progress.ts";
import type { Figure, Figures } from "./yield_types.ts";

/** The figures of one run; they are worked out when it is made, by a job where there are many drafts. */
export class FiguresView {
  readonly element = h("section", { class: "wb-figures wb-table-box", tabindex: 0, role: "region", "aria-label": t("Figures") });
  private stop: () => void = () => {};

  constructor(
    private readonly ctx: Ctx,
    private readonly run: string,
  ) {
    void this.read();
  }

  close(): void {
    this.stop();
  }

  private async read(): Promise<void> {
    fill(this.element, loading(t("Working out the figures")));
    try {
      const answer = await this.ctx.call<Figures | { job: string }>("run.figures", { run: this.run });
      if ("job" in answer) this.follow(answer.job);
      else this.draw(answer);
    } catch (error) {
      this.tell(error);
    }
  }

  private follow(job: string): void {
    const view = progressView(this.ctx, t("Working out the figures"), job);
    fill(this.element, view.element);
    const end = (): void => void this.ctx.call<Figures>("run.figured", { job }).then((given) => this.draw(given), (error) => this.tell(error));
    this.stop = followJob(this.ctx, job, { progress: view.update, inView: () => this.element.isConnected, end });
  }

  private tell(error: unknown): void {
    fill(this.element, failed(error, () => void this.read()));
  }

  private draw(given: Figures): void {
    fill(this.element, figureTable(given));
  }
}

export function figureTable(given: Figures): HTMLElement {
  const heads = [t("Figure"), t("Value"), t("In detail")];
  return h(
    "table",
    { class: "wb-table wb-figure-table" },
    h("caption", {}, tn("Of {n} draft with a text", "Of {n} drafts with a text", given.drafts)),
    h("thead", {}, h("tr", {}, ...heads.map((name) => h("th", { scope: "col" }, name)))),
    h("tbody", {}, ...given.figures.map(row)),
  );
}

function row(figure: Figure): HTMLElement {
  return h(
    "tr",
    { class: figure.wrong ? "wb-figure-wrong" : "" },
    h("th", { scope: "row", class: "wb-yield-gate" }, h("strong", {}, said(figure.title)), h("span", { class: "wb-quiet" }, said(figure.meaning))),
    h("td", { class: "wb-figure-value" }, h("b", { class: "wb-numbers" }, valueOf(figure)), unitOf(figure), figure.wrong ? h("span", { class: "wb-chip wb-chip-bad" }, t("Look at this")) : null),
    h("td", {}, ...details(figure)),
  );
}

/** "45 of 1,728", "33 to 34", "82.4 %"; what could not be measured is called that. */
export function valueOf(figure: Figure): string {
  if (figure.value === null || figure.value === undefined) return t("not measured");
  const value = numberOf(figure, figure.value);
  if (present(figure.to)) return t("{low} to {high}", { low: value, high: numberOf(figure, figure.to) });
  return present(figure.of) ? t("{n} of {all}", { n: value, all: inDigits(figure.of) }) : value;
}

function unitOf(figure: Figure): HTMLElement | null {
  return figure.unit === "share" || !present(figure.value) ? null : h("span", { class: "wb-quiet" }, said(figure.unit));
}

function details(figure: Figure): Child[] {
  const told: string[] = [];
  if (present(figure.limit)) told.push(t("at most {n}", { n: numberOf(figure, figure.limit) }));
  if (figure.interval) told.push(t("95 % interval: {low} to {high}", { low: numberOf(figure, figure.interval[0]), high: numberOf(figure, figure.interval[1]) }));
  if (figure.measured) told.push(tn("{n} of {all} looked at, drawn at random", "{n} of {all} looked at, drawn at random", figure.measured[0], { all: inDigits(figure.measured[1]) }));
  if (figure.note) told.push(said(figure.note));
  const lines: Child[] = told.map((text) => h("div", {}, line(text)));
  const parts = figure.parts ?? [];
  if (parts.length > 0) lines.push(h("ul", { class: "wb-figure-parts" }, ...parts.map(([name, value]) => h("li", {}, line(said(name)), ...(present(value) ? [" ", h("span", { class: "wb-numbers" }, numberOf(figure, value))] : [])))));
  return lines.length > 0 ? lines : [h("span", { class: "wb-quiet" }, "–")];
}

/** A share in per cent with at most one decimal, so that what is just under a limit does not look like it. */
function numberOf(figure: Figure, value: number): string {
  return figure.unit === "share" ? percent(value, 1) : inDigits(value);
}

function present(value: number | null | undefined): value is number {
  return value !== null && value !== undefined;
}
