// What a rule fits, looked for as a job while the rule is still being typed. Only the newest question counts.
import type { Ctx, JobState } from "../core/ctx.ts";
import { followJob } from "../work/jobs.ts";
import { newest, settled } from "../work/parts.ts";
import type { Commands } from "./types.ts";

const WAIT_MS = 350;

export interface SearchOptions<Report> {
  ctx: Ctx;
  commands: Commands;
  /** The rule and where it is looked for; null when there is nothing to look for. */
  asked: () => Record<string, unknown> | null;
  inView: () => boolean;
  onNothing: () => void;
  onBegin: () => void;
  onProgress: (job: JobState) => void;
  onFound: (report: Report) => void;
  onRefused: (error: unknown) => void;
}

export class Search<Report> {
  /** The job that looked for the newest question. */
  job = "";
  private found: Report | null = null;
  private running = false;
  private stopFollowing: () => void = () => {};
  private readonly ticket = newest();
  private readonly soon = settled(() => void this.look(), WAIT_MS);

  constructor(private readonly options: SearchOptions<Report>) {}

  /** What the newest question found; null while it is looked for, and once it does not count any more. */
  get report(): Report | null {
    return this.found;
  }

  forget(): void {
    this.found = null;
  }

  /** The rule is another one: what was found by the old one does not count any more. */
  later(): void {
    this.close();
    this.forget();
    this.soon();
  }

  close(): void {
    this.soon.stop();
    this.ticket();
    this.stop();
  }

  async look(): Promise<void> {
    const { ctx, commands, asked, onNothing, onBegin, onRefused } = this.options;
    const ticket = this.ticket();
    this.stop();
    const question = asked();
    if (!question) return onNothing();
    onBegin();
    try {
      const { job } = await ctx.call<{ job: string }>(`${commands}.look`, question);
      if (ticket.old()) return this.cancel(job);
      this.job = job;
      this.follow(() => !ticket.old() && void this.looked(ticket));
    } catch (error) {
      if (!ticket.old()) onRefused(error);
    }
  }

  /** The rows from `offset` on of what was found; null when that no longer counts, or could not be read, which is said. */
  async more(offset: number): Promise<Report | null> {
    const { ctx, commands } = this.options;
    const report = this.found;
    if (!report) return null;
    try {
      const more = await ctx.call<Report>(`${commands}.report`, { job: this.job, offset });
      return report === this.found ? more : null;
    } catch (error) {
      ctx.notice(error);
      return null;
    }
  }

  private follow(end: () => void): void {
    const { ctx, inView, onProgress } = this.options;
    this.running = true;
    this.stopFollowing = followJob(ctx, this.job, { inView, progress: onProgress, end });
  }

  private async looked(ticket: { old(): boolean }): Promise<void> {
    const { ctx, commands, onFound, onRefused } = this.options;
    this.running = false;
    try {
      const report = await ctx.call<Report>(`${commands}.report`, { job: this.job });
      if (ticket.old()) return;
      this.found = report;
      onFound(report);
    } catch (error) {
      if (!ticket.old()) onRefused(error);
    }
  }

  /** A newer question ends the older search. */
  private stop(): void {
    this.stopFollowing();
    if (this.running) this.cancel(this.job);
    this.running = false;
  }

  private cancel(job: string): void {
    this.options.ctx.call("job.cancel", { id: job }).catch(() => {});
  }
}
