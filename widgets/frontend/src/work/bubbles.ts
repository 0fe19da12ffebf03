// A conversation to look at, in the bubbles of the Browse page. Text only ever becomes text nodes.
import { h } from "../core/dom.ts";
import { key, t, tn } from "../core/i18n.ts";
import type { Turn } from "../core/nouns.ts";
import { line, messageBody } from "../text/body.ts";

const NAMES: Record<string, string> = { user: key("User"), assistant: key("Assistant"), system: key("System"), tool: key("Tool") };

export function roleName(turn: Pick<Turn, "role" | "name">): string {
  const role = t(NAMES[turn.role] ?? turn.role);
  return turn.name ? `${turn.name} (${role.toLowerCase()})` : role;
}

export function bubble(turn: Turn, body: HTMLElement = messageBody(turn.content), mark = ""): HTMLElement {
  const known = turn.role in NAMES ? turn.role : "assistant";
  return h(
    "div",
    { class: `wb-turn wb-turn-${known}`, data: { turnId: turn.id } },
    h("div", { class: "wb-turn-role" }, line(roleName(turn)), mark ? h("span", { class: "wb-chip" }, mark) : null),
    h("div", { class: "wb-bubble" }, body, ...(turn.tool_calls ?? []).map((call) => toolCall(call.name, call.arguments))),
  );
}

function toolCall(name: string, args: string): HTMLElement {
  return h("div", { class: "wb-tool wb-tool-name" }, line(`${name}(${args.length > 300 ? `${args.slice(0, 300)}…` : args})`));
}

/** A conversation, its end folded when it is long. */
export function conversation(turns: Turn[], most = Infinity): HTMLElement {
  const box = h("div", { class: "wb-said-list" });
  const shown = turns.length > most ? turns.slice(0, most) : turns;
  box.append(...shown.map((turn) => bubble(turn)));
  const rest = turns.slice(shown.length);
  if (rest.length > 0) {
    const more = h("button", { class: "wb-button wb-button-quiet wb-button-small" }, tn("{n} more turn", "{n} more turns", rest.length));
    more.addEventListener("click", () => more.replaceWith(...rest.map((turn) => bubble(turn))));
    box.append(more);
  }
  return box;
}
