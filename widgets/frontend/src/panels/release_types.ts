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

export interface Counted {
  count: number | null;
  problem?: { message: string; hint: string };
}

export interface Slice extends Counted {
  name: string;
  query?: string;
  title?: string;
  author?: string;
  builds: number;
  last: Build | null;
}

/** The first value is the usual one; yes and no make a box. */
export interface FormatOption {
  name: string;
  title: string;
  values: string[];
}

export interface Exporter {
  name: string;
  title: string;
  description: string;
  loses: string | string[];
  options?: FormatOption[];
}

export interface Start {
  slices: Slice[];
  exporters: Exporter[];
  out: string;
}

/** Samples that differ for the same kinds of reason (`flows.compare.Change.kinds`); `samples` names the first of them. */
export interface Group {
  kinds: string[];
  count: number;
  samples: string[];
  reasons: { words: string; count: number }[];
}

export type Part = "entered" | "left" | "changed";

export interface Comparison extends Record<Part, Group[]> {
  summary: string;
  counts: Record<Part, number>;
}

export interface FileStart {
  name: string;
  records: number;
  whole: boolean;
  /** Exactly how the file begins; absent for a file that is not text. */
  text?: string | null;
  table?: { columns?: string[]; rows?: string[][] } | null;
}

export interface Preview {
  format: string;
  files: FileStart[];
  notes: string[];
  card: string;
}

export interface Manifest {
  out: string;
  files: { name: string; bytes: number; sha256: string; records: number }[];
  counts: Record<string, number>;
  hash: string;
  notes: string[];
  card: string;
}
