// A small window over the widget: keeps the focus inside, closes on Escape, gives the focus back: to what had it, or to
// what was around that where it was drawn anew meanwhile.
import { h, type Child } from "./dom.ts";
import { key } from "./i18n.ts";
import { bindKeys } from "./keys.ts";

export interface Overlay {
  element: HTMLElement;
  close(): void;
}

export function openOverlay(
  root: HTMLElement,
  label: string,
  content: Child[],
  onClose: () => void = () => {},
): Overlay {
  const before = focusableFrom(document.activeElement as HTMLElement | null, root);
  const sheet = h(
    "div",
    { class: "wb-sheet", role: "dialog", "aria-modal": "true", "aria-label": label, tabindex: -1 },
    ...content,
  );
  const element = h(
    "div",
    { class: "wb-overlay", on: { mousedown: (event) => event.target === element && close() } },
    sheet,
  );
  let open = true;
  const close = (): void => {
    if (!open) return;
    open = false;
    unbind();
    element.remove();
    before.find((one) => one.isConnected)?.focus({ preventScroll: true });
    onClose();
  };
  const unbind = bindKeys(element, () => [
    { keys: ["Escape"], label: key("Close"), inText: true, fixed: true, run: close },
    { keys: ["Tab", "Shift+Tab"], label: "", inText: true, fixed: true, run: (event) => turn(sheet, event.shiftKey) },
  ]);
  root.append(element);
  const first = sheet.querySelector<HTMLElement>("[data-first]") ?? sheet;
  first.focus({ preventScroll: true });
  return { element, close };
}

/** The element with the focus, and what around it, inside of `root`, can have the focus, the nearest first. */
function focusableFrom(at: HTMLElement | null, root: HTMLElement): HTMLElement[] {
  const found: HTMLElement[] = at ? [at] : [];
  for (let one = at?.parentElement; one && root.contains(one); one = one.parentElement) if (one.hasAttribute("tabindex")) found.push(one);
  return found;
}

function turn(sheet: HTMLElement, back: boolean): void {
  const stops = [...sheet.querySelectorAll<HTMLElement>("button, input, textarea, select, [tabindex='0']")].filter(
    (item) => !item.hasAttribute("disabled") && item.offsetParent !== null,
  );
  const at = stops.indexOf(document.activeElement as HTMLElement);
  const next = stops[(at + (back ? -1 : 1) + stops.length) % stops.length];
  next?.focus();
}

/** The widget's outermost element: where overlays belong. */
export function rootOf(element: HTMLElement): HTMLElement {
  return element.closest<HTMLElement>(".wb-root") ?? element;
}
