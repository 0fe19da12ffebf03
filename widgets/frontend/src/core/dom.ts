// The only way this front end makes elements. Text reaches the page as text nodes; no markup is ever parsed.

export type Child = Node | string | number | null | undefined | false;

type Handler<K extends keyof HTMLElementEventMap> = (event: HTMLElementEventMap[K]) => void;

export type Props = {
  class?: string;
  text?: string;
  on?: { [K in keyof HTMLElementEventMap]?: Handler<K> };
  data?: Record<string, string | number | undefined>;
  style?: Record<string, string>;
  [attribute: string]: unknown;
};

const FOCUSABLE = new Set(["button", "input", "textarea", "select", "summary"]);

/** JupyterLab takes keys away from every focused element that does not carry this attribute itself. */
export const KEEP_KEYS = "data-lm-suppress-shortcuts";

/** Make an element: `h("button", { class: "wb-button", on: { click } }, "Save")`. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props?: Props | null,
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) setProp(element, name, value);
  if (FOCUSABLE.has(tag) || element.hasAttribute("tabindex") || element.hasAttribute("href")) {
    element.setAttribute(KEEP_KEYS, "true");
  }
  if (tag === "button" && !element.hasAttribute("type")) element.setAttribute("type", "button");
  element.append(...nodes(children));
  return element;
}

function setProp(element: HTMLElement, name: string, value: unknown): void {
  if (value === undefined || value === null || value === false) return;
  if (name === "class") element.className = String(value);
  else if (name === "text") element.textContent = String(value);
  else if (name === "on") {
    for (const [event, handler] of Object.entries(value as object)) element.addEventListener(event, handler);
  } else if (name === "data") {
    for (const [key, item] of Object.entries(value as object))
      if (item !== undefined) element.dataset[key] = String(item);
  } else if (name === "style") {
    for (const [key, item] of Object.entries(value as object)) element.style.setProperty(key, String(item));
  } else if (name === "value" && "value" in element) (element as HTMLInputElement).value = String(value);
  else if (name.startsWith("on")) throw new Error(`use on: {...} for events, not ${name}`);
  else element.setAttribute(name, value === true ? "" : String(value));
}

function nodes(children: Child[]): (Node | string)[] {
  return children
    .filter((child): child is Node | string | number => child !== null && child !== undefined && child !== false)
    .map((child) => (typeof child === "number" ? String(child) : child));
}

/** Replace everything inside `element`. */
export function fill(element: Element, ...children: Child[]): void {
  element.replaceChildren(...nodes(children));
}

/** A label a screen reader speaks and nobody sees. */
export function spoken(text: string): HTMLElement {
  return h("span", { class: "wb-spoken" }, text);
}

/** Text of unknown language and direction, kept from disturbing what stands beside it. */
export function isolated(text: string, className = ""): HTMLElement {
  return h("bdi", { class: className, dir: "auto" }, text);
}
