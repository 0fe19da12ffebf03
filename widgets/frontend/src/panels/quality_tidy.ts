// Tidy up: what small repairs of form would change, the first of them word by word, and one button that does them all.
import { takeStep } from "../browse/steps.ts";
import type { Ctx } from "../core/ctx.ts";
import { fill, h } from "../core/dom.ts";
import { failed, loading } from "../core/empty.ts";
import { inDigits, said, t, tn } from "../core/i18n.ts";
import { wordDiff } from "../text/diff.ts";
import { diffView } from "../text/diffview.ts";
import { line } from "../text/body.ts";
import { languageName } from "../text/names.ts";
import { unfoldedIn } from "../core/unfolded.ts";
import { followJob } from "../work/jobs.ts";
import { button, newest, remark, section } from "../work/parts.ts";
import { progressView } from "../work/progress.ts";

export interface TidyChange {
  sample: string;
  title: string;
  turn: number | null;
  step: string;
  before: string;
  after: string;
}

export interface TidyReport {
  samples: number;
  changed: number;
  applied: boolean;
  steps: { step: string; title: string; changes: number }[];
  changes: TidyChange[];
}

export interface Tidy {
  element: HTMLElement;
  /** Look again, for this query. */
  look(query: string): void;
  /** Take back my newest step, whatever it was, and look again. */
  undo(): void;
  close(): void;
}

export function tidySection(ctx: Ctx): Tidy {
  const body = h("div", { class: "wb-stack", "aria-live": "polite" }, loading(t("Looking for what to tidy up")));
  const element = section(t("Tidy up"), body);
  element.dataset.part = "tidy";
  const take = newest();
  let stop = (): void => {};
  let asked = "";
  let unfold = (): void => {};

  /** Run one of the two commands as a job, and give its report to `then`. */
  const run = async (command: string, query: string, title: string, then: (report: TidyReport) => void): Promise<void> => {
    const ticket = take();
    const again = (): void => void look(query);
    stop();
    try {
      const { job } = await ctx.call<{ job: string }>(command, { query });
      if (ticket.old()) return;
      const view = progressView(ctx, title, job);
      const slow = setTimeout(() => !ticket.old() && fill(body, view.element), 250);
      const end = async (): Promise<void> => {
        clearTimeout(slow);
        try {
          const report = await ctx.call<TidyReport>("tidy.report", { job });
          if (!ticket.old()) then(report);
        } catch (error) {
          if (!ticket.old()) fill(body, failed(error, again));
        }
      };
      stop = followJob(ctx, job, { progress: view.update, inView: () => element.offsetParent !== null, end: () => void end() });
    } catch (error) {
      if (!ticket.old()) fill(body, failed(error, again));
    }
  };
  const look = (query: string): Promise<void> => {
    asked = query;
    if (body.querySelector("details")) unfold = unfoldedIn(body); // else the report before is gone already
    return run("tidy.look", query, t("Looking for what to tidy up"), (report) => (fill(body, ...found(ctx, report, () => void tidy(query))), unfold()));
  };
  const tidy = (query: string): Promise<void> => run("tidy.do", query, t("Tidying up"), (report) => fill(body, done(report, () => void undo())));
  const undo = async (): Promise<void> => {
    try {
      if (await takeStep(ctx, "undo")) await look(asked);
    } catch (error) {
      ctx.notice(error);
    }
  };
  return { element, look: (query) => void look(query), undo: () => void undo(), close: () => (take(), stop()) };
}

function found(ctx: Ctx, report: TidyReport, tidy: () => void): HTMLElement[] {
  if (report.changed === 0) return [h("p", { class: "wb-quiet" }, t("Nothing to tidy up: the texts are clean and each has its language."))];
  return [
    h("p", { class: "wb-quiet" }, tn("{some} of {n} conversation would change, in form only. Nothing is reworded.", "{some} of {n} conversations would change, in form only. Nothing is reworded.", report.samples, { some: inDigits(report.changed) })),
    h("ul", { class: "wb-tidy-steps" }, ...report.steps.map((step) => h("li", { class: "wb-row" }, h("span", { class: "wb-grow" }, said(step.title)), h("span", { class: "wb-quiet wb-numbers" }, tn("{n} change", "{n} changes", step.changes))))),
    h("details", { class: "wb-more" }, h("summary", {}, t("See the first changes")), h("ul", { class: "wb-tidy-changes" }, ...report.changes.map((change) => changeView(ctx, change)))),
    h("div", { class: "wb-row" }, button(tn("Tidy up {n} conversation", "Tidy up {n} conversations", report.changed), tidy, { name: "tidy-up" }), h("span", { class: "wb-help" }, t("One step; it can be taken back."))),
  ];
}

function done(report: TidyReport, back: () => void): HTMLElement {
  return remark(
    "good",
    h("div", { class: "wb-row" }, h("span", { class: "wb-grow" }, tn("{n} conversation tidied up.", "{n} conversations tidied up.", report.changed), " ", h("kbd", {}, "u"), " ", t("takes it back.")), button(t("Undo"), back, { small: true, name: "tidy-undo" })),
  );
}

function changeView(ctx: Ctx, change: TidyChange): HTMLElement {
  const open = (): void => ctx.navigate("browse", { query: `id:${change.sample}`, id: change.sample });
  return h(
    "li",
    {},
    h("div", { class: "wb-row" }, h("button", { class: "wb-link wb-clip", title: t("Open it in Browse"), on: { click: open } }, line(change.title)), h("span", { class: "wb-quiet" }, change.turn === null ? t("language") : t("turn {n}", { n: change.turn }))),
    change.turn === null ? h("div", { class: "wb-diff" }, h("ins", {}, languageName(change.after))) : diffView(wordDiff(change.before, change.after), true),
  );
}
