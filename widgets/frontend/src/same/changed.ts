// What was changed in a draft before anybody decided on it: by whom, by which rule, and what it said at first.
import { h } from "../core/dom.ts";
import { t } from "../core/i18n.ts";
import type { Draft } from "../panels/generate_types.ts";
import { placeView } from "../replace/rows.ts";
import type { Rule } from "../replace/types.ts";
import { wordDiff } from "../text/diff.ts";
import { diffView } from "../text/diffview.ts";
import { inWords } from "./sentence.ts";

/** A rule from a record in which empty fields are left out. */
export function wholeRule(rule: Partial<Rule>): Rule {
  return { find: "", by: "", at: "", roles: [], whole_words: false, match_case: false, regex: false, slots: false, once: false, ...rule };
}

export function changedBefore(draft: Draft): HTMLElement | null {
  const changes = draft.changes ?? [];
  if (changes.length === 0) return null;
  const old = new Map((draft.made ?? []).map((turn) => [turn.id, turn.content]));
  const changed = draft.turns.map((turn, at) => ({ turn, at, before: old.get(turn.id) ?? "" })).filter((item) => item.before !== item.turn.content);
  return h(
    "details",
    { class: "wb-same-changed" },
    h("summary", {}, t("Changed before it was decided on: as it was made")),
    h("ul", {}, ...changes.map((change) => h("li", {}, t("{who}: {what}", { who: change.author, what: inWords(wholeRule(change.rule)) })))),
    ...changed.map(({ turn, at, before }) => placeView(at + 1, turn.role, diffView(wordDiff(before, turn.content), true))),
  );
}
