// Near-duplicates are measured when a person asks for it: all texts are read, which takes a while in a large workspace.
import type { Ctx, JobState } from "../core/ctx.ts";
import { fill, h } from "../core/dom.ts";
import { t } from "../core/i18n.ts";
import { followJob } from "../work/jobs.ts";
import { button } from "../work/parts.ts";
import { progressView } from "../work/progress.ts";
import type { Answer } from "./quality_questions.ts";

/** A button under the chart of near-duplicates, where some conversations are not measured; null under other charts. */
export function offerFor(ctx: Ctx, answer: Pick<Answer, "name" | "values">, measured: () => void): HTMLElement | null {
  if (answer.name !== "alike" || !answer.values["unknown"]) return null;
  const element = h("div", { class: "wb-stack", data: { part: "alike" } });
  const offer = (): void => fill(element, h("div", { class: "wb-row" }, button(t("Look for near-duplicates"), () => void begin(), { small: true, name: "measure-alike" }), h("span", { class: "wb-quiet" }, t("All texts are read; you can go on working meanwhile."))));
  const ended = (job: JobState): void => {
    if (job.state === "done") return measured();
    if (job.error) ctx.notice(job.error);
    offer();
  };
  const begin = async (): Promise<void> => {
    try {
      const { job } = await ctx.call<{ job: string }>("quality.alike");
      const view = progressView(ctx, t("Looking for near-duplicates"), job);
      fill(element, view.element);
      followJob(ctx, job, { progress: view.update, inView: () => element.offsetParent !== null, end: ended });
    } catch (error) {
      ctx.notice(error);
      offer();
    }
  };
  offer();
  return element;
}
