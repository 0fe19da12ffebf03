// For tables: which column holds what. Every change shows the three conversations again.
import { h } from "../core/dom.ts";
import { key, t } from "../core/i18n.ts";
import { field, section, select } from "../work/parts.ts";
import type { Preview } from "./collect_types.ts";

/** Part of a conversation -> name of the column; "" leaves a part out although a column has a fitting name. */
export type Mapping = Record<string, string>;

export type Layout = "turns" | "messages" | "pair" | "text";

export const LAYOUTS: Record<Layout, { title: string; needs: string[]; may: string[] }> = {
  turns: { title: key("One row per turn"), needs: ["role", "content"], may: ["conversation", "order", "language", "title"] },
  pair: { title: key("A question and an answer per row"), needs: ["user", "assistant"], may: ["system", "id", "language", "title"] },
  text: { title: key("One text or whole dialogue per row"), needs: ["text"], may: ["id", "language", "title"] },
  messages: { title: key("A list of messages per row"), needs: ["messages"], may: ["id", "language", "title"] },
};

const LABELS: Record<string, string> = {
  role: key("Who speaks"), content: key("What is said"), conversation: key("Which conversation"), order: key("Order of turns"), user: key("Question"),
  assistant: key("Answer"), system: key("Instruction"), text: key("Text"), messages: key("Messages"), id: key("Record id"), language: key("Language"), title: key("Title"),
};

/** The mapping in use: what Python found, and what a person chose over it. */
export function mappingInUse(preview: Preview, chosen: Mapping): { layout: Layout; columns: Mapping } {
  const columns = { ...(preview.mapping ?? {}), ...chosen };
  const layout = (Object.keys(LAYOUTS) as Layout[]).find((name) => LAYOUTS[name].needs.every((part) => columns[part]));
  return { layout: layout ?? "text", columns };
}

/** A complete choice for a layout: parts of other layouts are dropped, what may be left out is "" when not chosen. */
export function mappingFor(layout: Layout, columns: Mapping): Mapping {
  const { needs, may } = LAYOUTS[layout];
  const mapping: Mapping = {};
  for (const part of needs) if (columns[part]) mapping[part] = columns[part];
  for (const part of may) mapping[part] = columns[part] ?? "";
  return mapping;
}

export function complete(layout: Layout, mapping: Mapping): boolean {
  return LAYOUTS[layout].needs.every((part) => Boolean(mapping[part]));
}

export function mappingEditor(preview: Preview, chosen: Mapping, onChange: (mapping: Mapping) => void): HTMLElement {
  const used = mappingInUse(preview, chosen);
  let { layout, columns } = used;
  const fields = h("div", { class: "wb-mapping-fields" });
  const apply = (): void => {
    const mapping = mappingFor(layout, columns);
    if (complete(layout, mapping)) onChange(mapping);
  };
  const pickOf = (part: string, needed: boolean): HTMLElement => {
    const none = { value: "", label: needed ? t("choose a column") : t("not in this file") };
    const pick = select([none, ...(preview.columns ?? []).map((name) => ({ value: name, label: name }))], columns[part] ?? "");
    pick.dataset["part"] = part;
    pick.addEventListener("change", () => {
      columns = { ...columns, [part]: pick.value };
      apply();
    });
    return field(t(LABELS[part] ?? part), pick, null, needed ? "wb-needed" : "");
  };
  const draw = (): void =>
    fields.replaceChildren(...LAYOUTS[layout].needs.map((part) => pickOf(part, true)), ...LAYOUTS[layout].may.map((part) => pickOf(part, false)));
  const how = select((Object.keys(LAYOUTS) as Layout[]).map((name) => ({ value: name, label: t(LAYOUTS[name].title) })), layout);
  how.addEventListener("change", () => {
    layout = how.value as Layout;
    draw();
    apply();
  });
  draw();
  return section(t("Which column holds what"), field(t("How the table is laid out"), how), fields);
}
