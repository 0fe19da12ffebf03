// What Python answers to release.* and slice.* commands (widgets/_release.py). Empty fields are absent.

export interface Build {
  id: string;
  name: string;
  query: string;
  count: number;
  hash: string;
  author: string;
  at: number;
}

export interface Slice {
  name: string;
  query?: string;
  title?: string;
  author?: string;
  builds: number;
  last: Build | null;
  count: number | null;
  problem?: { message: string; hint: string };
}

export interface Exporter {
  name: string;
  title: string;
  description: string;
  loses: string | string[];
}

export interface Start {
  slices: Slice[];
  exporters: Exporter[];
  out: string;
}

export interface Comparison {
  summary: string;
  counts: { entered: number; left: number; changed: number };
  entered: Change[];
  left: Change[];
  changed: Change[];
}

export interface Change {
  sample: string;
  reason: string;
}

export interface Manifest {
  out: string;
  files: { name: string; bytes: number; sha256: string; records: number }[];
  counts: Record<string, number>;
  hash: string;
  notes: string[];
  card: string;
}
