// What Python answers to collect.* commands (widgets/_collect.py). Empty fields are absent.
import type { Source, Turn } from "../core/nouns.ts";

export interface Format {
  name: string;
  title: string;
}

export interface ImportRecord {
  id: string;
  source: string;
  file: string;
  format: string;
  author: string;
  at: number;
  read: number;
  imported: number;
  duplicates: number;
  quarantined: number;
  state?: string;
}

export interface Start {
  formats: Format[];
  sources: Source[];
  imports: ImportRecord[];
  places: { label: string; path: string }[];
  most_upload: number;
}

export interface Problem {
  row: number;
  line?: number;
  field?: string;
  found?: string;
  hint?: string;
  file?: string;
}

export interface Parsed {
  row: number;
  turns?: Turn[];
  record_id?: string;
  language?: string;
  title?: string;
}

export interface Preview {
  format: string;
  guesses?: { format: string; score: number; reason: string }[];
  samples?: Parsed[];
  problems?: Problem[];
  columns?: string[];
  mapping?: Record<string, string>;
  total_estimate?: number;
  license?: string;
}

export interface Previewed {
  path: string;
  name: string;
  preview: Preview;
}

export interface Report {
  import: string;
  read: number;
  imported: number;
  duplicates: number;
  quarantined: number;
  format: string;
  source: string;
  notes: string[];
  problems: Problem[];
}
