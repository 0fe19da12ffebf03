// Draws a picture on a canvas: how many there are below, the points, and the regions' words.
import { inDigits } from "../core/i18n.ts";
import { colourOf, type Colours } from "./colours.ts";
import { mark, shapeOf } from "./shapes.ts";
import type { Picture, Point } from "./types.ts";
import { EDGE, toScreen, type Size, type View } from "./view.ts";

export interface Scene {
  picture: Picture;
  size: Size;
  view: View;
  colours: Colours;
  /** For each point 1 when it is selected; null when nothing is. */
  chosen: Uint8Array | null;
  /** Groups whose points are not drawn. */
  hidden: ReadonlySet<number>;
  /** Screen pixels to one pixel of the page. */
  density: number;
}

const SPRITE = 20;

export function paint(pen: CanvasRenderingContext2D, scene: Scene): void {
  const { size, density } = scene;
  pen.setTransform(density, 0, 0, density, 0, 0);
  pen.clearRect(0, 0, size.width, size.height);
  paintGrid(pen, scene);
  paintPoints(pen, scene);
  paintWords(pen, scene);
}

/** How large a point is: smaller when there are many, larger when one looks closely. */
export function radiusOf(scene: Pick<Scene, "picture" | "view" | "size">): number {
  const many = scene.picture.drawn;
  const base = many > 12_000 ? 1.7 : many > 3_000 ? 2.3 : many > 600 ? 3.2 : 4.6;
  const close = scene.view.scale / (Math.min(scene.size.width, scene.size.height) / (2 * EDGE));
  return Math.min(7, base * Math.max(0.8, Math.min(2, close ** 0.35)));
}

function paintGrid(pen: CanvasRenderingContext2D, scene: Scene): void {
  const { grid } = scene.picture;
  if (!grid || grid.most === 0) return;
  const step = (2 * EDGE) / grid.size;
  const side = step * scene.view.scale + 0.6;
  pen.fillStyle = scene.colours.quiet;
  grid.counts.forEach((count, at) => {
    if (!count) return;
    pen.globalAlpha = 0.04 + 0.26 * Math.sqrt(count / grid.most);
    const [px, py] = toScreen(scene.size, scene.view, -EDGE + (at % grid.size) * step, EDGE - Math.floor(at / grid.size) * step);
    pen.fillRect(px, py, side, side);
  });
  pen.globalAlpha = 1;
}

function paintPoints(pen: CanvasRenderingContext2D, scene: Scene): void {
  const { picture, size, view, chosen, hidden } = scene;
  const groups = picture.legend.length;
  const radius = radiusOf(scene);
  const sprites = picture.legend.map((_, group) => [sprite(scene, group, radius, false), sprite(scene, group, radius, true)] as const);
  const half = SPRITE / 2;
  const draw = (wanted: 0 | 1): void => {
    for (let at = 0; at < picture.rows.length; at += 1) {
      const on = chosen ? chosen[at]! : 0;
      const group = picture.groups[at]!;
      if (on !== wanted || hidden.has(group)) continue;
      const px = size.width / 2 + (picture.x[at]! - view.x) * view.scale;
      const py = size.height / 2 - (picture.y[at]! - view.y) * view.scale;
      if (px < -half || py < -half || px > size.width + half || py > size.height + half) continue;
      pen.drawImage(sprites[Math.min(group, groups - 1)]![on ? 1 : 0], px - half, py - half, SPRITE, SPRITE);
    }
  };
  pen.globalAlpha = chosen ? 0.3 : picture.drawn > 3_000 ? 0.75 : 0.9;
  draw(0);
  pen.globalAlpha = 1;
  if (chosen) draw(1);
}

/** Each mark is drawn once and copied: a canvas copies thousands of small pictures faster than it fills paths. */
function sprite(scene: Scene, group: number, radius: number, chosen: boolean): HTMLCanvasElement {
  const { density, colours, picture } = scene;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = Math.ceil(SPRITE * density);
  const pen = canvas.getContext("2d")!;
  pen.scale(density, density);
  const groups = picture.legend.length;
  mark(pen, shapeOf(group, groups), SPRITE / 2, SPRITE / 2, radius, colourOf(colours, group, groups), chosen ? colours.ink : "");
  return canvas;
}

/** The first words of each region at its middle, or its number in the list; largest first, what would overlap stays out. */
function paintWords(pen: CanvasRenderingContext2D, scene: Scene): void {
  const { picture, size, view, colours } = scene;
  pen.font = `600 12px ${colours.font}`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.lineJoin = "round";
  const taken: [Point, number][] = [];
  for (const region of picture.regions) {
    const words = region.words.slice(0, 2).join(" · ") || inDigits(region.number);
    if (!region.count) continue;
    const place = toScreen(size, view, region.x, region.y);
    const width = pen.measureText(words).width;
    if (taken.some(([other, wide]) => Math.abs(other[1] - place[1]) < 17 && Math.abs(other[0] - place[0]) < (wide + width) / 2 + 8)) continue;
    taken.push([place, width]);
    pen.strokeStyle = colours.ground;
    pen.lineWidth = 4;
    pen.globalAlpha = 0.85;
    pen.strokeText(words, ...place);
    pen.globalAlpha = 1;
    pen.fillStyle = colours.ink;
    pen.fillText(words, ...place);
  }
}
