// The marks of the groups: each has a shape besides its colour.

export const SHAPES = ["circle", "square", "triangle", "diamond", "plus", "cross", "down", "ring", "dot", "open"] as const;
export type Shape = (typeof SHAPES)[number];

/** The shape of a place in the legend; the last two entries are the rest and those without an answer. */
export function shapeOf(place: number, groups: number): Shape {
  if (place === groups - 1) return "open";
  if (place === groups - 2) return "dot";
  return SHAPES[place % 8]!;
}

type Pen = Pick<CanvasRenderingContext2D, "beginPath" | "moveTo" | "lineTo" | "arc" | "rect" | "closePath" | "fill" | "stroke" | "fillStyle" | "strokeStyle" | "lineWidth">;

/** Draw a mark of radius `r` with its middle at (x, y). */
export function mark(pen: Pen, shape: Shape, x: number, y: number, r: number, colour: string, edge = ""): void {
  pen.fillStyle = colour;
  pen.strokeStyle = colour;
  pen.lineWidth = Math.max(1, r * 0.5);
  pen.beginPath();
  const corners = CORNERS[shape];
  if (corners) {
    corners.forEach(([dx, dy], at) => (at ? pen.lineTo(x + dx * r, y + dy * r) : pen.moveTo(x + dx * r, y + dy * r)));
    pen.closePath();
    pen.fill();
  } else if (shape === "plus" || shape === "cross") {
    for (const [dx, dy] of shape === "plus" ? [[1, 0], [0, 1]] as const : [[0.8, 0.8], [0.8, -0.8]] as const) {
      pen.moveTo(x - dx * r, y - dy * r);
      pen.lineTo(x + dx * r, y + dy * r);
    }
    pen.lineWidth = Math.max(1.4, r * 0.7);
    pen.stroke();
  } else {
    const open = shape === "ring" || shape === "open";
    pen.arc(x, y, (shape === "dot" ? 0.55 : open ? 0.8 : 1) * r, 0, 2 * Math.PI);
    if (open) pen.stroke();
    else pen.fill();
  }
  if (!edge) return;
  pen.strokeStyle = edge;
  pen.lineWidth = 1.2;
  pen.beginPath();
  pen.arc(x, y, r + 1.2, 0, 2 * Math.PI);
  pen.stroke();
}

const CORNERS: Partial<Record<Shape, readonly (readonly [number, number])[]>> = {
  square: [[-0.85, -0.85], [0.85, -0.85], [0.85, 0.85], [-0.85, 0.85]],
  triangle: [[0, -1.1], [1.05, 0.8], [-1.05, 0.8]],
  down: [[0, 1.1], [1.05, -0.8], [-1.05, -0.8]],
  diamond: [[0, -1.2], [1.2, 0], [0, 1.2], [-1.2, 0]],
};
