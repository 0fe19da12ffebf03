// Reading the runs and the undecided drafts again: when something changed, and now and then while a run is at work.
import type { Ctx } from "../core/ctx.ts";
import { throttled } from "../work/parts.ts";
import type { Look, Order } from "./generate_order.ts";
import type { Line, Run } from "./generate_types.ts";

export interface DraftsRead {
  drafts: Line[];
  /** Whether more wait than were read. */
  more: boolean;
  /** The order they stand in, and whether the other one can be chosen. */
  order: Order;
  look: Look;
}

export interface ReadingEvents {
  /** A decision is being saved: what is read meanwhile is old. */
  busy: () => boolean;
  onAsk: () => void;
  onRead: (found: DraftsRead) => void;
  onFailed: (error: unknown) => void;
}

const OFTEN = 400;
const CLOCK = 3000;

export class DraftReading {
  runs: Run[] = [];
  /** The run whose drafts are asked for; null for those of all. */
  run: string | null = null;
  /** A draft that was asked for by name: it is among those read however many there are. */
  wanted: string | null = null;
  /** The order that a person chose; the drafts stand in it where it is there. */
  order: Order = "run";
  private hidden = false;
  private readonly stops: (() => void)[];

  constructor(
    private readonly ctx: Ctx,
    private readonly on: ReadingEvents,
  ) {
    const look = throttled(() => !this.hidden && void this.refresh(), OFTEN);
    const clock = setInterval(() => this.running && look(), CLOCK);
    this.stops = [
      ctx.on("changed", look),
      ctx.on("hidden", () => void (this.hidden = true)),
      ctx.on("shown", () => ((this.hidden = false), look())),
      look.stop,
      () => clearInterval(clock),
    ];
  }

  /** Whether a run is at work. */
  get running(): boolean {
    return this.runs.some((run) => run.state === "running");
  }

  /** The run that was chosen, else the newest. */
  get chosen(): Run | undefined {
    return this.runs.find((run) => run.id === this.run) ?? this.runs[0];
  }

  /** Ask for the drafts of this run from now on, and for one of them by name. */
  of(run: string | null, wanted: string | null = null): void {
    this.run = run;
    this.wanted = wanted;
  }

  async refresh(): Promise<void> {
    this.on.onAsk();
    try {
      const [asked, order] = [this.run, this.order];
      const [runs, found] = await Promise.all([
        this.ctx.call<Run[]>("run.list"),
        this.ctx.call<DraftsRead>("draft.queue", { run: asked, id: this.wanted, order }),
      ]);
      if (asked !== this.run || order !== this.order || this.on.busy()) return;
      this.runs = runs;
      this.on.onRead(found);
    } catch (error) {
      this.on.onFailed(error);
    }
  }

  close(): void {
    this.stops.forEach((stop) => stop());
  }
}
