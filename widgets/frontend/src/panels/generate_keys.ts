// The keys of the deciding side, in one table.
import { t } from "../core/i18n.ts";
import type { Shortcut } from "../core/keys.ts";

export interface DecideActions {
  move: (by: number) => void;
  accept: () => void;
  edit: () => void;
  reject: () => void;
  skip: () => void;
  undo: () => void;
  rank: (rank: number) => void;
  help: () => void;
  /** The candidates of one request side by side. */
  compare: () => void;
  /** Ask a model what it thinks of the drafts. */
  judge: () => void;
  /** The other order of the drafts, or why there is none. */
  order?: () => void;
  /** What the model was asked for the open draft. */
  asked: () => void;
  /** For a draft that can be run turn by turn: begin with that. */
  byTurns?: (() => void) | null;
  /** What was edited last fits other drafts: look at them. */
  same?: (() => void) | null;
  /** Put the keys into the table of runs. */
  runs?: () => void;
  /** What the chosen run gave, or the newest. */
  gave?: () => void;
}

/** These, where what is done to the draft that is shown is done only while `here`. */
export function whileHere(act: DecideActions, here: () => boolean): DecideActions {
  const only = <A extends unknown[]>(run: (...args: A) => void) => (...args: A): void => void (here() && run(...args));
  return {
    ...act,
    move: only(act.move), accept: only(act.accept), edit: only(act.edit), reject: only(act.reject), skip: only(act.skip), rank: only(act.rank),
    compare: only(act.compare), judge: only(act.judge), asked: only(act.asked),
    ...(act.byTurns ? { byTurns: only(act.byTurns) } : {}),
    ...(act.same ? { same: only(act.same) } : {}),
  };
}

export function decideKeys(act: DecideActions, live: Shortcut[] = []): Shortcut[] {
  const moving = t("Moving");
  const deciding = t("Deciding");
  return [
    { keys: ["j", "ArrowDown"], label: t("Next draft"), group: moving, run: () => act.move(1) },
    { keys: ["k", "ArrowUp"], label: t("Draft before"), group: moving, run: () => act.move(-1) },
    { keys: ["Space"], label: t("Skip for now"), group: moving, run: (event) => (onButton(event) ? false : act.skip()) },
    ...(act.order ? [{ keys: ["o"], label: t("Worth a look first, or as made"), group: moving, run: act.order }] : []),
    { keys: ["a"], label: t("Accept"), group: deciding, run: act.accept },
    ...(live.length > 0 ? live : [{ keys: ["e"], label: t("Edit, then accept"), group: deciding, run: act.edit }]),
    ...(act.byTurns && live.length === 0 ? [{ keys: ["t"], label: t("Turn by turn"), group: deciding, run: act.byTurns }] : []),
    { keys: ["x"], label: t("Reject with a reason"), group: deciding, run: act.reject },
    ...(act.same ? [{ keys: ["f"], label: t("The same change elsewhere"), group: deciding, run: act.same }] : []),
    { keys: ["u"], label: t("Undo my last step"), group: deciding, run: act.undo },
    { keys: ["m"], label: t("Ask a model about the drafts"), group: deciding, run: act.judge },
    { keys: ["w"], label: t("What the model was asked"), group: deciding, run: act.asked },
    { keys: ["c"], label: t("Compare the candidates side by side"), group: deciding, run: act.compare },
    ...Array.from({ length: 9 }, (_, at) => ({
      keys: at === 0 ? ["1", "9"] : [String(at + 1)],
      label: at === 0 ? t("1 to 9: rank among the candidates") : "",
      group: deciding,
      fixed: true,
      run: (event: KeyboardEvent) => act.rank(Number(event.key)),
    })),
    ...(act.runs ? [{ keys: ["Shift+R"], label: t("Go to the runs"), group: t("Runs"), run: act.runs }] : []),
    ...(act.gave ? [{ keys: ["y"], label: t("What the run gave"), group: t("Runs"), run: act.gave }] : []),
    { keys: ["?"], label: t("These keys"), group: t("More"), run: act.help },
  ];
}

/** A button that has the focus answers the space bar itself. */
function onButton(event: Event): boolean {
  return event.target instanceof HTMLElement && event.target.matches("button, summary, a");
}
