// A list of any length of which only the visible rows exist. It knows nothing of samples.
import { fill, h } from "../core/dom.ts";
import { clamp, geometry, reveal, windowAt, type Geometry } from "./geometry.ts";

export interface VirtualOptions {
  rowHeight: number;
  label: string;
  /** The element of row `at`; called again whenever `keyOf(at)` changes. */
  draw: (at: number) => HTMLElement;
  keyOf: (at: number) => unknown;
  /** The rows now in view, for prefetching. */
  onWindow: (first: number, last: number) => void;
}

const FALLBACK_HEIGHT = 600;

export class VirtualList {
  readonly element: HTMLElement;
  private readonly spacer = h("div", { class: "wb-list-spacer", role: "presentation" });
  private readonly layer = h("div", { class: "wb-list-layer", role: "presentation" });
  private readonly drawn = new Map<number, { key: unknown; element: HTMLElement }>();
  private readonly watcher: ResizeObserver | null;
  private g: Geometry;
  private offset = 0;
  private rowHeight: number;
  private frame = 0;
  private ours = -1;

  constructor(private readonly options: VirtualOptions) {
    this.element = h("div", { class: "wb-list", role: "listbox", tabindex: 0, "aria-label": options.label });
    this.element.append(this.spacer, this.layer);
    this.rowHeight = options.rowHeight;
    this.g = geometry(0, options.rowHeight, FALLBACK_HEIGHT);
    this.element.addEventListener("scroll", () => this.scrolled());
    this.element.addEventListener("wheel", (event) => this.wheeled(event), { passive: false });
    this.watcher = typeof ResizeObserver === "undefined" ? null : new ResizeObserver(() => this.resize(this.g.count));
    this.watcher?.observe(this.element);
  }

  /** There are now `count` rows. */
  resize(count: number): void {
    const viewport = this.element.clientHeight || FALLBACK_HEIGHT;
    this.g = geometry(count, this.rowHeight, viewport);
    this.spacer.style.height = `${this.g.spacer}px`;
    this.moveTo(this.offset);
  }

  /** Rows are now of this height; the first row in view stays the first. */
  setRowHeight(height: number): void {
    const first = this.offset / this.g.rowHeight;
    this.rowHeight = height;
    this.drawn.clear();
    fill(this.layer);
    this.offset = first * height;
    this.resize(this.g.count);
  }

  /** Draw again what changed. */
  refresh(): void {
    cancelAnimationFrame(this.frame);
    this.paint();
  }

  reveal(at: number): void {
    this.moveTo(reveal(this.g, this.offset, at));
  }

  /** Move by whole rows, keeping what is seen: rows were added or removed above. */
  shift(rows: number): void {
    this.moveTo(this.offset + rows * this.g.rowHeight);
  }

  toTop(): void {
    this.moveTo(0);
  }

  /** How many whole rows fit. */
  get page(): number {
    return Math.max(1, Math.floor(this.g.viewport / this.g.rowHeight) - 1);
  }

  close(): void {
    this.watcher?.disconnect();
    cancelAnimationFrame(this.frame);
  }

  private moveTo(offset: number): void {
    this.offset = clamp(offset, 0, this.g.end);
    this.ours = Math.round(this.offset / this.g.scale);
    this.element.scrollTop = this.ours;
    this.refresh();
  }

  private scrolled(): void {
    const top = this.element.scrollTop;
    if (Math.abs(top - this.ours) > 1) this.offset = clamp(top * this.g.scale, 0, this.g.end);
    this.ours = -1;
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.paint());
  }

  /** In a shortened list the wheel would jump over rows: move by real pixels instead. */
  private wheeled(event: WheelEvent): void {
    if (this.g.scale <= 1 || event.ctrlKey) return;
    event.preventDefault();
    this.moveTo(this.offset + (event.deltaMode === 1 ? event.deltaY * 20 : event.deltaY));
  }

  private paint(): void {
    const { first, last } = windowAt(this.g, this.offset);
    const top = this.g.scale > 1 ? this.element.scrollTop - this.offset : 0;
    for (const [at, item] of this.drawn) {
      if (at >= first && at < last && item.key === this.options.keyOf(at)) continue;
      item.element.remove();
      this.drawn.delete(at);
    }
    for (let at = first; at < last; at++) this.place(at, top);
    if (this.g.count === 0) fill(this.layer);
    this.options.onWindow(first, last);
  }

  private place(at: number, top: number): void {
    let item = this.drawn.get(at);
    if (!item) {
      item = { key: this.options.keyOf(at), element: this.options.draw(at) };
      item.element.style.height = `${this.g.rowHeight}px`;
      this.drawn.set(at, item);
      // In the order of the list, as screen readers read it: the row before was placed already, if it is drawn at all.
      const before = this.drawn.get(at - 1);
      if (before) before.element.after(item.element);
      else this.layer.prepend(item.element);
    }
    item.element.style.transform = `translateY(${top + at * this.g.rowHeight}px)`;
  }
}
