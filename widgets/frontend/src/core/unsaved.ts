// What a person typed and did not save yet: found in any form of any page, so that no page has to tell of it.
//
// A field is known by where it stands and what it is called, not as an element: pages make their forms anew while
// somebody types. It counts as unsaved while it still shows what was typed, that differs from what stood there before,
// and no command that keeps things has carried it to Python.
import { isTextField } from "./keys.ts";

/** One thing that would be lost: where it is, and how it begins. */
export interface Unsaved {
  where: string;
  what: string;
  element: HTMLElement;
}

export interface Typing {
  unsaved(): Unsaved[];
  /** A command was answered: what it carried is not lost any more, if it is one that keeps things. */
  answered(name: string, args: Record<string, unknown>): void;
  close(): void;
}

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

interface Typed {
  before: string;
  now: string;
  element: Field;
}

/** Inside an element with this attribute, what is typed is kept elsewhere, or takes effect as it is typed. */
const KEPT = "[data-kept]";

/** Commands whose arguments are in the workspace afterwards. */
const KEEPS =
  /^(collect\.import|tag\..*|note\.add|scheme\.(add|save)|edit\.save|bulk\.give|generate\.run|draft\..*|model\.save|(browse|slice)\.save|release\.export|review\.(make|settle|example)|replace\.apply|approve\.(give|run)|live\.(play|rewind)|run\.resume|judge\.start|repeat\.apply)$/;

const MOST_SHOWN = 60;

/** For work that is more than typed text (a changed question, a chosen file): say so in words; "" when it is done. */
export function holdsWork(element: HTMLElement, words: string): void {
  if (words) element.dataset["unsaved"] = words;
  else delete element.dataset["unsaved"];
}

export function watchTyping(root: HTMLElement): Typing {
  const typed = new Map<string, Typed>();
  const begun = new WeakMap<Field, string>();
  const onFocus = (event: FocusEvent): void => {
    const field = fieldOf(event.target);
    if (field && !begun.has(field)) begun.set(field, field.value);
  };
  const onInput = (event: Event): void => {
    const field = fieldOf(event.target);
    if (!field) return;
    const key = keyOf(field);
    const known = typed.get(key);
    const goesOn = known && (known.element === field || begun.get(field) === known.now);
    typed.set(key, { before: goesOn ? known.before : (begun.get(field) ?? ""), now: field.value, element: field });
  };
  root.addEventListener("focusin", onFocus);
  root.addEventListener("input", onInput, true);
  root.addEventListener("change", onInput, true);
  const isUnsaved = (field: Field): boolean => {
    const known = typed.get(keyOf(field));
    return known !== undefined && field.value === known.now && known.now !== known.before;
  };
  return {
    unsaved() {
      const fields = [...root.querySelectorAll<HTMLElement>("input, textarea, select")].map(fieldOf).filter((field) => field !== null);
      return [...root.querySelectorAll<HTMLElement>("[data-unsaved]"), ...fields.filter(isUnsaved)].map((element) => ({ where: whereOf(element), what: whatOf(element), element }));
    },
    answered(name, args) {
      if (!KEEPS.test(name)) return;
      const carried = new Set(leavesOf(args));
      for (const [key, { now, element }] of typed) {
        if (!carried.has(now.trim())) continue;
        typed.delete(key);
        begun.set(element, now);
      }
    },
    close() {
      root.removeEventListener("focusin", onFocus);
      root.removeEventListener("input", onInput, true);
      root.removeEventListener("change", onInput, true);
    },
  };
}

function fieldOf(target: EventTarget | null): Field | null {
  if (!isTextField(target) || !("value" in (target as object))) return null;
  const field = target as Field;
  return field.type === "file" || field.closest(KEPT) ? null : field;
}

function keyOf(field: Field): string {
  const { field: name, part } = field.dataset;
  return [pageOf(field), field.closest("[role=dialog]")?.getAttribute("aria-label") ?? "", name ?? part ?? nameOf(field), field.tagName].join("\n");
}

function pageOf(element: HTMLElement): string {
  return element.closest("[data-page]")?.getAttribute("aria-label") ?? "";
}

/** What a field is called for people. */
function nameOf(field: Field): string {
  return field.getAttribute("aria-label") ?? field.labels?.[0]?.textContent ?? field.getAttribute("placeholder") ?? "";
}

function whereOf(element: HTMLElement): string {
  const dialog = element.closest("[role=dialog]")?.getAttribute("aria-label") ?? "";
  return [dialog || pageOf(element), "value" in element ? nameOf(element as Field) : ""].filter(Boolean).join(" · ");
}

function whatOf(element: HTMLElement): string {
  const words = element.dataset["unsaved"] ?? (element instanceof HTMLSelectElement ? (element.selectedOptions[0]?.textContent ?? "") : (element as Field).value);
  return words.length > MOST_SHOWN ? `${words.slice(0, MOST_SHOWN)}…` : words;
}

function leavesOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(leavesOf);
  if (value !== null && typeof value === "object") return Object.values(value).flatMap(leavesOf);
  return [String(value ?? "").trim()];
}
