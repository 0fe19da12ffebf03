// Finding a choice by typing a part of it.
import type { Choice } from "../core/nouns.ts";
import { pathWords } from "./answers.ts";

export interface Found {
  choice: Choice;
  path: string;
  depth: number;
}

/** Without text: the tree in its order. With text: every word must occur; beginnings of words rank before middles. */
export function filterChoices(choices: Choice[], text: string): Found[] {
  const all = choices.map((choice) => ({
    choice,
    path: pathWords(choices, choice.value),
    depth: choice.value.split("/").length - 1,
  }));
  const words = text
    .toLowerCase()
    .split(/[\s/›]+/)
    .filter(Boolean);
  if (words.length === 0) return all;
  return all
    .map((found) => ({
      found,
      score: scoreOf(`${found.path} ${found.choice.value}`.toLowerCase(), found.choice, words),
    }))
    .filter((item) => item.score > 0)
    .sort((a, b) => b.score - a.score)
    .map((item) => item.found);
}

function scoreOf(text: string, choice: Choice, words: string[]): number {
  let score = 0;
  for (const word of words) {
    const at = text.indexOf(word);
    if (at < 0) return 0;
    const own = (choice.label ?? choice.value).toLowerCase();
    score += own.startsWith(word) ? 4 : new RegExp(`(^|[\\s›/-])${escaped(word)}`).test(text) ? 2 : 1;
  }
  return score + 1 / (2 + choice.value.length);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
