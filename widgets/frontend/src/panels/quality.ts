// Quality: measure what a query finds; numbers, charts, findings, agreement, duplicates, personal data.
import { openHelp } from "../browse/help.ts";
import { onScreen } from "../code/screen.ts";
import type { Ctx, Mount } from "../core/ctx.ts";
import { fill, h } from "../core/dom.ts";
import { emptyState, failed, loading, toCollect } from "../core/empty.ts";
import { t, tn } from "../core/i18n.ts";
import { bindKeys, type Shortcut } from "../core/keys.ts";
import { inSentences } from "../core/notice.ts";
import { markReady } from "../core/ready.ts";
import { unfoldedIn } from "../core/unfolded.ts";
import { followJob } from "../work/jobs.ts";
import { button, newest, settled } from "../work/parts.ts";
import { progressView } from "../work/progress.ts";
import { chartGrid, type ChartGrid } from "./quality_charts.ts";
import { agreementSection, duplicateSection, findingSection, personalSection } from "./quality_findings.ts";
import { tidySection, type Tidy } from "./quality_tidy.ts";
import { questionSection, type Questions } from "./quality_questions.ts";
import { numbers } from "./quality_numbers.ts";
import type { Duplicates, Report } from "./quality_types.ts";

export const mount: Mount = (root, ctx) => {
  const page = new Quality(root, ctx);
  return () => page.close();
};

class Quality {
  private readonly query = h("input", { class: "wb-input", type: "search", spellcheck: "false", placeholder: t("all conversations, or a query"), "aria-label": t("Query to measure"), data: { field: "query" } });
  private readonly told = h("span", { class: "wb-where-count wb-numbers", role: "status" });
  private readonly body = h("div", { class: "wb-quality-body" });
  private readonly go = button(t("Measure"), () => void this.measure(), { tone: "primary", name: "measure" });
  private readonly stops: (() => void)[] = [];
  private readonly take = newest();
  private readonly counts = newest();
  private readonly tidy: Tidy;
  private readonly questions: Questions;
  private charts: ChartGrid | null = null;
  private typed = false;
  private begun = false;
  /** What the report on the page measures. */
  private measured = "";
  /** Leads back to what was unfolded and scrolled to in the report that stood here before. */
  private again = (_query: string): void => {};

  constructor(
    private readonly root: HTMLElement,
    private readonly ctx: Ctx,
  ) {
    this.query.value = ctx.trait.get<string>("query") ?? "";
    const later = settled(() => void this.count(), 250);
    const form = h(
      "form",
      { class: "wb-quality-bar", on: { submit: (event) => (event.preventDefault(), void this.measure()) } },
      h("span", { class: "wb-label" }, t("Measure")),
      this.query,
      this.told,
      this.go,
    );
    this.tidy = tidySection(ctx);
    this.questions = questionSection(ctx);
    fill(root, h("div", { class: "wb-quality-page" }, form, h("div", { class: "wb-quality-scroll" }, this.questions.element, this.body)));
    this.query.addEventListener("input", () => ((this.typed = true), later()));
    this.stops.push(
      later.stop,
      this.tidy.close,
      this.questions.close,
      bindKeys(root, () => this.keys()),
      onScreen(root, () => ["quality.questions", "quality.measure"].map((name) => ({ name, args: { query: this.query.value.trim() } }))),
      ctx.on("shown", (args) => this.shown(args)),
      ctx.trait.on("query", () => this.follow()),
    );
    void this.first();
  }

  close(): void {
    this.stops.forEach((stop) => stop());
    this.charts?.close();
    this.root.replaceChildren();
  }

  private keys(): Shortcut[] {
    return [
      { keys: ["/"], label: t("Go to the query"), run: () => this.query.focus() },
      { keys: ["u"], label: t("Undo my last step"), run: () => this.tidy.undo() },
      { keys: ["?"], label: t("These keys"), run: () => openHelp(this.root, this.keys()) },
    ];
  }

  private shown(args: Record<string, unknown>): void {
    if (typeof args["query"] === "string") {
      this.query.value = args["query"];
      this.typed = true;
      void this.measure();
    }
    this.charts?.resize();
    this.questions.resize();
  }

  private follow(): void {
    if (this.typed) return;
    this.query.value = this.ctx.trait.get<string>("query") ?? "";
    void this.count();
  }

  /** A small workspace is measured at once; a large one waits to be asked. */
  private async first(): Promise<void> {
    const found = await this.count();
    markReady(this.root);
    if (found === null || this.begun) return;
    if (found === 0) this.empty();
    else if (found <= 5000) await this.measure();
    else {
      this.questions.look(this.query.value.trim());
      fill(this.body, emptyState(t("Ready to measure"), tn("{n} conversation will be read for checks and personal data; you can go on working meanwhile.", "{n} conversations will be read for checks and personal data; you can go on working meanwhile.", found)));
    }
  }

  private empty(): void {
    this.questions.none();
    if (this.query.value.trim()) fill(this.body, emptyState(t("The query finds nothing"), t("Change it above, or leave it empty to see all conversations.")));
    else fill(this.body, emptyState(t("Nothing to measure yet"), t("Bring some in first: a file of chats in almost any format."), toCollect(this.ctx)));
  }

  private async count(): Promise<number | null> {
    const ticket = this.counts();
    try {
      const answer = await this.ctx.call<{ count: number }>("quality.count", { query: this.query.value });
      if (ticket.old()) return null;
      this.query.classList.remove("wb-invalid");
      this.told.className = "wb-where-count wb-numbers";
      this.told.textContent = tn("{n} conversation", "{n} conversations", answer.count);
      return answer.count;
    } catch (error) {
      if (ticket.old()) return null;
      this.query.classList.add("wb-invalid");
      this.told.className = "wb-where-count wb-problem";
      this.told.textContent = inSentences(error);
      if (!this.begun) fill(this.body, failed(error));
      return null;
    }
  }

  private async measure(): Promise<void> {
    this.begun = true;
    const ticket = this.take();
    const query = this.query.value.trim();
    this.remember();
    void this.count();
    this.questions.look(query);
    this.go.disabled = true;
    try {
      const { job } = await this.ctx.call<{ job: string }>("quality.measure", { query });
      const view = progressView(this.ctx, t("Measuring"), job);
      const slow = setTimeout(() => !ticket.old() && fill(this.body, view.element), 250);
      const inView = (): boolean => this.root.offsetParent !== null;
      this.stops.push(followJob(this.ctx, job, { progress: view.update, inView, end: () => (clearTimeout(slow), void this.report(job, query, ticket)) }));
    } catch (error) {
      fill(this.body, failed(error));
    } finally {
      this.go.disabled = false;
    }
  }

  /** How the report that is about to be replaced is read: where it is of the same query, it is scrolled to there again. */
  private remember(): void {
    if (!this.body.querySelector("[data-chart]")) return; // the one before is gone already
    const { measured, root } = this;
    const [unfold, top] = [unfoldedIn(this.body), root.scrollTop];
    this.again = (query) => {
      unfold();
      if (query === measured) root.scrollTop = top;
    };
  }

  private async report(job: string, query: string, ticket: { old(): boolean }): Promise<void> {
    try {
      const report = await this.ctx.call<Report>("quality.report", { job, query });
      if (ticket.old()) return;
      this.draw(report);
      this.again(query);
      this.measured = query;
      this.tidy.look(query);
      const found = await this.ctx.call<Duplicates>("quality.duplicates", { query });
      if (!ticket.old()) fill(this.body.querySelector("[data-part=duplicates]")!, duplicateSection(this.ctx, found));
    } catch (error) {
      if (!ticket.old()) fill(this.body, failed(error, () => void this.measure()));
    }
  }

  private draw(report: Report): void {
    this.charts?.close();
    if (report.count === 0) {
      this.charts = null;
      return fill(this.body, emptyState(t("The query finds nothing"), t("Change it above, or leave it empty to measure all conversations.")));
    }
    this.charts = chartGrid(this.ctx, report.figures);
    fill(
      this.body,
      numbers(report),
      this.charts.element,
      h(
        "div",
        { class: "wb-quality-two" },
        h("div", { class: "wb-stack" }, findingSection(this.ctx, report.checks), agreementSection(this.ctx, report.agreement)),
        h("div", { class: "wb-stack" }, personalSection(this.ctx, report.personal), this.tidy.element, h("div", { data: { part: "duplicates" } }, loading(t("Looking for duplicates")))),
      ),
    );
    this.charts.draw();
  }
}
