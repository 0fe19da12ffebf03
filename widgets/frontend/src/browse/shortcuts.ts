// The keys of the browse page, in one table.
import { labelled, said, t } from "../core/i18n.ts";
import type { Shortcut } from "../core/keys.ts";
import type { Scheme } from "../core/nouns.ts";
import { CANNOT_SAY, typed } from "../tags/answers.ts";
import type { KeyPlan } from "../tags/assign.ts";
import type { TagValue } from "../core/nouns.ts";

export interface BrowseActions {
  move: (by: number) => void;
  page: (by: number) => void;
  first: () => void;
  last: () => void;
  search: () => void;
  edit: () => void;
  undo: () => void;
  redo: () => void;
  steps: () => void;
  replace: () => void;
  same: () => void;
  unsaved: () => void;
  note: () => void;
  history: () => void;
  mark: () => void;
  markTo: () => void;
  markEverything: () => void;
  flag: () => void;
  alike: () => void;
  copy: () => void;
  density: () => void;
  filters: () => void;
  archive: () => void;
  answerAll: () => void;
  editQuestions: () => void;
  turn: (by: number) => void;
  leave: () => void;
  help: () => void;
  scroll: (share: number) => void;
  answer: (scheme: Scheme, value: TagValue) => void;
  choose: (scheme: Scheme) => void;
  /** Answers whether there was a suggestion to take. */
  suggestion: () => boolean;
}

export function browseKeys(actions: BrowseActions, plan: KeyPlan, schemes: Scheme[]): Shortcut[] {
  const named = new Map(schemes.map((scheme) => [scheme.name, scheme]));
  const moving = t("Moving");
  const working = t("Working");
  return [
    { keys: ["j", "ArrowDown"], label: t("Next conversation"), group: moving, run: () => actions.move(1) },
    { keys: ["k", "ArrowUp"], label: t("Conversation before"), group: moving, run: () => actions.move(-1) },
    { keys: ["PageDown"], label: t("A screen down"), group: moving, run: () => actions.page(1) },
    { keys: ["PageUp"], label: t("A screen up"), group: moving, run: () => actions.page(-1) },
    { keys: ["g", "Home"], label: t("First"), group: moving, run: actions.first },
    { keys: ["Shift+G", "End"], label: t("Last"), group: moving, run: actions.last },
    { keys: ["Shift+J", "]"], label: t("Next turn"), group: moving, run: () => actions.turn(1) },
    { keys: ["Shift+K", "["], label: t("Turn before"), group: moving, run: () => actions.turn(-1) },
    {
      keys: ["Space"],
      label: t("Scroll the conversation"),
      group: moving,
      run: (event) => (onButton(event) ? false : actions.scroll(0.8)),
    },
    { keys: ["/"], label: t("Search"), group: moving, run: actions.search },
    { keys: ["Shift+N"], label: t("Narrow: to the filters"), group: moving, run: actions.filters },
    { keys: ["Shift+D"], label: t("Compact rows"), group: moving, run: actions.density },
    { keys: ["e"], label: t("Edit"), group: working, run: actions.edit },
    { keys: ["u"], label: t("Undo my last step"), group: working, run: actions.undo },
    { keys: ["Shift+U"], label: t("Redo"), group: working, run: actions.redo },
    { keys: ["Shift+H"], label: t("What I did: undo list"), group: working, run: actions.steps },
    { keys: ["Shift+R"], label: t("Find and replace"), group: working, run: actions.replace },
    { keys: ["Shift+S"], label: t("The same change elsewhere"), group: working, run: actions.same },
    { keys: ["Shift+E"], label: t("Go on with an unsaved text"), group: working, run: actions.unsaved },
    { keys: ["n"], label: t("Add a note"), group: working, run: actions.note },
    { keys: ["h"], label: t("History"), group: working, run: actions.history },
    { keys: ["x"], label: t("Mark for a common answer"), group: working, run: actions.mark },
    { keys: ["Shift+A"], label: t("One answer for all found, or all marked"), group: working, run: actions.answerAll },
    { keys: ["Shift+Q"], label: t("Edit the questions"), group: working, run: actions.editQuestions },
    { keys: ["Shift+X"], label: t("Mark from the last mark to here"), group: working, run: actions.markTo },
    { keys: ["Ctrl+a"], label: t("Mark everything found"), group: working, run: actions.markEverything },
    { keys: ["Shift+F"], label: t("Flag for a second look"), group: working, run: actions.flag },
    { keys: ["Shift+L"], label: t("Conversations like this one"), group: working, run: actions.alike },
    { keys: ["Shift+C"], label: t("Copy"), group: working, run: actions.copy },
    { keys: ["#"], label: t("Put aside (archive)"), group: working, run: actions.archive },
    { keys: ["Escape"], label: t("Leave, unmark"), group: working, run: actions.leave },
    { keys: ["?"], label: t("These keys"), group: working, run: actions.help },
    {
      keys: ["Enter"],
      id: "take-the-suggestion",
      label: t("Take the suggestion"),
      group: t("Answers"),
      run: (event) => (pressed(event) ? false : actions.suggestion()),
    },
    ...[...plan.choosers].flatMap(([key, name]) => {
      const scheme = named.get(name);
      return scheme
        ? [
            {
              keys: [key],
              label: t("{question}: choose", { question: said(scheme.title || name) }),
              group: t("Answers"),
              run: () => actions.choose(scheme),
            },
          ]
        : [];
    }),
    ...[...plan.answers].flatMap(([key, { scheme: name, value }]) => {
      const scheme = named.get(name);
      if (!scheme) return [];
      const label = scheme.choices?.find((choice) => choice.value === value)?.label || value;
      return [
        {
          keys: [key],
          label: labelled(said(scheme.title || name), value === CANNOT_SAY ? t("Cannot say") : said(label)),
          group: t("Answers"),
          run: () => actions.answer(scheme, typed(scheme, value)),
        },
      ];
    }),
  ];
}

/** Enter presses what has the focus and can be pressed, and does nothing else. */
function pressed(event: KeyboardEvent): boolean {
  return ["BUTTON", "SUMMARY", "A", "INPUT"].includes((event.target as HTMLElement).tagName);
}

/** Space presses a focused button, and does nothing else. */
function onButton(event: KeyboardEvent): boolean {
  return (event.target as HTMLElement).tagName === "BUTTON";
}
