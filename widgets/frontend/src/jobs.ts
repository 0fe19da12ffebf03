// Long work, in the top bar: a small bar with its progress, and a way to stop it.
import type { Ctx, JobState } from "./core/ctx.ts";
import { h } from "./core/dom.ts";
import { inDigits, said, saidLabel, t, tn } from "./core/i18n.ts";
import { arrange } from "./core/rows.ts";
import { isWatched } from "./work/jobs.ts";

const RUNNING = new Set(["waiting", "running"]);

export function jobStrip(ctx: Ctx): { element: HTMLElement; close: () => void } {
  const element = h("div", { class: "wb-jobs", "aria-live": "off" });
  const told = new Set<string>();
  let chips = new Map<string, Chip>();
  let before = new Map<string, string>();
  const draw = (jobs: JobState[]): void => {
    const running = jobs.filter((job) => RUNNING.has(job.state));
    const shown = running.slice(0, 2).map((job) => [job.id, chips.get(job.id) ?? chip(job, ctx)] as const);
    chips = new Map(shown);
    shown.forEach(([, one], at) => one.update(running[at]!));
    const more = running.length > 2 ? h("span", { class: "wb-quiet" }, t("and {n} more", { n: running.length - 2 })) : null;
    arrange(element, [...shown.map(([, one]) => one.element), more]);
    for (const job of jobs) tellEnd(job, before, told, ctx);
    before = new Map(jobs.map((job) => [job.id, job.state]));
  };
  const off = ctx.on("jobs", draw);
  return { element, close: off };
}

interface Chip {
  element: HTMLElement;
  update(job: JobState): void;
}

/** A running job. It stays one element to its end, so that its button can be pressed and keeps the focus meanwhile. */
function chip({ id, title: name }: JobState, ctx: Ctx): Chip {
  const title = saidLabel(name);
  const stop = (): void => void ctx.call("job.cancel", { id }).catch(ctx.notice);
  const fillBar = h("span", { class: "wb-meter-fill" });
  const bar = h("span", { role: "progressbar", "aria-label": title, "aria-valuemin": 0 }, fillBar);
  const words = h("span", { class: "wb-quiet wb-numbers" });
  const element = h(
    "div",
    { class: "wb-job" },
    h("span", { class: "wb-job-title" }, title),
    bar,
    words,
    h(
      "button",
      { class: "wb-icon-button", "aria-label": t("Stop: {title}", { title }), title: t("Stop"), on: { click: stop } },
      "✕",
    ),
  );
  const update = (job: JobState): void => {
    const share = job.total > 0 ? Math.min(1, job.done / job.total) : 0;
    element.title = said(job.message) || title;
    bar.className = job.total > 0 ? "wb-meter" : "wb-meter wb-meter-open";
    for (const [mark, value] of [["max", job.total], ["now", job.done]] as const) {
      if (job.total > 0) bar.setAttribute(`aria-value${mark}`, String(value));
      else bar.removeAttribute(`aria-value${mark}`);
    }
    fillBar.style.width = `${share * 100}%`;
    words.textContent =
      job.total > 0
        ? t("{done} of {total}", { done: inDigits(job.done), total: inDigits(job.total) })
        : said(job.message) || t("working");
  };
  return { element, update };
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
