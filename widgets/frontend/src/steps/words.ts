// What a step was, in words a person would use. The label comes from the workspace.
import { key, said, t, tn } from "../core/i18n.ts";
import { questionName } from "../text/names.ts";

export interface Step {
  id: number;
  author: string;
  at: number;
  label: string;
  samples: number;
  undone: boolean;
  undoable: boolean;
  why?: string;
}

const WHOLE: Record<string, string> = {
  edit: key("Edited a conversation"),
  archive: key("Put aside"),
  restore: key("Brought back"),
  note: key("Wrote a note"),
  drafts: key("Drafts came in"),
  "start workspace": key("Made this workspace"),
  "clear the map selection": key("Cleared the selection on the map"),
  "keep a preference pair": key("Kept a preference pair"),
  "remove a preference pair": key("Removed a preference pair"),
  "run interrupted": key("A run was interrupted"),
  "run done": key("A run was done"),
  "run failed": key("A run failed"),
  "run cancelled": key("A run was stopped"),
  "run running": key("A run went on"),
  "limit of a run": key("Changed the limit of a run"),
  "a turn of a conversation": key("A turn of a conversation came in"),
  "an answer of no use": key("An answer was of no use"),
  "rewind a conversation": key("Rewound a conversation"),
  "go on from an earlier version": key("Went on from an earlier version"),
  "repair draft": key("Repaired a draft"),
  "source of generated text": key("Added the source of generated text"),
  "add flags": key("Added the question for flags"),
  flag: key("Flagged a conversation"),
  "remove flag": key("Took a flag back"),
  "review queue": key("Began a review"),
  "put queue away": key("Put a review away"),
  skip: key("Skipped a question"),
  "answer again": key("Answered again"),
  settle: key("Settled a disagreement"),
  example: key("Changed the examples of an answer"),
};

const BEGINNINGS: [string, string][] = [
  ["select on the map ", key("Selected on the map: {what}")],
  ["tag ", key("Answered: {what}")],
  ["remove slice ", key("Removed the slice {what}")],
  ["remove ", key("Took an answer back: {what}")],
  ["scheme ", key("Changed the question: {what}")],
  ["change question ", key("Changed the question: {what}")],
  ["new question ", key("Added the question {what}")],
  ["suggest ", key("Suggested answers: {what}")],
  ["import ", key("Imported {what}")],
  ["document ", key("Added the document {what}")],
  ["source ", key("Corrected the source {what}")],
  ["slice ", key("Saved the slice {what}")],
  ["freeze ", key("Froze the slice {what}")],
  ["export ", key("Exported {what}")],
  ["generate ", key("Started the recipe {what}")],
  ["run ", key("A run: {what}")],
  ["clean ", key("Tidied up texts")],
  ["accept the best ", key("Accepted the best of several drafts")],
  ["the same change elsewhere: ", key("Made the same change elsewhere: {what}")],
  ["accept", key("Accepted drafts")],
  ["approve", key("Approved what was proposed")],
  ["reject", key("Rejected drafts")],
  ["rank ", key("Put drafts in order")],
];

/** What they are about is a question. */
const OF_QUESTIONS = new Set(["tag ", "remove ", "scheme ", "change question ", "suggest "]);

const REPLACED = /^replace “(.*)” with “(.*)”$/s;

export function stepWords(label: string): string {
  const replaced = REPLACED.exec(label);
  if (replaced) return t("Replaced “{find}” with “{by}”", { find: replaced[1]!, by: replaced[2]! });
  if (WHOLE[label]) return t(WHOLE[label]);
  const found = BEGINNINGS.find(([begins]) => label.startsWith(begins));
  if (!found) return said(label);
  const what = label.slice(found[0].length);
  return t(found[1], { what: OF_QUESTIONS.has(found[0]) ? questionName(what) : what });
}

/** How many conversations it touched; "" for none or one. */
export function howMany(samples: number): string {
  return samples > 1 ? tn("{n} conversation", "{n} conversations", samples) : "";
}

export type StepState = "done" | "undone" | "stays" | "gone" | "record";

/** `done` and `undone` can be turned over; `stays` was tried; `gone` was undone and something else done since. */
export function stateOf(step: Step): StepState {
  if (step.undoable) return step.undone ? "undone" : "done";
  if (step.why) return "stays";
  return step.undone ? "gone" : "record";
}

export function stateWords(step: Step): string {
  const words: Record<StepState, string> = {
    done: "",
    undone: t("taken back"),
    stays: step.undone ? t("stays undone") : t("stays"),
    gone: t("taken back for good"),
    record: t("cannot be taken back"),
  };
  return words[stateOf(step)];
}
