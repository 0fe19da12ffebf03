// What Python answers to quality.* commands (widgets/_quality.py).

export interface Example {
  sample?: string;
  severity: "info" | "warning" | "problem";
  message: string;
}

export interface Group {
  found: number;
  severities: { problem: number; warning: number; info: number };
  samples: number;
  ids: string[];
  examples: Example[];
}

export interface Agreement {
  scheme: string;
  authors: string[];
  units: number;
  percent: number | null;
  alpha: number | null;
  confusions: [string, string, number][];
  disputed: string[];
  disputed_count: number;
}

export interface Chart {
  name: string;
  figure: { data?: Record<string, unknown>[]; layout?: Record<string, unknown> };
  words: string;
}

export interface Report {
  query: string;
  count: number;
  summary: {
    samples: number;
    turns: number;
    languages?: Record<string, number>;
    synthetic: number;
    deepest: number;
    tagged?: Record<string, number>;
    authors?: string[];
    findings?: Record<string, number>;
  };
  figures: Chart[];
  checks: ({ check: string } & Group)[];
  personal: ({ kind: string; title: string } & Group)[];
  agreement: Agreement[];
}

export interface Duplicates {
  groups: number;
  extra: number;
  shown: { ids: string[]; title: string }[];
}
