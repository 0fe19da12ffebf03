// The fields of every connected model, one at a time, and of one that is still to be connected. What is typed for one of
// them stays while another is looked at.
import { fill, h } from "../core/dom.ts";
import { t } from "../core/i18n.ts";
import { field, select } from "../work/parts.ts";
import { connectForm, type ConnectForm } from "./generate_connect.ts";
import type { ModelSettings, ModelView } from "./generate_types.ts";

/** In the list of models: one that has no name yet. */
const NEW = "";
const NOTHING: ModelSettings = { base_url: "", model: "", key_variable: "", key_service: "", key_user: "" };

export interface ConnectedForms {
  pick: HTMLSelectElement;
  element: HTMLElement;
  /** The short name of the model whose fields are shown. */
  name(): string;
  values(): Record<string, string | boolean | number>;
  /** Why what is typed cannot be saved, as far as this page knows. */
  problem(): string;
  /** Shows a model as it is kept now. */
  show(view: ModelView, name: string): void;
  /** A removed model becomes one that is still to be connected, so that saving takes the removal back. */
  takeBack(view: ModelView, name: string): void;
}

export function connectedForms(first: ModelView, onPick: (further: boolean) => void): ConnectedForms {
  let view = first;
  let unseen: Record<string, string | number> = {}; // of a removed model: goes back with its fields
  const forms = new Map<string, ConnectForm>();
  const typed = h("input", { class: "wb-input", type: "text", spellcheck: "false", autocomplete: "off", maxlength: "32", data: { field: "name" } });
  const named = field(t("Short name"), typed, t("Recipes call it so, for example “large”. Letters and digits, no spaces."));
  const pick = select([], "", { data: { field: "which" } });
  const element = h("div", { class: "wb-connect" });
  const settings = (name: string): ModelSettings => view.models.find((one) => one.name === name)?.settings ?? NOTHING;
  const form = (name: string): ConnectForm => {
    const made = forms.get(name) ?? connectForm({ ...view, settings: settings(name) });
    forms.set(name, made);
    return made;
  };
  const draw = (): void => {
    named.hidden = pick.value !== NEW;
    fill(element, named, ...form(pick.value).elements);
    onPick(pick.value !== NEW && pick.value !== view.models[0]!.name);
  };
  const list = (chosen: string): void => {
    const options = [...view.models.map((one) => ({ value: one.name, label: one.name })), { value: NEW, label: t("Connect a further model…") }];
    pick.replaceChildren(...options.map((one) => h("option", { value: one.value }, one.label)));
    pick.value = chosen;
  };
  pick.addEventListener("change", draw);
  return {
    pick,
    element,
    name: () => (pick.value === NEW ? typed.value.trim() : pick.value),
    values: () => (pick.value === NEW ? { ...unseen, ...form(NEW).values() } : form(pick.value).values()),
    problem: () => {
      if (pick.value !== NEW) return "";
      if (!typed.value.trim()) return t("Give the model a short name.");
      return view.models.some((one) => one.name === typed.value.trim()) ? t("A model of this name is connected already.") : "";
    },
    show: (next, name) => {
      view = next;
      forms.delete(name);
      if (pick.value === NEW) {
        forms.delete(NEW);
        unseen = {};
        typed.value = "";
      }
      list(name);
      draw();
    },
    takeBack: (next, name) => {
      const was = connectForm({ ...view, settings: settings(name) });
      view = next;
      forms.delete(name);
      forms.set(NEW, was);
      unseen = next.removed ?? {};
      list(NEW);
      draw();
      typed.value = name;
      typed.focus();
    },
  };
}
