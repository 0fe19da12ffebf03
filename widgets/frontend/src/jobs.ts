// Long work, in the top bar: a small bar with its progress, and a way to stop it.
import type { Ctx, JobState } from "./core/ctx.ts";
import { fill, h } from "./core/dom.ts";
import { inDigits, said, saidLabel, t, tn } from "./core/i18n.ts";
import { isWatched } from "./work/jobs.ts";

const RUNNING = new Set(["waiting", "running"]);

export function jobStrip(ctx: Ctx): { element: HTMLElement; close: () => void } {
  const element = h("div", { class: "wb-jobs", "aria-live": "off" });
  const told = new Set<string>();
  let before = new Map<string, string>();
  const draw = (jobs: JobState[]): void => {
    const running = jobs.filter((job) => RUNNING.has(job.state));
    fill(element, ...running.slice(0, 2).map((job) => chip(job, ctx)));
    if (running.length > 2) element.append(h("span", { class: "wb-quiet" }, t("and {n} more", { n: running.length - 2 })));
    for (const job of jobs) tellEnd(job, before, told, ctx);
    before = new Map(jobs.map((job) => [job.id, job.state]));
  };
  const off = ctx.on("jobs", draw);
  return { element, close: off };
}

function chip(job: JobState, ctx: Ctx): HTMLElement {
  const share = job.total > 0 ? Math.min(1, job.done / job.total) : 0;
  const words =
    job.total > 0
      ? t("{done} of {total}", { done: inDigits(job.done), total: inDigits(job.total) })
      : said(job.message) || t("working");
  const title = saidLabel(job.title);
  const stop = (): void => void ctx.call("job.cancel", { id: job.id }).catch(ctx.notice);
  return h(
    "div",
    { class: "wb-job", title: said(job.message) || title },
    h("span", { class: "wb-job-title" }, title),
    h(
      "span",
      {
        class: job.total > 0 ? "wb-meter" : "wb-meter wb-meter-open",
        role: "progressbar",
        "aria-label": title,
        "aria-valuemin": 0,
        "aria-valuemax": job.total || undefined,
        "aria-valuenow": job.total ? job.done : undefined,
      },
      h("span", { class: "wb-meter-fill", style: { width: `${share * 100}%` } }),
    ),
    h("span", { class: "wb-quiet wb-numbers" }, words),
    h(
      "button",
      { class: "wb-icon-button", "aria-label": t("Stop: {title}", { title }), title: t("Stop"), on: { click: stop } },
      "✕",
    ),
  );
}

/** Only jobs seen running are told about: a reopened page does not repeat old news. */
function tellEnd(job: JobState, before: Map<string, string>, told: Set<string>, ctx: Ctx): void {
  if (RUNNING.has(job.state) || told.has(job.id) || !RUNNING.has(before.get(job.id) ?? "")) return;
  told.add(job.id);
  if (isWatched(job.id)) return;
  const title = saidLabel(job.title);
  if (job.state === "failed")
    ctx.notice(job.error ?? { code: "failed", message: t("{title} failed.", { title }), hint: job.message });
  else if (job.state === "cancelled") ctx.notice(t("Stopped: {title}. What was finished is kept.", { title }));
  else ctx.notice([t("Done: {title}.", { title }), lostInWords(job)].filter(Boolean).join(" "));
}

function lostInWords(job: JobState): string {
  if (!job.lost) return "";
  if (job.lost >= job.total) return t("Nothing came of it; its line under Generate says why.");
  return tn("{n} row of it came to nothing; its line under Generate says why.", "{n} rows of it came to nothing; their line under Generate says why.", job.lost);
}
