// The word diff of one turn while it is typed: at once for a short text, a moment after the last key for a long one.
import { fill, h } from "../core/dom.ts";
import { wordDiff } from "../text/diff.ts";
import { diffView } from "../text/diffview.ts";

const SHORT = 20_000;
const WAIT_MS = 250;

export class LiveDiff {
  readonly element = h("div", { class: "wb-turn-diff" });
  private shown = "";
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** Show what changed from `before` to `now`; nothing when there is nothing to compare with, or no difference. */
  update(before: string | null, now: string): void {
    clearTimeout(this.timer);
    if (before === null || before === now) {
      this.shown = "";
      fill(this.element);
      return;
    }
    const draw = (): void => this.draw(before, now);
    if (before.length + now.length < SHORT) draw();
    else this.timer = setTimeout(draw, WAIT_MS);
  }

  close(): void {
    clearTimeout(this.timer);
  }

  private draw(before: string, now: string): void {
    const key = `${before.length}\n${before}\n${now}`;
    if (key === this.shown) return;
    this.shown = key;
    fill(this.element, diffView(wordDiff(before, now), true));
  }
}
