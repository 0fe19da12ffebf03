// One table of shortcuts per widget: what it does, and what `?` shows.
import { KEEP_KEYS } from "./dom.ts";
import { announce, keysOf, scopeOf } from "./keymap.ts";

export interface Shortcut {
  /** As written by `keyName`: "j", "Shift+U", "Escape", "?", "Ctrl+Enter". */
  keys: string[];
  label: string;
  run: (event: KeyboardEvent) => void | boolean;
  /** Also while a text field has the focus. */
  inText?: boolean;
  group?: string;
  /** What the settings keep another key under; without one it is made from the label. */
  id?: string;
  /** The key comes from elsewhere (a scheme's choices, a dialog's Escape) and is not changed in the settings. */
  fixed?: boolean;
}

/** The one spelling of a key press. Printable characters stand for themselves; letters carry Shift by name. */
export function keyName(event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">): string {
  const letter = /^\p{L}$/u.test(event.key);
  const key = letter ? event.key.toLowerCase() : event.key === " " ? "Space" : event.key;
  const named = key.length > 1;
  const parts = [];
  if (event.ctrlKey || event.metaKey) parts.push("Ctrl");
  if (event.altKey) parts.push("Alt");
  if (event.shiftKey && (letter || named)) parts.push("Shift");
  parts.push(letter && event.shiftKey ? key.toUpperCase() : key);
  return parts.join("+");
}

export function isTextField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable)
    return true;
  return target instanceof HTMLInputElement && !["checkbox", "radio", "button", "range"].includes(target.type);
}

/** JupyterLab's own shortcuts that keep working while the focus is in here: save, palette, side bar. */
export const JUPYTER_KEYS = new Set(["Ctrl+s", "Ctrl+Shift+S", "Ctrl+Shift+C", "Ctrl+b"]);

/**
 * Handle keys pressed inside `root`. Handled keys go no further; a run returning false leaves the key alone.
 * Other keys stay with the browser: every focusable element carries the attribute that keeps JupyterLab away.
 */
export function bindKeys(root: HTMLElement, shortcuts: () => Shortcut[]): () => void {
  const onKey = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return;
    const name = keyName(event);
    const text = isTextField(event.target);
    const scope = scopeOf(root);
    for (const shortcut of shortcuts()) {
      if (!keysOf(shortcut, scope).includes(name) || (text && !shortcut.inText)) continue;
      if (shortcut.run(event) === false) continue;
      event.preventDefault();
      event.stopPropagation();
      return;
    }
  };
  root.addEventListener("keydown", onKey);
  const withdraw = announce({ element: root, shortcuts });
  return () => {
    withdraw();
    root.removeEventListener("keydown", onKey);
  };
}

/** At a widget's outermost element: JupyterLab's own few keys pass, all others end here. */
export function guardKeys(root: HTMLElement): () => void {
  const before = (event: KeyboardEvent): void => {
    const target = event.target as HTMLElement;
    if (!JUPYTER_KEYS.has(keyName(event)) || !target.hasAttribute(KEEP_KEYS)) return;
    target.removeAttribute(KEEP_KEYS);
    setTimeout(() => target.setAttribute(KEEP_KEYS, "true"));
  };
  const after = (event: KeyboardEvent): void => {
    if (!JUPYTER_KEYS.has(keyName(event))) event.stopPropagation();
  };
  root.addEventListener("keydown", before, true);
  root.addEventListener("keydown", after);
  return () => {
    root.removeEventListener("keydown", before, true);
    root.removeEventListener("keydown", after);
  };
}
