// The keys of the deciding side, in one table.
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
}

export function decideKeys(act: DecideActions): Shortcut[] {
  const moving = "Moving";
  const deciding = "Deciding";
  return [
    { keys: ["j", "ArrowDown"], label: "Next draft", group: moving, run: () => act.move(1) },
    { keys: ["k", "ArrowUp"], label: "Draft before", group: moving, run: () => act.move(-1) },
    { keys: ["Space"], label: "Skip for now", group: moving, run: (event) => (onButton(event) ? false : act.skip()) },
    { keys: ["a"], label: "Accept", group: deciding, run: act.accept },
    { keys: ["e"], label: "Edit, then accept", group: deciding, run: act.edit },
    { keys: ["x"], label: "Reject with a reason", group: deciding, run: act.reject },
    { keys: ["u"], label: "Undo my last step", group: deciding, run: act.undo },
    ...Array.from({ length: 9 }, (_, at) => ({
      keys: at === 0 ? ["1", "9"] : [String(at + 1)],
      label: at === 0 ? "1 to 9: rank among the candidates" : "",
      group: deciding,
      run: (event: KeyboardEvent) => act.rank(Number(event.key)),
    })),
    { keys: ["?"], label: "These keys", group: "More", run: act.help },
  ];
}

/** A button that has the focus answers the space bar itself. */
function onButton(event: Event): boolean {
  return event.target instanceof HTMLElement && event.target.matches("button, summary, a");
}
