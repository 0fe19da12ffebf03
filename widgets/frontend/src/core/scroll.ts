// Scrolling inside one pane. (scrollIntoView would move the notebook around the widget as well.)

/** Bring `element` into view of `pane` with the least movement, or to its middle. */
export function scrollTo(pane: HTMLElement, element: Element, where: "nearest" | "middle" = "nearest"): void {
  const frame = pane.getBoundingClientRect();
  const box = element.getBoundingClientRect();
  if (where === "middle") pane.scrollTop += box.top - frame.top - (frame.height - box.height) / 2;
  else if (box.top < frame.top) pane.scrollTop += box.top - frame.top - 8;
  else if (box.bottom > frame.bottom)
    pane.scrollTop += Math.min(box.top - frame.top - 8, box.bottom - frame.bottom + 8);
}
