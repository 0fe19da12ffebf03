// The tool calls of a turn as fields: the function's name and its arguments, checked while they are typed.
import { fill, h, isolated } from "../core/dom.ts";
import { icon } from "../core/icon.ts";
import { t } from "../core/i18n.ts";
import type { ToolCall } from "../core/nouns.ts";
import { callMistake } from "./draft.ts";

export interface CallForms {
  element: HTMLElement;
  update(calls: ToolCall[], saved: ToolCall[]): void;
}

export function callForms(onCall: (at: number, call: Partial<ToolCall>) => void): CallForms {
  const element = h("div", { class: "wb-calls" });
  let forms: ReturnType<typeof callForm>[] = [];
  return {
    element,
    update(calls, saved) {
      if (calls.length !== forms.length) {
        forms = calls.map((call, at) => callForm(call, (change) => onCall(at, change)));
        fill(element, ...forms.map((form) => form.element));
      }
      calls.forEach((call, at) => forms[at]!.update(call, saved[at]));
    },
  };
}

function callForm(first: ToolCall, onCall: (call: Partial<ToolCall>) => void) {
  const name = h("input", {
    class: "wb-input wb-call-name",
    type: "text",
    dir: "auto",
    "aria-label": t("Function that is called"),
    on: { input: () => onCall({ name: name.value }) },
  });
  const text = h("textarea", {
    class: "wb-textarea wb-call-arguments",
    "aria-label": t("Arguments (JSON)"),
    spellcheck: "false",
    rows: 2,
    on: { input: () => onCall({ arguments: text.value }) },
  });
  const wrong = h("p", { class: "wb-field-wrong", role: "alert" });
  const tidy = h(
    "button",
    { class: "wb-button wb-button-small wb-button-quiet", on: { click: () => onCall({ arguments: inLines(text.value) }) } },
    t("One line each"),
  );
  const update = (call: ToolCall, saved: ToolCall | undefined): void => {
    if (name.value !== call.name) name.value = call.name;
    if (text.value !== call.arguments) text.value = call.arguments;
    const mistake = callMistake(call);
    const asItCame = saved !== undefined && saved.arguments === call.arguments && saved.name === call.name;
    text.classList.toggle("wb-invalid", mistake !== "" && !asItCame);
    text.setAttribute("aria-invalid", String(mistake !== ""));
    fill(wrong, mistake ? (asItCame ? t("As it came: {mistake}.", { mistake }) : t("Not saved like this: {mistake}.", { mistake })) : null);
    tidy.hidden = mistake !== "" || inLines(call.arguments) === call.arguments;
  };
  const element = h(
    "div",
    { class: "wb-call" },
    h("div", { class: "wb-row" }, icon("machine", 14), h("span", { class: "wb-quiet" }, t("calls")), name, tidy),
    text,
    wrong,
    first.id ? h("span", { class: "wb-spoken" }, isolated(first.id)) : null,
  );
  update(first, first);
  return { element, update };
}

function inLines(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text || "{}"), null, 2);
  } catch {
    return text;
  }
}
