// Changing keys: every page's keys in one list; press a line's button, then the key it should be.
import type { Ctx } from "../core/ctx.ts";
import { fill, h } from "../core/dom.ts";
import { t } from "../core/i18n.ts";
import { capOf, chosenKeys, idOf, isFixed, keysOf, scopeOf, tablesIn, useKeys, type Chosen } from "../core/keymap.ts";
import { JUPYTER_KEYS, keyName, type Shortcut } from "../core/keys.ts";
import { openOverlay, rootOf } from "../core/overlay.ts";

export interface PageName {
  scope: string;
  label: string;
  /** Loads the page, when it was not opened yet and so told no keys. */
  load?: (() => void) | undefined;
}

export interface Line {
  at: string;
  scope: string;
  shortcut: Shortcut;
}

/** Keys that stay what they are on every page: leaving, walking through controls, pressing them. */
const RESERVED = new Set([...JUPYTER_KEYS, "Escape", "Tab", "Shift+Tab", "Enter", "Space"]);
const MODIFIERS = new Set(["Shift", "Control", "Alt", "Meta", "CapsLock", "Dead", "Process", "AltGraph"]);

export function openKeys(ctx: Ctx, root: HTMLElement, pages: () => PageName[]): void {
  let known = linesOf(rootOf(root));
  let mine: Chosen = { ...chosenKeys() };
  let changed = false;
  const list = h("div", { class: "wb-keys-list" });
  const said = h("p", { class: "wb-help wb-keys-said", role: "status" });
  const apply = (next: Chosen): void => {
    mine = next;
    changed = true;
    useKeys(mine);
    ctx.trait.set("keymap", mine);
    ctx.remember("keys", mine);
    draw();
  };
  const draw = (): void => fill(list, ...pages().map((page) => pagePart(page)));
  const pagePart = (page: PageName): HTMLElement => {
    const lines = known.filter((line) => line.scope === page.scope && !isFixed(line.shortcut));
    if (page.load) return h("section", {}, h("h4", {}, page.label), loader(page.load));
    if (lines.length === 0) return h("span");
    return h("section", {}, h("h4", {}, page.label), ...lines.map(lineOf));
  };
  const loader = (load: () => void): HTMLElement => {
    const show = (): void => {
      load();
      known = linesOf(rootOf(root));
      draw();
    };
    return h("button", { class: "wb-button wb-button-small", on: { click: show } }, t("Show its keys"));
  };
  const lineOf = (line: Line): HTMLElement => {
    const button = h(
      "button",
      { class: "wb-button wb-button-small wb-key-button", on: { click: () => listen(line, button) } },
      ...keysOf(line.shortcut, line.scope)
        .slice(0, 2)
        .map((name) => h("kbd", {}, capOf(name))),
    );
    button.setAttribute("aria-label", t("Change the key of: {what}", { what: t(line.shortcut.label) }));
    button.dataset["key"] = line.at;
    const reset = h(
      "button",
      { class: "wb-icon-button", "aria-label": t("Back to our key"), title: t("Back to our key") },
      "↺",
    );
    reset.addEventListener("click", () => {
      const { [line.at]: _gone, ...rest } = mine;
      apply(rest);
      focusOn(line.at);
    });
    reset.style.visibility = line.at in mine ? "visible" : "hidden";
    return h("div", { class: "wb-help-line" }, button, h("span", { class: "wb-grow" }, t(line.shortcut.label)), reset);
  };
  const focusOn = (at: string): void => list.querySelector<HTMLElement>(`[data-key="${CSS.escape(at)}"]`)?.focus();
  const listen = (line: Line, button: HTMLElement): void => {
    fill(button, h("span", {}, t("Press a key")));
    fill(said, t("Press the new key for: {what}. Esc leaves it as it is.", { what: t(line.shortcut.label) }));
    const stop = (words: string): void => {
      button.removeEventListener("keydown", onKey, true);
      button.removeEventListener("blur", onBlur);
      fill(said, words);
    };
    const onBlur = (): void => (stop(""), draw());
    const onKey = (event: KeyboardEvent): void => {
      event.preventDefault();
      event.stopPropagation();
      if (MODIFIERS.has(event.key)) return;
      const name = keyName(event);
      if (name === "Escape") return stop(""), draw(), focusOn(line.at);
      const taken = RESERVED.has(name) ? t("a key of the browser or of JupyterLab") : takenBy(known, line, name);
      if (taken) return fill(said, t("{key} is taken: {what}. Press another key.", { key: capOf(name), what: taken }));
      stop(t("{what}: {key}", { what: t(line.shortcut.label), key: capOf(name) }));
      apply({ ...mine, [line.at]: [name] });
      focusOn(line.at);
    };
    button.addEventListener("keydown", onKey, true);
    button.addEventListener("blur", onBlur);
  };
  draw();
  const clear = h(
    "button",
    { class: "wb-button wb-button-small", on: { click: () => apply({}) } },
    t("All keys as they were"),
  );
  const head = h("div", { class: "wb-row" }, h("h3", { class: "wb-grow" }, t("Change keys")), clear);
  const sheet = openOverlay(rootOf(root), t("Change keys"), [head, said, list], () => changed && ctx.redraw());
  sheet.element.classList.add("wb-overlay-wide");
  fill(said, t("Press a key's button, then the key it should be. The keys of answers belong to their scheme."));
}

/** Every shortcut bound at this moment, each once. */
export function linesOf(root: HTMLElement): Line[] {
  const lines = new Map<string, Line>();
  for (const bound of tablesIn(root)) {
    const scope = scopeOf(bound.element);
    for (const shortcut of bound.shortcuts()) {
      const at = `${scope}/${idOf(shortcut)}`;
      if (shortcut.label && !lines.has(at)) lines.set(at, { at, scope, shortcut });
    }
  }
  return [...lines.values()];
}

/** What else that key does on the same page, or everywhere; null when it is free. */
export function takenBy(known: Line[], line: Line, name: string): string | null {
  const other = known.find(
    (item) =>
      item.at !== line.at &&
      (item.scope === line.scope || item.scope === "app" || line.scope === "app") &&
      keysOf(item.shortcut, item.scope).includes(name),
  );
  return other ? t(other.shortcut.label) : null;
}
