// The keys of a review, in one table.
import { t } from "../core/i18n.ts";
import type { Shortcut } from "../core/keys.ts";
import { offerKeys, offerOf, type Offer } from "./choices.ts";

export interface RoomActions {
  offers: () => Offer[];
  answer: (offer: Offer) => void;
  unsure: () => void;
  enter: () => void;
  find: () => void;
  next: () => void;
  back: () => void;
  later: () => void;
  undo: () => void;
  redo: () => void;
  question: (by: number) => void;
  turn: (by: number) => void;
  /** This turn is asked about; null: none of its own. */
  pick: (turn: string | null) => void;
  scroll: (share: number) => void;
  note: () => void;
  example: () => void;
  examples: () => void;
  auto: () => void;
  browse: () => void;
  leave: () => void;
  help: () => void;
}

export function roomKeys(actions: RoomActions): Shortcut[] {
  const answers = t("Answers");
  const moving = t("Moving");
  const working = t("Working");
  const list = actions.offers();
  return [
    ...offerKeys(list).flatMap((name) => {
      const offer = offerOf(list, name);
      return offer
        ? [{ keys: [name], label: name === offer.key ? offer.words : "", group: answers, run: () => actions.answer(offer) }]
        : [];
    }),
    { keys: ["0"], label: t("Cannot say"), group: answers, run: actions.unsure },
    { keys: ["/"], label: t("Type to find an answer"), group: answers, run: actions.find },
    {
      keys: ["Enter"],
      label: t("Take the suggestion, or go on"),
      group: answers,
      run: (event) => (onButton(event) ? false : actions.enter()),
    },
    { keys: ["j", "ArrowDown"], label: t("Next one"), group: moving, run: actions.next },
    { keys: ["k", "ArrowUp"], label: t("Back"), group: moving, run: actions.back },
    { keys: ["s"], label: t("Later: put it behind the others"), group: moving, run: actions.later },
    { keys: ["ArrowRight"], label: t("Next question"), group: moving, run: () => actions.question(1) },
    { keys: ["ArrowLeft"], label: t("Question before"), group: moving, run: () => actions.question(-1) },
    { keys: ["]", "Shift+J"], label: t("Next turn"), group: moving, run: () => actions.turn(1) },
    { keys: ["[", "Shift+K"], label: t("Turn before"), group: moving, run: () => actions.turn(-1) },
    {
      keys: ["Space"],
      label: t("Scroll the conversation"),
      group: moving,
      run: (event) => (onButton(event) ? false : actions.scroll(0.8)),
    },
    { keys: ["Shift+Space"], label: "", group: moving, run: () => actions.scroll(-0.8) },
    { keys: ["u"], label: t("Undo my last answer"), group: working, run: actions.undo },
    { keys: ["Shift+U"], label: t("Redo"), group: working, run: actions.redo },
    { keys: ["n"], label: t("Add a note"), group: working, run: actions.note },
    { keys: ["x"], label: t("Use as an example"), group: working, run: actions.example },
    { keys: ["v"], label: t("See all examples"), group: working, run: actions.examples },
    { keys: ["a"], label: t("Go on by itself, or wait"), group: working, run: actions.auto },
    { keys: ["b"], label: t("Open in Browse"), group: working, run: actions.browse },
    { keys: ["Escape"], label: t("Leave the turn, then the queue"), group: working, run: actions.leave },
    { keys: ["?"], label: t("These keys"), group: working, run: actions.help },
  ];
}

/** Space and Enter press a focused button, and do nothing else. */
function onButton(event: KeyboardEvent): boolean {
  return (event.target as HTMLElement).tagName === "BUTTON";
}
