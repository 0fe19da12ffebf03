// A control that is switched off or taken away while it has the focus leaves it to the document, where keys are lost.

/** Keys pressed while nothing has the focus, and the last thing that had it was inside `root`, go to `home()`. */
export function findLostKeys(root: HTMLElement, home: () => HTMLElement | null): () => void {
  const { ownerDocument: page } = root;
  let inside = root.contains(page.activeElement);
  const note = (event: FocusEvent): void => {
    inside = root.contains(event.target as Node);
  };
  const find = (event: KeyboardEvent): void => {
    if (!inside || event.target !== page.body) return;
    const again = new KeyboardEvent("keydown", { key: event.key, code: event.code, ctrlKey: event.ctrlKey, metaKey: event.metaKey, altKey: event.altKey, shiftKey: event.shiftKey, repeat: event.repeat, bubbles: true, cancelable: true });
    home()?.dispatchEvent(again);
    if (!again.defaultPrevented) return;
    event.preventDefault();
    event.stopPropagation();
  };
  page.addEventListener("focusin", note);
  page.addEventListener("keydown", find, true);
  return () => {
    page.removeEventListener("focusin", note);
    page.removeEventListener("keydown", find, true);
  };
}
