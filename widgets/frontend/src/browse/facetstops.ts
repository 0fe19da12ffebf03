// One stop of the Tab key for all filters; the arrows walk among them.
import { scrollTo } from "../core/scroll.ts";

export class FacetStops {
  /** The filter that was used last. */
  private last = "";

  constructor(private readonly element: HTMLElement) {
    element.addEventListener("focusin", (event) => this.stopAt(event.target as HTMLElement));
  }

  /** To the filter that was used last. */
  focus(): void {
    this.go(this.buttons().find((item) => item.tabIndex === 0) ?? this.buttons()[0]);
  }

  /** The filter that has the keys, or had them last while something else in here has them; null when they are elsewhere. */
  get focused(): string | null {
    if (!this.element.contains(document.activeElement)) return null;
    return (document.activeElement as HTMLElement).dataset.facet ?? this.last;
  }

  /** After everything was drawn anew: the keys back to where they were. */
  drawn(focused: string | null): void {
    this.rove();
    if (focused === null) return;
    // What had the focus may be gone (a value that nothing has any more): the keys stay here all the same.
    const all = [...this.element.querySelectorAll<HTMLElement>("button[data-facet]")];
    (all.find((item) => item.dataset.facet === focused) ?? all[0])?.focus({ preventScroll: true });
  }

  walk(by: number): void {
    const buttons = this.buttons();
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    this.go(buttons[Math.max(0, Math.min(buttons.length - 1, at + by))]);
  }

  private buttons(): HTMLButtonElement[] {
    return [...this.element.querySelectorAll<HTMLButtonElement>("button[data-facet]:not(.wb-twig)")];
  }

  private rove(): void {
    const buttons = this.buttons();
    const at = buttons.findIndex((item) => item.dataset.facet === this.last);
    buttons.forEach((item, place) => (item.tabIndex = place === Math.max(0, at) ? 0 : -1));
    for (const twig of this.element.querySelectorAll<HTMLElement>(".wb-twig")) twig.tabIndex = -1;
  }

  private stopAt(target: HTMLElement): void {
    const facet = target.closest<HTMLElement>("button[data-facet]:not(.wb-twig)")?.dataset.facet;
    if (!facet) return;
    this.last = facet;
    this.rove();
  }

  private go(button: HTMLElement | undefined): void {
    button?.focus({ preventScroll: true });
    if (button) scrollTo(this.element, button);
  }
}
