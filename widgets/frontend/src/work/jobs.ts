// Waiting for a job that Python runs, with its progress.
import type { Ctx, JobState } from "../core/ctx.ts";

export type Ended = JobState & { state: "done" | "cancelled" | "failed" };

const RUNNING = new Set(["waiting", "running"]);

const watched = new Map<string, () => boolean>();

/** Whether a page that is in view shows this job's end itself, so that nothing else need say it. */
export function isWatched(id: string): boolean {
  return watched.get(id)?.() ?? false;
}

/**
 * Hear a job's progress and its end. The end may be told before anybody listens, so the list is asked for once, too.
 * The returned function stops listening; the job goes on.
 */
export function followJob(ctx: Ctx, id: string, on: { progress?: (job: JobState) => void; end: (job: Ended) => void; inView?: () => boolean }): () => void {
  let over = false;
  if (on.inView) watched.set(id, on.inView);
  const look = (jobs: JobState[]): void => {
    const job = jobs.find((item) => item.id === id);
    if (!job || over) return;
    if (RUNNING.has(job.state)) {
      on.progress?.(job);
      return;
    }
    stop();
    on.end(job as Ended);
  };
  const off = ctx.on("jobs", look);
  const ask = (): void => void ctx.call<JobState[]>("job.list").then(look, (error) => !over && ctx.notice(error));
  // Progress comes by itself; asking again now and then covers a page whose progress channel was lost.
  const timer = setInterval(ask, 3000);
  const stop = (): void => {
    over = true;
    clearInterval(timer);
    off();
  };
  ask();
  return stop;
}

export function share(job: JobState): number | null {
  return job.total > 0 ? Math.min(1, job.done / job.total) : null;
}
