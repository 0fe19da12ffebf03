// The queue a person wishes for, and the fields to say it with.
import { h } from "../core/dom.ts";
import { t } from "../core/i18n.ts";
import type { Scheme } from "../core/nouns.ts";
import { titleOf } from "../tags/answers.ts";
import { select } from "../work/parts.ts";
import { ORDERS } from "./orders.ts";
import type { Order } from "./types.ts";

export interface Wish {
  schemes: string[];
  query: string;
  order: Order;
  count: number;
  together: boolean;
  each_turn: boolean;
  name: string;
}

export const USUAL: Wish = {
  schemes: ["domain", "naturalness"],
  query: "",
  order: "random",
  count: 50,
  together: true,
  each_turn: false,
  name: "",
};

/** Hears what is wished for now; `redraw` when other fields depend on it. */
export type OnWish = (change: Partial<Wish>, redraw?: boolean) => void;

export function questionsField(wish: Wish, schemes: Scheme[], set: OnWish): HTMLElement {
  const choose = (name: string, on: boolean): void => {
    const now = new Set(wish.schemes);
    if (on) now.add(name);
    else now.delete(name);
    set({ schemes: schemes.map((item) => item.name).filter((item) => now.has(item)) }, true);
  };
  return h(
    "fieldset",
    { class: "wb-fieldset" },
    h("legend", { class: "wb-label" }, t("Questions")),
    h(
      "div",
      { class: "wb-wrap" },
      ...schemes.map((scheme) => checkField(titleOf(scheme), wish.schemes.includes(scheme.name), `scheme-${scheme.name}`, (on) => choose(scheme.name, on))),
    ),
  );
}

export function checkField(label: string, on: boolean, part: string, change: (on: boolean) => void): HTMLElement {
  const input = h("input", {
    type: "checkbox",
    data: { part },
    on: { change: (event) => change((event.target as HTMLInputElement).checked) },
  });
  input.checked = on;
  return h("label", { class: "wb-check" }, input, h("span", {}, label));
}

export function orderField(wish: Wish, set: OnWish): HTMLSelectElement {
  return select(
    ORDERS.map((item) => ({ value: item.order, label: t(item.label) })),
    wish.order,
    { data: { part: "order" }, on: { change: (event: Event) => set({ order: (event.target as HTMLSelectElement).value as Order }, true) } },
  );
}

/** Several questions: all about one conversation, or one across all of them. */
export function passesField(wish: Wish, set: OnWish): HTMLElement {
  const radio = (together: boolean, label: string): HTMLElement => {
    const input = h("input", {
      type: "radio",
      name: "wb-review-pass",
      data: { part: together ? "together" : "apart" },
      on: { change: () => set({ together }) },
    });
    input.checked = wish.together === together;
    return h("label", { class: "wb-check" }, input, h("span", {}, label));
  };
  return h(
    "fieldset",
    { class: "wb-fieldset" },
    h("legend", { class: "wb-label" }, t("Several questions")),
    radio(true, t("All about one conversation, then the next")),
    radio(false, t("One question across all conversations, then the next question")),
  );
}

export function queryField(wish: Wish, set: OnWish): HTMLElement {
  return h("input", {
    class: "wb-input",
    type: "text",
    value: wish.query,
    placeholder: t("All of them, or a search: language:en domain:health/*"),
    spellcheck: "false",
    data: { part: "query" },
    on: { input: (event) => set({ query: (event.target as HTMLInputElement).value }) },
  });
}

export function countField(wish: Wish, set: OnWish): HTMLElement {
  return h("input", {
    class: "wb-input",
    type: "number",
    min: 1,
    max: 5000,
    value: wish.count,
    data: { part: "count" },
    on: { input: (event) => set({ count: Number((event.target as HTMLInputElement).value) || 50 }) },
  });
}

export function nameField(wish: Wish, set: OnWish): HTMLElement {
  return h("input", {
    class: "wb-input",
    type: "text",
    value: wish.name,
    placeholder: t("optional"),
    data: { part: "name" },
    on: { input: (event) => set({ name: (event.target as HTMLInputElement).value }) },
  });
}
