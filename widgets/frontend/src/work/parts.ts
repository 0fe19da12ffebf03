// Small parts that the pages Collect, Generate, Quality and Release are built of.
import { h, type Child, type Props } from "../core/dom.ts";
import { inDecimals, inDigits, key, t, tn } from "../core/i18n.ts";

let serial = 0;

/** An id for tying a label to its control. */
export function uid(name: string): string {
  serial += 1;
  return `wb-${name}-${serial}`;
}

export function count(n: number, one: string, many = `${one}s`): string {
  return `${inDigits(n)} ${n === 1 ? one : many}`;
}

export function bytes(n: number): string {
  if (n < 1000) return tn("{n} byte", "{n} bytes", n);
  const units = [key("{n} kB"), key("{n} MB"), key("{n} GB"), key("{n} TB")];
  let size = n / 1000;
  let at = 0;
  while (size >= 999.5 && at < units.length - 1) {
    size /= 1000;
    at += 1;
  }
  const digits = size < 10 ? 1 : 0;
  return t(units[at]!, { n: inDecimals(size, digits) });
}

export interface ButtonOptions {
  tone?: "primary" | "quiet" | "danger";
  small?: boolean;
  disabled?: boolean;
  title?: string;
  name?: string;
  /** What it is called, where its label is a sign. */
  says?: string;
}

export function button(label: Child, run: () => void, options: ButtonOptions = {}): HTMLButtonElement {
  const tone = options.tone ? ` wb-button-${options.tone}` : "";
  return h(
    "button",
    {
      class: `wb-button${tone}${options.small ? " wb-button-small" : ""}`,
      disabled: options.disabled,
      title: options.title,
      "aria-label": options.says,
      data: { action: options.name },
      on: { click: run },
    },
    label,
  );
}

/** A label with the keys that do the same. */
export function keyed(text: string, ...keys: string[]): HTMLElement {
  return h("span", { class: "wb-keyed" }, text, ...keys.map((name) => h("kbd", {}, name)));
}

/** A labelled control with an optional line of help, tied together for screen readers. */
export function field(label: string, control: HTMLElement, help: Child = null, className = ""): HTMLElement {
  control.id ||= uid("field");
  const hint = help ? h("p", { class: "wb-help", id: `${control.id}-help` }, help) : null;
  if (hint) control.setAttribute("aria-describedby", hint.id);
  return h("div", { class: `wb-field ${className}` }, h("label", { for: control.id }, label), control, hint);
}

export function select(options: { value: string; label: string }[], value: string, props: Props = {}): HTMLSelectElement {
  const element = h("select", { class: "wb-select", ...props });
  for (const option of options) element.append(h("option", { value: option.value }, option.label));
  element.value = value;
  return element;
}

export function section(title: Child, ...children: Child[]): HTMLElement {
  return h("section", { class: "wb-sec" }, h("h3", { class: "wb-sec-title" }, title), ...children);
}

/** One number that matters, with what it counts. */
export function stat(value: string, label: string, tone = "", title = ""): HTMLElement {
  return h(
    "div",
    { class: `wb-stat${tone ? ` wb-stat-${tone}` : ""}`, title: title || undefined },
    h("span", { class: "wb-stat-value wb-numbers" }, value),
    h("span", { class: "wb-stat-label" }, label),
  );
}

/** A remark on a coloured ground: what was found, what to mind, what went wrong. */
export function remark(tone: "info" | "good" | "warn" | "bad", ...children: Child[]): HTMLElement {
  return h("div", { class: `wb-remark wb-remark-${tone}`, role: tone === "bad" ? "alert" : "note" }, ...children);
}

/** Run `work` at most once per `ms`, the last call always included. */
export function throttled(work: () => void, ms: number): { (): void; stop(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = 0;
  const go = (): void => {
    timer = undefined;
    last = Date.now();
    work();
  };
  const call = (): void => {
    if (timer === undefined) timer = setTimeout(go, Math.max(0, last + ms - Date.now()));
  };
  return Object.assign(call, { stop: () => clearTimeout(timer) });
}

/** Run `work` when nothing was asked for `ms`. */
export function settled(work: () => void, ms: number): { (): void; stop(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const call = (): void => {
    clearTimeout(timer);
    timer = setTimeout(work, ms);
  };
  return Object.assign(call, { stop: () => clearTimeout(timer) });
}

/** Only the newest of several answers counts: `const ticket = take(); ... if (ticket.old()) return;`. */
export function newest(): () => { old(): boolean } {
  let last = 0;
  return () => {
    last += 1;
    const mine = last;
    return { old: () => mine !== last };
  };
}
