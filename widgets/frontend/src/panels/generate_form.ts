// The parameters a recipe declares, as a form; and what was typed, as values of the declared kinds.
import { h } from "../core/dom.ts";
import { said, t } from "../core/i18n.ts";
import { field, select } from "../work/parts.ts";
import type { FormField } from "./generate_types.ts";

export type Kind = "choice" | "flag" | "integer" | "number" | "list" | "text";

export function kindOf(spec: FormField): Kind {
  if (spec.choices && spec.choices.length > 0) return "choice";
  const kind = (spec.kind ?? typeof spec.default).toLowerCase();
  if (/bool|flag/.test(kind)) return "flag";
  if (/int/.test(kind)) return "integer";
  if (/float|number/.test(kind)) return "number";
  if (/list|tuple|many/.test(kind) || Array.isArray(spec.default)) return "list";
  return "text";
}

export function options(spec: FormField): { value: string; label: string; raw: string | number }[] {
  return (spec.choices ?? []).map((choice) =>
    typeof choice === "object"
      ? { value: String(choice.value), label: choice.label || String(choice.value), raw: choice.value }
      : { value: String(choice), label: String(choice), raw: choice },
  );
}

/** What was typed, as the recipe wants it, or why it cannot be used. */
export function parsed(spec: FormField, typed: string | boolean): { value: unknown } | { problem: string } {
  const kind = kindOf(spec);
  if (typeof typed === "boolean") return { value: typed };
  if (kind === "choice") return { value: options(spec).find((option) => option.value === typed)?.raw ?? typed };
  if (kind === "list") return { value: typed.split(/[,\n]/).map((item) => item.trim()).filter(Boolean) };
  if (kind === "text") return { value: typed };
  const text = typed.trim().replace(",", ".");
  const number = Number(text);
  if (text === "" || !Number.isFinite(number)) return { problem: t("This must be a number.") };
  if (kind === "integer" && !Number.isInteger(number)) return { problem: t("This must be a whole number.") };
  if (spec.minimum !== undefined && number < spec.minimum) return { problem: t("At least {n}.", { n: spec.minimum }) };
  if (spec.maximum !== undefined && number > spec.maximum) return { problem: t("At most {n}.", { n: spec.maximum }) };
  return { value: number };
}

export interface ParameterForm {
  element: HTMLElement;
  /** All values, or null when one cannot be used; it is marked and focused when `complain`. */
  values(complain?: boolean): Record<string, unknown> | null;
}

export function parameterForm(specs: FormField[], onChange: () => void): ParameterForm {
  const rows = specs.map((spec) => parameterRow(spec, onChange));
  return {
    element: h("div", { class: "wb-params" }, ...rows.map((row) => row.element)),
    values(complain = false) {
      const found: Record<string, unknown> = {};
      let wrong: HTMLElement | null = null;
      for (const row of rows) {
        const answer = row.read();
        if ("value" in answer) found[row.name] = answer.value;
        else wrong ??= row.control;
      }
      if (wrong && complain) wrong.focus();
      return wrong ? null : found;
    },
  };
}

function parameterRow(spec: FormField, onChange: () => void): { name: string; element: HTMLElement; control: HTMLElement; read: () => { value: unknown } | { problem: string } } {
  const kind = kindOf(spec);
  const title = said(spec.title || spec.name);
  const problem = h("span", { class: "wb-problem", role: "alert" });
  const control = controlOf(spec, kind);
  control.dataset["param"] = spec.name;
  const read = (): { value: unknown } | { problem: string } => {
    const typed = control instanceof HTMLInputElement && control.type === "checkbox" ? control.checked : control.value;
    const answer = parsed(spec, typed);
    const wrong = "problem" in answer ? answer.problem : "";
    problem.textContent = wrong;
    control.classList.toggle("wb-invalid", wrong !== "");
    return answer;
  };
  control.addEventListener(kind === "flag" || kind === "choice" ? "change" : "input", () => (read(), onChange()));
  const element =
    kind === "flag"
      ? h("label", { class: "wb-check" }, control, h("span", {}, title, spec.help ? h("span", { class: "wb-help wb-block-help" }, said(spec.help)) : null))
      : field(title, control, h("span", {}, spec.help ? `${said(spec.help)} ` : "", problem));
  return { name: spec.name, element, control, read };
}

function controlOf(spec: FormField, kind: Kind): HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement {
  const value = Array.isArray(spec.default) ? spec.default.join(", ") : String(spec.default ?? "");
  if (kind === "choice") return select(options(spec).map((option) => ({ ...option, label: said(option.label) })), value);
  if (kind === "flag") return h("input", { type: "checkbox", checked: spec.default === true });
  if (kind === "text" && (spec.kind === "long_text" || value.length > 60)) return h("textarea", { class: "wb-textarea", value });
  const numeric = kind === "integer" || kind === "number";
  return h("input", { class: "wb-input", type: "text", inputmode: numeric ? "decimal" : undefined, value });
}
