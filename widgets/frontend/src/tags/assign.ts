// Which key gives which answer. Shown beside every choice, so that nobody has to remember.
import { CANNOT_SAY } from "./answers.ts";
import { key } from "../core/i18n.ts";
import type { Choice, Scheme } from "../core/nouns.ts";

/** Keys with a meaning of their own while browsing. */
export const TAKEN = new Set([..."jkeuhnxgi/?[]", "Space"]);

export interface KeyPlan {
  /** Key -> the answer it gives. */
  answers: Map<string, { scheme: string; value: string }>;
  /** Key -> the scheme whose chooser it opens. */
  choosers: Map<string, string>;
}

/** A scheme's own keys win where they are free; a scheme with choices that have none gets one key for its chooser. */
export function planKeys(schemes: Scheme[]): KeyPlan {
  const plan: KeyPlan = { answers: new Map(), choosers: new Map() };
  const free = (key: string): boolean => !TAKEN.has(key) && !plan.answers.has(key) && !plan.choosers.has(key);
  const listed = schemes.filter((scheme) => needsChooser(scheme));
  for (const scheme of listed) {
    const first = scheme.name[0]?.toLowerCase() ?? "";
    if (/^[a-z]$/.test(first) && free(first)) plan.choosers.set(first, scheme.name);
  }
  for (const scheme of schemes.filter((item) => !needsChooser(item))) {
    for (const choice of active(scheme)) {
      if (choice.key && free(choice.key)) plan.answers.set(choice.key, { scheme: scheme.name, value: choice.value });
    }
  }
  const placed = new Set([...plan.choosers.values(), ...[...plan.answers.values()].map((answer) => answer.scheme)]);
  for (const scheme of schemes.filter((item) => !placed.has(item.name))) {
    const key = [...scheme.name.toLowerCase(), ..."abcdefghijklmnopqrstuvwxyz"].find(
      (letter) => /^[a-z]$/.test(letter) && free(letter),
    );
    if (key) plan.choosers.set(key, scheme.name);
  }
  cannotSay(schemes, plan, free);
  return plan;
}

/** "0" says "cannot say" to the first scale, whose points are digits. Other questions have it as a button. */
function cannotSay(schemes: Scheme[], plan: KeyPlan, free: (key: string) => boolean): void {
  const scale = schemes.find((scheme) => scheme.kind === "ordinal" && !needsChooser(scheme));
  if (scale && free("0")) plan.answers.set("0", { scheme: scale.name, value: CANNOT_SAY });
}

export function active(scheme: Scheme): Choice[] {
  if (scheme.kind === "boolean" && !scheme.choices?.length)
    return [
      { value: "true", label: key("Yes") },
      { value: "false", label: key("No") },
    ];
  return (scheme.choices ?? []).filter((choice) => !choice.retired);
}

/** Too many choices for a row of buttons, or choices nobody gave keys to. */
export function needsChooser(scheme: Scheme): boolean {
  return (
    scheme.kind === "hierarchical" || scheme.kind === "text" || scheme.kind === "multi" || active(scheme).length > 9
  );
}

export function keyOf(plan: KeyPlan, scheme: string, value: string): string | undefined {
  for (const [key, answer] of plan.answers) if (answer.scheme === scheme && answer.value === value) return key;
  return undefined;
}

export function chooserKey(plan: KeyPlan, scheme: string): string | undefined {
  for (const [key, name] of plan.choosers) if (name === scheme) return key;
  return undefined;
}
