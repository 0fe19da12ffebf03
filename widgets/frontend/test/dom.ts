// A document for tests of elements. Import first.
import { JSDOM } from "jsdom";

const dom = new JSDOM("<!doctype html><body></body>", { pretendToBeVisual: true, url: "http://127.0.0.1/" });
const names = [
  "window",
  "document",
  "HTMLElement",
  "HTMLInputElement",
  "HTMLTextAreaElement",
  "HTMLSelectElement",
  "KeyboardEvent",
  "MouseEvent",
  "Event",
  "requestAnimationFrame",
  "cancelAnimationFrame",
  "getComputedStyle",
  "Node",
];
for (const name of names) {
  Object.defineProperty(globalThis, name, {
    value: name === "window" ? dom.window : (dom.window as any)[name],
    configurable: true,
    writable: true,
  });
}

export const page = dom.window.document.body as HTMLElement;

export function press(target: Element, key: string, more: Record<string, unknown> = {}): KeyboardEvent {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more });
  target.dispatchEvent(event);
  return event;
}
