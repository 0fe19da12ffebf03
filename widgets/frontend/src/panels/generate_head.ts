// The place of the bar above the drafts: another bar is put there without taking the keys from where they are.
import { fill, h } from "../core/dom.ts";

export class DecideHead {
  readonly element = h("div", {});

  /**
   * Put a bar in the place of another one only. A button that was reached by Tab keeps the keys; of others `leave` says
   * where the keys go, unless the bar is that of an editor, which takes them itself.
   */
  draw(bar: HTMLElement, editing: boolean, leave: () => void): void {
    if (this.element.firstElementChild === bar) return;
    const had = this.element.contains(document.activeElement) ? document.activeElement : null;
    const byKey = had?.matches(":focus-visible");
    fill(this.element, bar);
    if (!had || editing) return;
    const again = byKey && [...bar.querySelectorAll("button")].find((one) => !one.disabled && nameOf(one) === nameOf(had));
    if (again) again.focus({ preventScroll: true });
    else leave();
  }
}

/** What a button of the bar is called, however often the bar is built. */
function nameOf(element: Element | null): string {
  return (element as HTMLElement | null)?.dataset["action"] ?? element?.getAttribute("aria-label") ?? "";
}
