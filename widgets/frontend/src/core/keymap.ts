// Which key does what, where a person chose other keys than ours.
import { originalOf } from "./i18n.ts";
import type { Shortcut } from "./keys.ts";

/** "browse/edit" -> the keys that person chose. */
export type Chosen = Record<string, string[]>;

let chosen: Chosen = {};

export function useKeys(map: Chosen): void {
  chosen = map;
}

export function chosenKeys(): Chosen {
  return chosen;
}

/** What a shortcut is called for ever, in any language: its id, else made from its English label. */
export function idOf(shortcut: Pick<Shortcut, "id" | "label">): string {
  return shortcut.id ?? slug(originalOf(shortcut.label));
}

function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");
}

/** The keys of answers come from their scheme and are changed there. */
export function isFixed(shortcut: Shortcut): boolean {
  return Boolean(shortcut.fixed) || originalOf(shortcut.group ?? "") === "Answers";
}

/** The keys that are in force for a shortcut of a page. */
export function keysOf(shortcut: Shortcut, scope: string): string[] {
  return (isFixed(shortcut) ? undefined : chosen[`${scope}/${idOf(shortcut)}`]) ?? shortcut.keys;
}

/** The page an element belongs to: a tab of the application, or a widget of its own. */
export function scopeOf(element: Element): string {
  const page = element.closest<HTMLElement>("[data-page]")?.dataset["page"];
  return page ?? element.closest<HTMLElement>("[data-workbench]")?.dataset["workbench"] ?? "";
}

/** The key to show on a control: `keyShown("browse", "edit", "e")`. */
export function keyShown(scope: string, id: string, ours: string): string {
  return chosen[`${scope}/${id}`]?.[0] ?? ours;
}

const SHOWN: Record<string, string> = {
  ArrowDown: "↓",
  ArrowUp: "↑",
  ArrowLeft: "←",
  ArrowRight: "→",
  Escape: "Esc",
  PageDown: "PgDn",
  PageUp: "PgUp",
  Enter: "⏎",
};

/** "Shift+ArrowDown" as it stands on a key cap: "⇧↓". */
export function capOf(name: string): string {
  if (name === "+") return name;
  const parts = name.split("+");
  const last = parts.pop() || "+";
  const marks = parts.filter(Boolean).map((part) => (part === "Shift" ? "⇧" : `${part}+`));
  return marks.join("") + (SHOWN[last] ?? last);
}

/** Every table of keys that is bound at this moment inside `root`, as the settings list them. */
export interface Bound {
  element: HTMLElement;
  shortcuts: () => Shortcut[];
}

const tables = new Set<Bound>();

export function announce(bound: Bound): () => void {
  tables.add(bound);
  return () => void tables.delete(bound);
}

export function tablesIn(root: HTMLElement): Bound[] {
  return [...tables].filter((bound) => root.contains(bound.element));
}
