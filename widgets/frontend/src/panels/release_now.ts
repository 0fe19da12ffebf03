// What freezing now would change against the last build, before anything is frozen. Small slices are compared again
// after every change; large ones on request, as a job that can be stopped.
import type { Ctx } from "../core/ctx.ts";
import { fill, h } from "../core/dom.ts";
import { inSentences } from "../core/notice.ts";
import { t } from "../core/i18n.ts";
import { keepFocus } from "../core/refocus.ts";
import { Rows, arrange } from "../core/rows.ts";
import { keepUnfolded } from "../core/unfolded.ts";
import { followJob } from "../work/jobs.ts";
import { button, newest, throttled } from "../work/parts.ts";
import { progressView } from "../work/progress.ts";
import { ago } from "../text/when.ts";
import { comparisonView, inOneSentence } from "./release_compare.ts";
import type { Build, Comparison } from "./release_types.ts";

export interface NowBox {
  element: HTMLElement;
  /** The workspace or the builds changed. */
  again(last: Build | null): void;
  close(): void;
}

export function nowBox(ctx: Ctx, name: string): NowBox {
  const sentence = h("p", { class: "wb-now-sentence", role: "status" });
  const body = h("div", {});
  const element = h("div", { class: "wb-now" }, sentence, body);
  const compared = new Rows();
  const take = newest();
  let last: Build | null = null;
  let large = false;
  let stop = (): void => {};

  const tell = (words: string): void => void (sentence.textContent !== words && (sentence.textContent = words));
  const show = (found: Comparison): void => {
    tell(t("Since the build frozen {when}: {what}", { when: last ? ago(last.at) : "", what: inOneSentence(found) }));
    const drawn = compared.of([{ key: "", says: found, make: () => comparisonView(ctx, found) }]);
    keepFocus(body, () => keepUnfolded(body, () => arrange(body, drawn)));
  };
  const ask = async (): Promise<void> => {
    if (!last) {
      tell(t("Not frozen yet. Freezing pins these conversations, their texts and their tags under one hash; only a frozen build can be exported."));
      return fill(body);
    }
    const ticket = take();
    try {
      const answer = await ctx.call<{ found?: Comparison | null; job?: string }>("slice.now", { name });
      if (ticket.old()) return;
      if (answer.found) show(answer.found);
      if (answer.job) follow(answer.job, ticket);
    } catch (error) {
      if (!ticket.old()) refuse(error);
    }
  };
  const follow = (job: string, ticket: { old(): boolean }): void => {
    large = true;
    const view = progressView(ctx, t("Comparing with the last build"), job);
    fill(body, view.element);
    stop();
    stop = followJob(ctx, job, { progress: view.update, inView: () => element.offsetParent !== null, end: () => void ended(job, ticket) });
  };
  const ended = async (job: string, ticket: { old(): boolean }): Promise<void> => {
    try {
      const found = await ctx.call<Comparison>("slice.difference", { job });
      if (!ticket.old()) show(found);
    } catch (error) {
      if (!ticket.old()) refuse(error);
    }
  };
  const refuse = (error: unknown): void => {
    const stopped = (error as { code?: string }).code === "cancelled";
    tell(stopped ? t("Not compared with the last build.") : inSentences(error));
    offer();
  };
  /** What was compared before stays to be read below, where it is given. */
  const offer = (before: Element | null = null): void => arrange(body, [button(t("Compare with the last build"), () => void ask(), { small: true, name: "compare-now" }), before]);
  const soon = throttled(() => void ask(), 800);
  return {
    element,
    again(next) {
      const other = next?.id !== last?.id;
      last = next;
      if (!other && large) {
        take();
        tell(t("The workspace changed since it was compared."));
        return keepFocus(body, () => offer(body.querySelector(".wb-difference")));
      }
      soon();
    },
    close: () => {
      soon.stop();
      stop();
      take();
    },
  };
}
