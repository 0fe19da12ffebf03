// The rule that find and replace and "the same change elsewhere" have in common.

/** What to find and what to put there (clean.replacing.Rule). */
export interface Rule {
  find: string;
  by: string;
  at: "" | "start" | "end" | "whole";
  roles: string[];
  whole_words: boolean;
  match_case: boolean;
  regex: boolean;
  slots: boolean;
  once: boolean;
}

/** The commands that look for what a rule fits, and that change it: `replace.look`, `repeat.look` and so on. */
export type Commands = "replace" | "repeat";
