// The keys of approving, and the bar that shows them.
import { h } from "../core/dom.ts";
import { t } from "../core/i18n.ts";
import type { Shortcut } from "../core/keys.ts";
import { button, keyed, type ButtonOptions } from "../work/parts.ts";

export interface ApproveActions {
  move(by: number): void;
  approve(): void;
  edit(): void;
  reject(): void;
  all(): void;
  undo(): void;
  next(): void;
  help(): void;
}

export function approveKeys(act: ApproveActions): Shortcut[] {
  const moving = t("Moving");
  const deciding = t("Deciding");
  return [
    { keys: ["j", "ArrowDown"], label: t("Next item"), group: moving, run: () => act.move(1) },
    { keys: ["k", "ArrowUp"], label: t("Item before"), group: moving, run: () => act.move(-1) },
    { keys: ["a"], label: t("Approve"), group: deciding, run: act.approve },
    { keys: ["e"], label: t("Edit, then approve"), group: deciding, run: act.edit },
    { keys: ["x"], label: t("Reject with a reason"), group: deciding, run: act.reject },
    { keys: ["Shift+A"], label: t("Approve all shown"), group: deciding, run: act.all },
    { keys: ["u"], label: t("Undo my last step"), group: deciding, run: act.undo },
    { keys: ["g"], label: t("Start the next step"), group: t("More"), run: act.next },
    { keys: ["?"], label: t("These keys"), group: t("More"), run: act.help },
  ];
}

export function approveBar(title: string, open: boolean, act: ApproveActions): HTMLElement {
  const does = (text: string, name: string, run: () => void, options: ButtonOptions): HTMLElement =>
    button(keyed(text, name), run, { ...options, disabled: !open && options.name !== "undo" });
  return h(
    "header",
    { class: "wb-decide-head" },
    h("h2", { class: "wb-grow wb-clip" }, title),
    does(t("Approve"), "a", act.approve, { tone: "primary", name: "approve" }),
    does(t("Edit"), "e", act.edit, { name: "approve-edit", title: t("Edit, then approve") }),
    does(t("Reject"), "x", act.reject, { tone: "danger", name: "approve-reject" }),
    does(t("Approve all shown"), "⇧A", act.all, { name: "approve-all" }),
    does(t("Undo"), "u", act.undo, { tone: "quiet", name: "undo" }),
    h("button", { class: "wb-icon-button", "aria-label": t("All keys"), title: t("All keys (?)"), on: { click: act.help } }, "?"),
  );
}
