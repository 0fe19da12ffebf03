// A job's progress inside a page: what runs, how far it is, and a way to stop it.
import type { Ctx, JobState } from "../core/ctx.ts";
import { h } from "../core/dom.ts";
import { inDigits, said, t } from "../core/i18n.ts";
import { share } from "./jobs.ts";
import { button } from "./parts.ts";

export interface ProgressView {
  element: HTMLElement;
  update(job: JobState): void;
}

export function progressView(ctx: Ctx, title: string, jobId: string): ProgressView {
  const fillBar = h("span", { class: "wb-meter-fill", style: { width: "0%" } });
  const bar = h("span", { class: "wb-meter wb-meter-open wb-meter-wide", role: "progressbar", "aria-label": title }, fillBar);
  const words = h("span", { class: "wb-quiet wb-numbers" }, t("starting"));
  const stop = button(t("Stop"), () => halt(), { small: true, name: "stop" });
  const halt = (): void => {
    stop.disabled = true;
    stop.textContent = t("Stopping");
    ctx.call("job.cancel", { id: jobId }).catch(ctx.notice);
  };
  const update = (job: JobState): void => {
    const part = share(job);
    bar.classList.toggle("wb-meter-open", part === null);
    if (part !== null) {
      fillBar.style.width = `${part * 100}%`;
      bar.setAttribute("aria-valuemin", "0");
      bar.setAttribute("aria-valuemax", String(job.total));
      bar.setAttribute("aria-valuenow", String(job.done));
    }
    words.textContent = inWords(job);
  };
  return {
    element: h("div", { class: "wb-progress" }, h("strong", {}, title), bar, h("div", { class: "wb-row" }, words, h("span", { class: "wb-grow" }), stop)),
    update,
  };
}

function inWords(job: JobState): string {
  const number = job.total > 0 ? t("{done} of {all}", { done: inDigits(job.done), all: inDigits(job.total) }) : job.done > 0 ? inDigits(job.done) : "";
  return [number, said(job.message)].filter(Boolean).join(" · ") || t("working");
}
