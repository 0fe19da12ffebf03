// What can be chosen for the formats of an export: a line of boxes and lists under the formats.
import { fill, h } from "../core/dom.ts";
import { said, t } from "../core/i18n.ts";
import { field, select } from "../work/parts.ts";
import type { Exporter, FormatOption } from "./release_types.ts";

/** By the option's name; only what differs from the usual. */
export type Chosen = Record<string, string>;

export interface OptionsLine {
  element: HTMLElement;
  /** Show what these formats understand. */
  show(formats: string[]): void;
  /** What was chosen of the options that these formats understand. */
  of(formats: string[]): Chosen;
}

/** An option that several formats understand is asked once. */
export function optionsLine(exporters: Exporter[], onChange: () => void): OptionsLine {
  const element = h("div", { class: "wb-row wb-format-options", role: "group", "aria-label": t("Options"), hidden: true });
  const values = new Map<string, string>();
  const controls = new Map<string, HTMLElement>();
  const understood = (formats: string[]): FormatOption[] => {
    const found = exporters.filter((exporter) => formats.includes(exporter.name)).flatMap((exporter) => exporter.options ?? []);
    return [...new Map(found.map((option) => [option.name, option])).values()];
  };
  const choose = (option: FormatOption, value: string): void => {
    values.set(option.name, value);
    onChange();
  };
  const control = (option: FormatOption): HTMLElement => {
    const known = controls.get(option.name) ?? made(option, (value) => choose(option, value));
    controls.set(option.name, known);
    return known;
  };
  return {
    element,
    show(formats) {
      const options = understood(formats);
      element.hidden = options.length === 0;
      fill(element, ...options.map(control));
    },
    of(formats) {
      const chosen = understood(formats).map((option) => [option.name, values.get(option.name) ?? "", option.values[0]] as const);
      return Object.fromEntries(chosen.filter(([, value, usual]) => value !== "" && value !== usual).map(([name, value]) => [name, value]));
    },
  };
}

function made(option: FormatOption, choose: (value: string) => void): HTMLElement {
  const data = { option: option.name };
  if (!option.values.includes("yes")) {
    const list = select(option.values.map((value) => ({ value, label: said(value) })), option.values[0] ?? "", { data });
    list.addEventListener("change", () => choose(list.value));
    return field(said(option.title), list);
  }
  const box = h("input", { type: "checkbox", data });
  box.checked = option.values[0] === "yes";
  box.addEventListener("change", () => choose(box.checked ? "yes" : "no"));
  return h("label", { class: "wb-check" }, box, h("span", {}, said(option.title)));
}
