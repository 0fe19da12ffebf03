// A control that is drawn anew while the pointer presses it never hears of the click: the browser gives a click only to
// what was there at both ends of the press. What is read again in the meantime must not cost a person their press.

const CONTROLS = "button, summary, a, label, input, [role=option], [role=row]";
/** On what is about one thing: which one. A press is passed on inside such a place only, and never to another thing. */
const ABOUT = "about";
/** Pixels that a hand moves while it presses. */
const STILL = 4;

interface Pressed {
  element: HTMLElement;
  name: string;
  x: number;
  y: number;
}

/** A press whose control was drawn anew before it ended goes to the same control as it stands there now. */
export function findLostClicks(root: HTMLElement): () => void {
  let pressed: Pressed | null = null;
  const down = (event: MouseEvent): void => {
    const element = event.button === 0 ? controlAt(event.target) : null;
    const name = element && nameOf(element, root);
    pressed = element && name ? { element, name, x: event.clientX, y: event.clientY } : null;
  };
  const up = (event: MouseEvent): void => {
    const was = pressed;
    if (event.button !== 0) return;
    pressed = null;
    if (!was || was.element.isConnected || Math.hypot(event.clientX - was.x, event.clientY - was.y) > STILL) return;
    const now = controlAt(event.target);
    if (now && was.element.isEqualNode(now) && nameOf(now, root) === was.name) now.dispatchEvent(clickOf(event));
  };
  root.addEventListener("mousedown", down, true);
  root.addEventListener("mouseup", up, true);
  return () => {
    root.removeEventListener("mousedown", down, true);
    root.removeEventListener("mouseup", up, true);
  };
}

function controlAt(target: EventTarget | null): HTMLElement | null {
  return (target as Element | null)?.closest?.<HTMLElement>(CONTROLS) ?? null;
}

/** The click that the browser would have given, with the keys that were held. */
function clickOf({ shiftKey, ctrlKey, metaKey, altKey }: MouseEvent): MouseEvent {
  return new MouseEvent("click", { bubbles: true, cancelable: true, composed: true, shiftKey, ctrlKey, metaKey, altKey });
}

/** The marks of a control and of all that it stands in; null where none of them says what it is about. */
function nameOf(element: HTMLElement, root: HTMLElement): string | null {
  const around: unknown[] = [];
  let about = false;
  for (let at: HTMLElement | null = element; at && at !== root; at = at.parentElement) {
    about ||= ABOUT in at.dataset;
    around.push([at.localName, { ...at.dataset }, at.getAttribute("aria-label")]);
  }
  return about ? JSON.stringify(around) : null;
}
