// Charts that answer questions. Each is a picture, a sentence, and a table whose every number is a button to Browse.
import type { Ctx } from "../core/ctx.ts";
import { fill, h } from "../core/dom.ts";
import { failed, loading } from "../core/empty.ts";
import { inDigits, said, saidLabel, t } from "../core/i18n.ts";
import { keepFocus } from "../core/refocus.ts";
import { keepUnfolded } from "../core/unfolded.ts";
import { line } from "../text/body.ts";
import { followJob } from "../work/jobs.ts";
import { newest, remark } from "../work/parts.ts";
import { offerFor } from "./quality_alike.ts";
import { loadPlotly, type Plotly } from "../work/plotly.ts";
import { pageTheme, themed } from "../work/theme.ts";

export interface Part {
  row: string;
  group: string;
  count: number;
  query: string;
  pick: string;
}

export interface Answer {
  name: string;
  question: string;
  sentence: string;
  values: Record<string, number>;
  shape: "grid" | "bars";
  rows: string[];
  groups: string[];
  parts: Part[];
  figure: { data?: Record<string, unknown>[]; layout?: Record<string, unknown> };
}

export interface Questions {
  element: HTMLElement;
  look(query: string): void;
  /** There is nothing to say anything about. */
  none(): void;
  resize(): void;
  close(): void;
}

export function questionSection(ctx: Ctx): Questions {
  const element = h("section", { class: "wb-questions", "aria-label": t("What the set says about itself"), "aria-busy": "true" }, loading(t("Counting")));
  const take = newest();
  let stop = (): void => {};
  let cards: Card[] = [];
  let plotly: Plotly | null = null;
  const paint = (): void => {
    if (plotly && element.offsetParent) for (const card of cards) card.paint(plotly);
  };
  const draw = async (job: string, query: string, ticket: { old(): boolean }): Promise<void> => {
    try {
      const answers = await ctx.call<Answer[]>("quality.answers", { job });
      if (ticket.old()) return;
      for (const card of cards) card.close(plotly);
      cards = answers.map((answer) => new Card(ctx, answer, offerFor(ctx, answer, () => void look(query))));
      keepFocus(element, () => keepUnfolded(element, () => fill(element, ...cards.map((card) => card.element))));
      element.setAttribute("aria-busy", "false");
      plotly = await loadPlotly(ctx.call);
      if (!ticket.old()) paint();
    } catch (error) {
      if (ticket.old()) return;
      if (cards.length) ctx.notice(error);
      else fill(element, failed(error, () => void look(query)));
    }
  };
  const look = async (query: string): Promise<void> => {
    const ticket = take();
    stop();
    element.hidden = false;
    try {
      const { job } = await ctx.call<{ job: string }>("quality.questions", { query });
      if (!ticket.old()) stop = followJob(ctx, job, { inView: () => true, end: () => void draw(job, query, ticket) });
    } catch (error) {
      if (!ticket.old()) fill(element, failed(error, () => void look(query)));
    }
  };
  const theme = new MutationObserver(paint);
  theme.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light", "data-jp-theme-name"] });
  return {
    element,
    look: (query) => void look(query),
    none() {
      take();
      stop();
      element.hidden = true;
    },
    resize: paint,
    close() {
      take();
      stop();
      theme.disconnect();
      for (const card of cards) card.close(plotly);
    },
  };
}

/** The answer's sentence in the person's language, with its numbers. */
export function sentenceOf(answer: Pick<Answer, "sentence" | "values">): string {
  return said(answer.sentence).replace(/\{(\w+)\}/g, (hole, name: string) => (name in answer.values ? inDigits(answer.values[name]!) : hole));
}

/** Bring what a part counts to Browse; what only the journal knows becomes a selection first. */
export async function browsePart(ctx: Ctx, part: Part): Promise<void> {
  try {
    const query = part.query || (await ctx.call<{ query: string }>("quality.pick", { pick: part.pick })).query;
    if (query) ctx.navigate("browse", { query });
  } catch (error) {
    ctx.notice(error);
  }
}

class Card {
  readonly element: HTMLElement;
  private readonly plot = h("div", { class: "wb-answer-plot", "aria-hidden": "true" });
  private listening = false;

  constructor(
    private readonly ctx: Ctx,
    private readonly answer: Answer,
    offer: HTMLElement | null = null,
  ) {
    const { parts, rows, name } = answer;
    this.plot.style.height = `${this.height()}px`;
    this.element = h(
      "figure",
      { class: "wb-quality-question", data: { question: name } },
      h("figcaption", {}, h("h3", {}, said(answer.question)), h("p", {}, sentenceOf(answer))),
      offer,
      parts.length ? this.plot : remark("info", t("There is nothing to draw yet.")),
      parts.length ? h("details", { class: "wb-more", open: false }, h("summary", {}, t("As text, by key")), tableOf(ctx, answer)) : null,
    );
    void rows;
  }

  paint(plotly: Plotly): void {
    if (!this.answer.parts.length) return;
    const { data, layout } = themed(this.answer.figure, pageTheme(this.element), this.height());
    const place = this.plot as HTMLElement & { on?(event: string, listener: (event: any) => void): void };
    const grid = this.answer.shape === "grid";
    // Plotly reports clicks only on what can be hovered; its own hover box stays away (hovertemplate is empty).
    const traces = data.map((trace) => ({ ...trace, hoverinfo: "none" }));
    // Drawn whole, never scrolled: bars have their scale below, so that it does not meet the legend above.
    const xaxis = { ...layout["xaxis"], side: grid ? "top" : "bottom" };
    const shown = { ...layout, xaxis, height: this.height(), margin: { l: 8, r: 8, t: grid ? 8 : 26, b: 8 }, hovermode: "closest", dragmode: false };
    plotly
      .react(place, traces, shown, { displayModeBar: false, responsive: true, displaylogo: false })
      .then(() => {
        if (this.listening) return;
        this.listening = true;
        place.on?.("plotly_click", (event) => this.clicked(event.points?.[0]?.customdata));
      })
      .catch(this.ctx.notice);
  }

  close(plotly: Plotly | null): void {
    plotly?.purge(this.plot);
  }

  private clicked(at: unknown): void {
    const part = this.answer.parts[Number(at)];
    if (part) void browsePart(this.ctx, part);
  }

  private height(): number {
    return Math.min(560, 64 + 24 * Math.max(this.answer.rows.length, 3));
  }
}

/** The same numbers as a table; each is a button. */
export function tableOf(ctx: Ctx, answer: Answer): HTMLElement {
  const found = new Map(answer.parts.map((part) => [`${part.row}\n${part.group}`, part]));
  const cell = (row: string, group: string): HTMLElement => {
    const part = found.get(`${row}\n${group}`);
    if (!part || (!part.query && !part.pick) || part.count === 0) return h("td", { class: "wb-numbers wb-quiet" }, inDigits(part?.count ?? 0));
    const label = t("{n}: browse {what}", { n: inDigits(part.count), what: `${saidLabel(row)}, ${saidLabel(group)}` });
    return h("td", { class: "wb-numbers" }, h("button", { class: "wb-link", "aria-label": label, on: { click: () => void browsePart(ctx, part) } }, inDigits(part.count)));
  };
  return h(
    "div",
    { class: "wb-table-box", tabindex: 0, role: "region", "aria-label": said(answer.question) },
    h(
      "table",
      { class: "wb-table" },
      h("thead", {}, h("tr", {}, h("td", {}), ...answer.groups.map((group) => h("th", { scope: "col" }, line(saidLabel(group)))))),
      h("tbody", {}, ...answer.rows.map((row) => h("tr", {}, h("th", { scope: "row" }, line(saidLabel(row))), ...answer.groups.map((group) => cell(row, group))))),
    ),
  );
}
