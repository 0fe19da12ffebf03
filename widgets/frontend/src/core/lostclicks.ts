// A control that is drawn anew while the pointer presses it never hears of the click: the browser gives a click only to
// what was there at both ends of the press. What is read again in the meantime must not cost a person their press.

const CONTROLS = "button, summary, a, label, input, [role=option], [role=row]";
const ROWS = "tr, li, [role=option], [role=row], [role=listitem]";
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
    pressed = element && { element, name: nameOf(element, root), x: event.clientX, y: event.clientY };
  };
  const up = (event: MouseEvent): void => {
    const was = pressed;
    pressed = null;
    if (!was || was.element.isConnected || Math.hypot(event.clientX - was.x, event.clientY - was.y) > STILL) return;
    const now = controlAt(event.target);
    if (now && was.element.isEqualNode(now) && nameOf(now, root) === was.name) now.click();
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

/** What a control is about: a like one in the row that has come to stand there is not meant. */
function nameOf(element: HTMLElement, root: HTMLElement): string {
  const around: unknown[] = [element.closest(ROWS)?.textContent];
  for (let at: HTMLElement | null = element; at && at !== root; at = at.parentElement) around.push([at.localName, { ...at.dataset }, at.getAttribute("aria-label")]);
  return JSON.stringify(around);
}
