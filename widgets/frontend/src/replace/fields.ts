// The fields a rule is typed into: words, ticks, and in whose turns.
import { h } from "../core/dom.ts";
import { t } from "../core/i18n.ts";
import { ROLES } from "../edit/draft.ts";
import { roleName } from "../edit/turnform.ts";

export function wordsField(label: string): HTMLInputElement {
  return h("input", { class: "wb-input", type: "text", dir: "auto", "aria-label": label, autocomplete: "off", spellcheck: "false" });
}

export function markWrong(input: HTMLInputElement, on: boolean): void {
  input.classList.toggle("wb-invalid", on);
  input.setAttribute("aria-invalid", String(on));
}

export function labelled(label: string, control: HTMLElement): HTMLElement {
  return h("div", { class: "wb-field" }, h("span", { class: "wb-label" }, label), control);
}

export function tick(): HTMLInputElement {
  return h("input", { type: "checkbox" });
}

export function ticked(input: HTMLInputElement, label: string, title?: string): HTMLElement {
  return h("label", { class: "wb-check", title }, input, h("span", {}, label));
}

/** In whose turns: a tick for each role. */
export class RoleTicks {
  private readonly each = ROLES.map((role) => ({ role, box: tick() }));

  constructor() {
    this.value = [];
  }

  get boxes(): HTMLInputElement[] {
    return this.each.map((one) => one.box);
  }

  /** The roles that are ticked; none in the list means everybody. */
  get value(): string[] {
    const roles = this.each.filter((one) => one.box.checked).map((one) => one.role);
    return roles.length === ROLES.length ? [] : roles;
  }

  set value(roles: string[]) {
    for (const { role, box } of this.each) box.checked = roles.length === 0 || roles.includes(role);
  }

  /** Whether no role at all is ticked: then nothing can be found. */
  get nobody(): boolean {
    return this.each.every((one) => !one.box.checked);
  }

  labels(): HTMLElement[] {
    return [h("span", { class: "wb-quiet" }, t("In turns of")), ...this.each.map(({ role, box }) => ticked(box, roleName(role)))];
  }
}
