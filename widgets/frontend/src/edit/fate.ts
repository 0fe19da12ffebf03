// What becomes of the answers and notes about turns that are deleted or merged, told before saving.
import { t, tn } from "../core/i18n.ts";
import type { Tag, Turn } from "../core/nouns.ts";

/** How many answers there are about each turn. */
export function answersByTurn(tags: Tag[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const tag of tags) if (tag.turn) found.set(tag.turn, (found.get(tag.turn) ?? 0) + 1);
  return found;
}

/** "" when no deleted turn has an answer. */
export function fateWords(removed: Turn[], answers: Map<string, number>): string {
  const count = removed.reduce((sum, turn) => sum + (answers.get(turn.id) ?? 0), 0);
  if (count === 0) return "";
  const what = tn("{n} answer is about a turn that goes.", "{n} answers are about turns that go.", count);
  return `${what} ${t("It stays in the history, is not shown any more, and comes back when you undo.")}`;
}
