// The keys of the compare view, in one table.
import { t } from "../core/i18n.ts";
import type { Shortcut } from "../core/keys.ts";

export interface CompareActions {
  step(by: number): void;
  scroll(by: number): void;
  place(place: number | null): void;
  tie(): void;
  save(): void;
  best(): void;
  reject(): void;
  diff(): void;
  reveal(): void;
  go(by: number): void;
  open(): void;
  undo(): void;
  help(): void;
  close(): void;
}

export function compareKeys(act: CompareActions): Shortcut[] {
  const moving = t("Moving");
  const ordering = t("Putting in order");
  const deciding = t("Deciding");
  const fixed = true;
  return [
    { keys: ["ArrowRight", "j"], label: t("Candidate to the right"), group: moving, run: () => act.step(1) },
    { keys: ["ArrowLeft", "k"], label: t("Candidate to the left"), group: moving, run: () => act.step(-1) },
    { keys: ["ArrowDown"], label: t("Scroll down"), group: moving, fixed, run: () => act.scroll(90) },
    { keys: ["ArrowUp"], label: t("Scroll up"), group: moving, fixed, run: () => act.scroll(-90) },
    { keys: ["n"], label: t("Next request"), group: moving, run: () => act.go(1) },
    { keys: ["p"], label: t("Request before"), group: moving, run: () => act.go(-1) },
    ...Array.from({ length: 9 }, (_, at) => ({
      keys: at === 0 ? ["1", "9"] : [String(at + 1)],
      label: at === 0 ? t("1 to 9: the place of this candidate") : "",
      group: ordering,
      fixed,
      run: (event: KeyboardEvent) => act.place(Number(event.key)),
    })),
    { keys: ["="], label: t("The same place as the one before"), group: ordering, fixed, run: act.tie },
    { keys: ["0", "Backspace"], label: t("No place"), group: ordering, fixed, run: () => act.place(null) },
    { keys: ["Enter"], label: t("Save the order, next request"), group: ordering, fixed, run: (event) => (onButton(event) ? false : act.save()) },
    { keys: ["a"], label: t("Accept the best, reject the others"), group: deciding, run: act.best },
    { keys: ["x"], label: t("Reject with a reason"), group: deciding, run: act.reject },
    { keys: ["u"], label: t("Undo my last step"), group: deciding, run: act.undo },
    { keys: ["d"], label: t("Compare the others with this one, word by word"), group: t("Looking closer"), run: act.diff },
    { keys: ["v"], label: t("Say who wrote what"), group: t("Looking closer"), run: act.reveal },
    { keys: ["o"], label: t("Open this one in the queue"), group: t("Looking closer"), run: act.open },
    { keys: ["?"], label: t("These keys"), group: t("More"), run: act.help },
    { keys: ["Escape"], label: t("Back to the queue"), group: t("More"), fixed, run: act.close },
  ];
}

function onButton(event: Event): boolean {
  return event.target instanceof HTMLElement && event.target.matches("button, summary, a");
}
