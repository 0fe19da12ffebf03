// Where the conversations come from and what may be done with them.
import { h } from "../core/dom.ts";
import { key, t } from "../core/i18n.ts";
import type { Source } from "../core/nouns.ts";
import { button, field, section, select, uid } from "../work/parts.ts";
import type { Previewed } from "./collect_types.ts";

const POLICIES = [
  { value: "local_only", label: key("Stays on this machine"), help: key("No text of it is ever sent to a model elsewhere.") },
  { value: "pseudonymise", label: key("May leave once personal data is replaced"), help: key("Names, numbers and addresses are replaced before anything is sent.") },
  { value: "may_leave", label: key("May be sent to outside models"), help: key("Choose this only when the licence and the people in it allow it.") },
];

const LICENCES = ["unknown", "CC0-1.0", "CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0", "Apache-2.0", "MIT", "ODC-BY-1.0", "proprietary, used with consent"];

export interface SourceValues {
  name: string;
  license: string;
  license_evidence: string;
  policy: string;
}

export interface SourceForm {
  element: HTMLElement;
  /** What a person changed in the fields. */
  typed(): Partial<SourceValues>;
}

/** `typed`: what a person gave already, before the file was read in another way. */
export function sourceForm(known: Source[], found: Previewed, typed: Partial<SourceValues>, onImport: (source: SourceValues) => void): SourceForm {
  const names = h("datalist", { id: uid("sources") }, ...known.map((source) => h("option", { value: source.name })));
  const licences = h("datalist", { id: uid("licences") }, ...LICENCES.map((name) => h("option", { value: name })));
  const name = h("input", { class: "wb-input", type: "text", list: names.id, value: typed.name ?? plainName(found.name), data: { field: "source" } });
  const license = h("input", { class: "wb-input", type: "text", list: licences.id, value: found.preview.license ?? "unknown", data: { field: "license" } });
  const evidence = h("input", { class: "wb-input", type: "text", placeholder: t("a link, a contract, a consent form") });
  const policy = select(POLICIES.map((item) => ({ value: item.value, label: t(item.label) })), "local_only", { data: { field: "policy" } });
  const help = h("span", {}, t(POLICIES[0]!.help));
  const explain = (): void => void (help.textContent = t(POLICIES.find((item) => item.value === policy.value)?.help ?? ""));
  policy.addEventListener("change", explain);
  const fillKnown = (): boolean => {
    const source = known.find((item) => item.name === name.value.trim());
    if (!source) return false;
    license.value = source.license ?? "unknown";
    evidence.value = String(source["license_evidence"] ?? "");
    policy.value = source.policy ?? "local_only";
    explain();
    return true;
  };
  // Once a person named a known source, every field is theirs: also one that says what it said at first.
  let filled = false;
  name.addEventListener("input", () => void (filled = fillKnown() || filled));
  fillKnown();
  license.value = typed.license ?? license.value;
  evidence.value = typed.license_evidence ?? evidence.value;
  policy.value = typed.policy ?? policy.value;
  explain();
  const readable = (found.preview.samples ?? []).length > 0;
  const values = (): SourceValues => ({ name: name.value.trim(), license: license.value.trim() || "unknown", license_evidence: evidence.value.trim(), policy: policy.value });
  const send = (): void => {
    name.classList.toggle("wb-invalid", !name.value.trim());
    if (!name.value.trim()) return name.focus();
    onImport(values());
  };
  const go = button(t("Import"), send, { tone: "primary", name: "import", disabled: !readable });
  const form = h(
    "form",
    { class: "wb-card wb-source", on: { submit: (event) => (event.preventDefault(), readable && send()) } },
    section(
      t("Where it comes from"),
      field(t("Source"), name, t("The same name later adds to the same source.")),
      field(t("Licence"), license, t("What you do not know stays “unknown” and is said so in every export.")),
      field(t("How you know"), evidence),
      field(t("May it leave this machine?"), policy, help),
    ),
    go,
    names,
    licences,
  );
  const first = values();
  const changed = ([field, value]: [string, string]): boolean => filled || value !== first[field as keyof SourceValues];
  return { element: form, typed: () => ({ ...typed, ...Object.fromEntries(Object.entries(values()).filter(changed)) }) };
}

function plainName(file: string): string {
  return file.replace(/(\.(jsonl|json|csv|tsv|xlsx|parquet|txt|gz|zip|ndjson))+$/i, "") || file;
}
