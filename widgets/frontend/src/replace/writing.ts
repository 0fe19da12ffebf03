// What a rule fits is changed as one step: a job, its progress in the place of the rows, and its end.
import type { Ctx } from "../core/ctx.ts";
import { followJob } from "../work/jobs.ts";
import { progressView } from "../work/progress.ts";
import type { Commands } from "./types.ts";

export interface WritingOptions<Done> {
  ctx: Ctx;
  commands: Commands;
  /** What is being done, over the progress. */
  title: string;
  inView: () => boolean;
  onProgress: (element: HTMLElement) => void;
  onDone: (done: Done) => void;
  onRefused: (error: unknown) => void;
}

export class Writing<Done> {
  /** From the key until the end is known: meanwhile the rule stays as it is. */
  busy = false;
  /** The end was told here: nothing else need say it, though this is no longer in view. */
  private told = false;
  private stopFollowing: () => void = () => {};

  constructor(private readonly options: WritingOptions<Done>) {}

  /** Change what the job `looked` found, but for the ids in `without`. */
  async begin(looked: string, without: Iterable<string>): Promise<void> {
    const { ctx, commands, title, inView, onProgress } = this.options;
    this.busy = true;
    try {
      const { job } = await ctx.call<{ job: string }>(`${commands}.apply`, { job: looked, without: [...without] });
      const progress = progressView(ctx, title, job);
      onProgress(progress.element);
      this.stopFollowing = followJob(ctx, job, { inView: () => this.told || inView(), progress: progress.update, end: () => void this.wrote(job) });
    } catch (error) {
      this.refused(error);
    }
  }

  /** Stop listening; the change goes on. */
  close(): void {
    this.stopFollowing();
  }

  private async wrote(job: string): Promise<void> {
    const { ctx, commands, onDone } = this.options;
    try {
      const done = await ctx.call<Done>(`${commands}.done`, { job });
      this.told = true;
      this.busy = false;
      onDone(done);
    } catch (error) {
      this.refused(error);
    }
  }

  private refused(error: unknown): void {
    this.busy = false;
    this.options.onRefused(error);
  }
}
