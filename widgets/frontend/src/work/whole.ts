// What Python works out of a whole selection: at once, or by a job where that takes long. Such a job reads everything and
// cannot be stopped: what is asked for meanwhile waits for its end, and of several only the last one is asked for.
import type { Ctx } from "../core/ctx.ts";
import { followJob } from "./jobs.ts";

export interface WholeOptions<A, T> {
  /** The command that answers, or says which job will; and the one that gives what that job found. */
  ask: string;
  read: string;
  /** Whether both are for the same thing, so that the second waits for the first. */
  alike: (one: A, other: A) => boolean;
  inView: () => boolean;
  /** A job works on it. */
  slow: () => void;
  found: (what: T) => void;
  failed: (error: unknown) => void;
}

export interface Whole<A> {
  ask(args: A): void;
  /** Nothing is wanted any more; what comes is not shown. */
  drop(): void;
  close(): void;
}

export function whole<A extends Record<string, unknown>, T extends object>(ctx: Ctx, on: WholeOptions<A, T>): Whole<A> {
  let current: { args: A; next: A | null; dropped: boolean; stop: () => void } | null = null;

  const found = async (asked: NonNullable<typeof current>): Promise<T> => {
    const answer = await ctx.call<T | { job: string }>(on.ask, asked.args);
    if (!("job" in answer)) return answer;
    const { job } = answer;
    if (asked === current && !asked.dropped) on.slow();
    await new Promise<void>((end) => {
      if (asked === current) asked.stop = followJob(ctx, job, { end: () => end(), inView: on.inView });
    });
    return ctx.call<T>(on.read, { job });
  };

  const begin = async (args: A): Promise<void> => {
    current?.stop();
    const asked = { args, next: null as A | null, dropped: false, stop: () => {} };
    current = asked;
    let tell: () => void;
    try {
      const what = await found(asked);
      tell = () => on.found(what);
    } catch (error) {
      tell = () => on.failed(error);
    }
    if (asked !== current) return;
    current = null;
    if (asked.next) void begin(asked.next);
    else if (!asked.dropped) tell();
  };

  const drop = (): void => {
    if (current) Object.assign(current, { next: null, dropped: true });
  };
  return {
    ask: (args) => {
      if (current && on.alike(current.args, args)) current.next = args;
      else void begin(args);
    },
    drop,
    close: () => {
      current?.stop();
      current = null;
    },
  };
}
