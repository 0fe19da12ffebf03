// What a person decides is saved one after the other: while one is on its way no other begins.
import type { Ctx } from "../core/ctx.ts";

export class Saving {
  /** Something is being saved. */
  busy = false;

  /** `onTurn` hears that saving began (true) and that it ended (false). */
  constructor(
    private readonly ctx: Ctx,
    private readonly onTurn: (busy: boolean) => void = () => {},
  ) {}

  /** False when another one is on its way, or when this one failed, which is said. */
  async run(work: () => Promise<void>): Promise<boolean> {
    if (this.busy) return false;
    this.turn(true);
    try {
      await work();
      return true;
    } catch (error) {
      this.ctx.notice(error);
      return false;
    } finally {
      this.turn(false);
    }
  }

  private turn(busy: boolean): void {
    this.busy = busy;
    this.onTurn(busy);
  }
}
