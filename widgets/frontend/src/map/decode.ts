// Arrays that travel as base64 of little-endian numbers, unpacked.
import type { PackedPicture, Picture } from "./types.ts";

export function bytesOf(text: string): ArrayBuffer {
  const raw = atob(text);
  const bytes = new Uint8Array(raw.length);
  for (let at = 0; at < raw.length; at += 1) bytes[at] = raw.charCodeAt(at);
  return bytes.buffer;
}

export function pictureOf(packed: PackedPicture): Picture {
  const { grid, scale, ...rest } = packed;
  const counts = grid ? new Int32Array(bytesOf(grid.counts)) : null;
  return {
    ...rest,
    rows: new Int32Array(bytesOf(packed.rows)),
    x: Float32Array.from(new Int16Array(bytesOf(packed.x)), (value) => value / scale),
    y: Float32Array.from(new Int16Array(bytesOf(packed.y)), (value) => value / scale),
    groups: new Uint8Array(bytesOf(packed.groups)),
    grid: grid && counts ? { size: grid.size, counts, most: counts.reduce((most, n) => Math.max(most, n), 0) } : null,
  };
}

/** For each drawn point whether its row is among these (ascending) rows. */
export function chosenOf(rows: Int32Array, among: Int32Array): Uint8Array {
  const known = new Set(among);
  return Uint8Array.from(rows, (row) => (known.has(row) ? 1 : 0));
}
