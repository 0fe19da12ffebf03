// Two questions: one with choices below choices, one with a scale.
import type { Scheme } from "../src/core/nouns.ts";

export const domain: Scheme = {
  name: "domain",
  kind: "hierarchical",
  on: "sample",
  open: false,
  choices: [
    { value: "finance", label: "Finance" },
    { value: "finance/cards", label: "Cards" },
    { value: "health", label: "Health" },
    { value: "health/care", label: "Nursing and care" },
  ],
};
export const scale: Scheme = {
  name: "naturalness",
  kind: "ordinal",
  on: "both",
  open: false,
  choices: [1, 2, 3, 4, 5].map((point) => ({ value: String(point), key: String(point) })),
};
