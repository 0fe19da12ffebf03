// The fields that connect a model: a preset fills in what is usual for a product, the person adds the rest. A key is never
// typed here, only the place it is read from.
import { fill, h } from "../core/dom.ts";
import { said, t } from "../core/i18n.ts";
import { line } from "../text/body.ts";
import { field, select } from "../work/parts.ts";
import type { ModelView, Preset } from "./generate_types.ts";

type KeyPlace = "none" | "variable" | "keyring";

export interface ConnectForm {
  elements: HTMLElement[];
  values(): Record<string, string | boolean>;
}

export function connectForm(model: Pick<ModelView, "settings" | "presets">): ConnectForm {
  const { settings, presets } = model;
  const url = input(settings.base_url, "http://localhost:11434/v1", "base_url");
  const name = input(settings.model, t("for example {name}", { name: "qwen3:8b" }), "model");
  const local = h("input", { type: "checkbox", checked: settings.local === true, data: { field: "local" } });
  const priceIn = input(String(settings.usd_per_million_in ?? ""), t("unknown"), "usd_in");
  const priceOut = input(String(settings.usd_per_million_out ?? ""), t("unknown"), "usd_out");
  const key = keyFields(settings);
  const help = h("p", { class: "wb-help", role: "status" });
  const choose = (preset: Preset): void => {
    if (replaceable(url.value, presets, "base_url")) {
      url.value = preset.base_url;
      local.checked = preset.local;
    }
    key.suggest(preset, presets);
    if (preset.example) name.placeholder = t("for example {name}", { name: preset.example });
    fill(help, line(said(preset.help)));
  };
  const chosen = presets.find((preset) => preset.base_url && preset.base_url === settings.base_url);
  const options = [{ value: "", label: t("Choose what you have") }, ...presets.map((preset) => ({ value: preset.name, label: said(preset.title) }))];
  const pick = select(options, chosen?.name ?? "", { data: { field: "preset", first: "" } });
  pick.addEventListener("change", () => {
    const preset = presets.find((known) => known.name === pick.value);
    if (preset) choose(preset);
  });
  return {
    elements: [
      h("div", {}, field(t("Kind of service"), pick), help),
      field(t("Address (base URL)"), url),
      field(t("Model"), name),
      ...key.elements,
      h("label", { class: "wb-check" }, local, h("span", {}, t("It runs in our own network"), h("span", { class: "wb-help wb-block-help" }, t("Then plain http and private addresses are allowed. Texts that must not leave this machine are still sent only to this machine.")))),
      h("div", { class: "wb-pair" }, field(t("US dollars per million tokens read"), priceIn), field(t("and per million written"), priceOut)),
    ],
    values: () => ({ base_url: url.value, model: name.value, ...key.values(), local: local.checked, usd_per_million_in: priceIn.value, usd_per_million_out: priceOut.value }),
  };
}

interface KeyFields {
  elements: HTMLElement[];
  suggest(preset: Preset, presets: Preset[]): void;
  values(): Record<string, string>;
}

/** Where the key is; only the fields of that place are shown, and only theirs count. */
function keyFields(settings: ModelView["settings"]): KeyFields {
  const variable = input(settings.key_variable, t("for example {name}", { name: "OPENAI_API_KEY" }), "key_variable");
  const service = input(settings.key_service, t("for example {name}", { name: "openai" }), "key_service", "openai");
  const user = input(settings.key_user, t("for example {name}", { name: "ana" }), "key_user", "ana");
  const place = select(
    [
      { value: "none", label: t("No key is needed") },
      { value: "variable", label: t("In an environment variable") },
      { value: "keyring", label: t("In the keyring of this computer") },
    ],
    settings.key_service ? "keyring" : settings.key_variable ? "variable" : "none",
    { data: { field: "key_place" } },
  );
  const command = h("code");
  const inVariable = field(t("Variable that holds the key"), variable, t("The name of an environment variable, not the key itself."));
  const inKeyring = h(
    "div",
    {},
    h("div", { class: "wb-pair" }, field(t("Service in the keyring"), service), field(t("User in the keyring"), user)),
    h("p", { class: "wb-help" }, t("The names of the entry, not the key itself. Put it there once, in a terminal:"), " ", command),
  );
  const now = (): KeyPlace => place.value as KeyPlace;
  const show = (): void => {
    inVariable.hidden = now() !== "variable";
    inKeyring.hidden = now() !== "keyring";
    fill(command, ["keyring", "set", word(service), word(user)].join(" "));
  };
  place.addEventListener("change", show);
  for (const name of [service, user]) name.addEventListener("input", show);
  show();
  return {
    elements: [field(t("Where its key is"), place), inVariable, inKeyring],
    suggest: (preset, presets) => {
      if (now() === "keyring" || !replaceable(variable.value, presets, "key_variable")) return;
      variable.value = preset.key_variable;
      place.value = preset.needs_key ? "variable" : "none";
      show();
    },
    values: () => ({
      key_variable: now() === "variable" ? variable.value : "",
      key_service: now() === "keyring" ? service.value : "",
      key_user: now() === "keyring" ? user.value : "",
    }),
  };
}

/** What is typed, else the example, as one word of a command. */
function word(name: HTMLInputElement): string {
  const text = name.value.trim() || name.dataset.example || "";
  return /\s/.test(text) ? `"${text}"` : text;
}

/** Whether nothing is lost when a field is filled: it is empty, or holds what another preset put there. */
function replaceable(value: string, presets: Preset[], part: "base_url" | "key_variable"): boolean {
  return !value.trim() || presets.some((preset) => preset[part] === value.trim());
}

function input(value: string, placeholder: string, name: string, example?: string): HTMLInputElement {
  return h("input", { class: "wb-input", type: "text", spellcheck: "false", autocomplete: "off", value, placeholder, data: { field: name, example } });
}
