// The drawn point under the pointer, found by a grid over the map and not by looking at all of them.
import type { Picture } from "./types.ts";

const CELLS = 128;
const SPAN = 2.8;

export class Near {
  private readonly starts: Int32Array;
  private readonly order: Int32Array;

  constructor(private readonly picture: Picture) {
    const { x, y } = picture;
    const cells = Int32Array.from(x, (value, at) => cell(value) + CELLS * cell(y[at]!));
    this.starts = new Int32Array(CELLS * CELLS + 1);
    for (const place of cells) this.starts[place + 1]! += 1;
    for (let at = 1; at < this.starts.length; at += 1) this.starts[at]! += this.starts[at - 1]!;
    const next = this.starts.slice();
    this.order = new Int32Array(x.length);
    cells.forEach((place, at) => {
      this.order[next[place]!] = at;
      next[place]! += 1;
    });
  }

  /** The place of the nearest point not farther than `reach` (map units); -1 when there is none. */
  at(x: number, y: number, reach: number): number {
    let best = -1;
    let least = reach * reach;
    for (let row = cell(y - reach); row <= cell(y + reach); row += 1) {
      const first = this.starts[cell(x - reach) + CELLS * row]!;
      const last = this.starts[cell(x + reach) + CELLS * row + 1]!;
      for (let at = first; at < last; at += 1) {
        const point = this.order[at]!;
        const far = (this.picture.x[point]! - x) ** 2 + (this.picture.y[point]! - y) ** 2;
        if (far < least) [best, least] = [point, far];
      }
    }
    return best;
  }
}

function cell(value: number): number {
  return Math.max(0, Math.min(CELLS - 1, Math.floor((value / SPAN + 0.5) * CELLS)));
}
