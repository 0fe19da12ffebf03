// The map's surface: two canvases (the picture below, what the hand draws above), and what is under the pointer.
import { h } from "../core/dom.ts";
import { t, tn } from "../core/i18n.ts";
import { coloursAt, type Colours } from "./colours.ts";
import { followPointer } from "./gestures.ts";
import { Near } from "./near.ts";
import { inside } from "./outline.ts";
import { paint, radiusOf, type Scene } from "./paint.ts";
import type { How, Picture, Point, Tool } from "./types.ts";
import { around, moved, toMap, toScreen, whole, zoomed, type Size, type View } from "./view.ts";

export interface StageEvents {
  /** An outline was drawn around points, in the map's units. */
  outlined(outline: Point[], how: How): void;
  /** A point was clicked: its place in the picture. */
  opened(at: number): void;
  /** The pointer is on a point, at these pixels; null: on none. */
  pointed(at: number | null, place: Point): void;
}

export class Stage {
  readonly element: HTMLElement;
  tool: Tool = "lasso";
  hidden = new Set<number>();
  private readonly base = h("canvas", { class: "wb-map-canvas", "aria-hidden": "true" });
  private readonly over = h("canvas", { class: "wb-map-canvas", "aria-hidden": "true" });
  private readonly watch: ResizeObserver;
  private readonly theme: MutationObserver;
  private readonly stop: () => void;
  private size: Size = { width: 0, height: 0 };
  private view: View = { x: 0, y: 0, scale: 1 };
  private picture: Picture | null = null;
  private near: Near | null = null;
  private chosen: Uint8Array | null = null;
  private colours: Colours | null = null;
  private path: Point[] = [];
  private pointed = -1;
  private waiting = 0;
  /** Milliseconds the last painting took, for whoever measures. */
  took = 0;

  constructor(private readonly events: StageEvents) {
    this.element = h("div", { class: "wb-map-stage", role: "application", tabindex: 0, data: { part: "map" } }, this.base, this.over);
    this.stop = followPointer(this.element, {
      tool: () => this.tool,
      drawn: (path) => ((this.path = path), this.paintOver()),
      done: (path, event) => this.finish(path, event.shiftKey ? "add" : event.altKey ? "remove" : "new"),
      move: (dx, dy) => this.look(moved(this.size, this.view, dx, dy)),
      zoom: (factor, x, y) => this.look(zoomed(this.size, this.view, factor, x, y)),
      point: (place) => this.pointAt(place),
      click: (place) => this.clickAt(place),
    });
    this.watch = new ResizeObserver(() => this.fit());
    this.watch.observe(this.element);
    this.theme = new MutationObserver(() => ((this.colours = null), this.later()));
    this.theme.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light", "data-jp-theme-name"] });
  }

  show(picture: Picture): void {
    const first = this.picture === null;
    this.picture = picture;
    this.near = new Near(picture);
    this.chosen = null;
    this.pointed = -1;
    this.element.setAttribute("aria-label", `${tn("Map of {n} conversation", "Map of {n} conversations", picture.placed)}. ${t("Arrow keys move it, plus and minus zoom. The regions beside it can be chosen by key.")}`);
    if (first) this.view = whole(this.size);
    this.later();
  }

  mark(chosen: Uint8Array | null): void {
    this.chosen = chosen;
    this.later();
  }

  hide(groups: Set<number>): void {
    this.hidden = groups;
    this.later();
  }

  zoom(factor: number): void {
    this.look(zoomed(this.size, this.view, factor));
  }

  move(dx: number, dy: number): void {
    this.look(moved(this.size, this.view, dx, dy));
  }

  all(): void {
    this.look(whole(this.size));
  }

  to(points: Point[]): void {
    this.look(around(this.size, points));
  }

  close(): void {
    this.stop();
    this.watch.disconnect();
    this.theme.disconnect();
    cancelAnimationFrame(this.waiting);
  }

  private look(view: View): void {
    this.view = view;
    this.later();
  }

  private fit(): void {
    const { clientWidth: width, clientHeight: height } = this.element;
    if (!width || !height) return;
    const was = this.size.width ? this.view.scale / whole(this.size).scale : 1;
    this.size = { width, height };
    this.view = { ...this.view, scale: whole(this.size).scale * was };
    const density = this.density();
    for (const canvas of [this.base, this.over]) {
      canvas.width = Math.round(width * density);
      canvas.height = Math.round(height * density);
    }
    this.draw();
  }

  private density(): number {
    return Math.min(2, window.devicePixelRatio || 1);
  }

  private later(): void {
    if (this.waiting) return;
    this.waiting = requestAnimationFrame(() => {
      this.waiting = 0;
      this.draw();
    });
  }

  private draw(): void {
    const pen = this.base.getContext("2d");
    if (!pen || !this.picture || !this.size.width) return;
    const begun = performance.now();
    paint(pen, this.scene(this.picture));
    this.took = performance.now() - begun;
    this.element.dataset["painted"] = String(this.picture.drawn);
    this.element.dataset["took"] = String(Math.round(this.took * 10) / 10);
    this.paintOver();
  }

  private scene(picture: Picture): Scene {
    this.colours ??= coloursAt(this.element);
    return { picture, size: this.size, view: this.view, colours: this.colours, chosen: this.chosen, hidden: this.hidden, density: this.density() };
  }

  private paintOver(): void {
    const pen = this.over.getContext("2d");
    if (!pen || !this.picture) return;
    const { accent, ink } = this.scene(this.picture).colours;
    const density = this.density();
    pen.setTransform(density, 0, 0, density, 0, 0);
    pen.clearRect(0, 0, this.size.width, this.size.height);
    pen.strokeStyle = ink;
    pen.lineWidth = 1.5;
    if (this.pointed >= 0) {
      pen.beginPath();
      pen.arc(...toScreen(this.size, this.view, this.picture.x[this.pointed]!, this.picture.y[this.pointed]!), radiusOf(this.scene(this.picture)) + 4, 0, 2 * Math.PI);
      pen.stroke();
    }
    if (this.path.length < 2) return;
    pen.beginPath();
    this.path.forEach(([x, y], at) => (at ? pen.lineTo(x, y) : pen.moveTo(x, y)));
    pen.closePath();
    pen.fillStyle = accent;
    pen.globalAlpha = 0.12;
    pen.fill();
    pen.globalAlpha = 1;
    pen.strokeStyle = accent;
    pen.setLineDash([5, 4]);
    pen.stroke();
    pen.setLineDash([]);
  }

  /** The points inside are marked at once; Python then says how many there are, those not drawn included. */
  private finish(path: Point[], how: How): void {
    if (!this.picture || path.length < 3) return;
    const outline = path.map(([x, y]) => toMap(this.size, this.view, x, y));
    const { x, y } = this.picture;
    const before = how === "new" ? null : this.chosen;
    this.mark(Uint8Array.from(x, (value, at) => {
      const here = inside(outline, value, y[at]!);
      if (how === "remove") return before?.[at] && !here ? 1 : 0;
      return here || before?.[at] ? 1 : 0;
    }));
    this.events.outlined(outline, how);
  }

  private under(place: Point): number {
    const [x, y] = toMap(this.size, this.view, ...place);
    const found = this.near?.at(x, y, 9 / this.view.scale) ?? -1;
    return found >= 0 && this.hidden.has(this.picture!.groups[found]!) ? -1 : found;
  }

  private pointAt(place: Point | null): void {
    const found = place ? this.under(place) : -1;
    if (found === this.pointed) return;
    this.pointed = found;
    this.element.classList.toggle("wb-map-on-point", found >= 0);
    this.paintOver();
    const pixel = this.picture && found >= 0 ? toScreen(this.size, this.view, this.picture.x[found]!, this.picture.y[found]!) : ([0, 0] as Point);
    this.events.pointed(found >= 0 ? found : null, pixel);
  }

  private clickAt(place: Point): void {
    const found = this.under(place);
    if (found >= 0) this.events.opened(found);
  }
}
