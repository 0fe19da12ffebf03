// What Python answers to map.* commands (widgets/_map.py), and the same unpacked.

export interface Legend {
  label: string;
  count: number;
  term: string;
  kind: "value" | "rest" | "none";
}

export interface RegionInfo {
  number: number;
  words: string[];
  x: number;
  y: number;
  count: number;
  /** Of a region without words: what the conversation in its middle is called. */
  example: string;
}

export interface PackedPicture {
  query: string;
  total: number;
  placed: number;
  drawn: number;
  /** Which picture this is: after another layout, regions and places are others. */
  layout: number;
  scale: number;
  rows: string;
  x: string;
  y: string;
  groups: string;
  field: string;
  title: string;
  legend: Legend[];
  regions: RegionInfo[];
  grid: { size: number; counts: string } | null;
}

/** Positions are in the map's own units: mostly -1 to 1, y upwards. */
export interface Picture extends Omit<PackedPicture, "rows" | "x" | "y" | "groups" | "grid" | "scale"> {
  rows: Int32Array;
  x: Float32Array;
  y: Float32Array;
  groups: Uint8Array;
  grid: { size: number; counts: Int32Array; most: number } | null;
}

export interface Selection {
  query: string;
  count: number;
  found: number;
  newer: number;
  at: number;
  told: string;
  rows: string;
}

export interface Start {
  ready: boolean;
  fields: { field: string; label: string }[];
  selection: Selection | null;
}

export type Point = [number, number];
export type Tool = "lasso" | "box" | "move";
export type How = "new" | "add" | "remove";
