// Taking a conversation out of the page: as text, as JSON, or as an address that opens it again.
import type { Ctx } from "../core/ctx.ts";
import { h } from "../core/dom.ts";
import { t } from "../core/i18n.ts";
import { bindKeys } from "../core/keys.ts";
import type { Sample, Turn } from "../core/nouns.ts";
import { openOverlay, rootOf } from "../core/overlay.ts";
import { roleName } from "../text/names.ts";

/** The part of the address that names a query: `#browse=id%3As_1`. */
export const HASH = "browse";

export function asText(sample: Sample): string {
  const turns = sample.turns.map((turn) => `${turn.name || roleName(turn.role)}: ${turn.content}${callsOf(turn)}`);
  return [...(sample.title ? [sample.title] : []), ...turns].join("\n\n");
}

export function asJson(sample: Sample): string {
  return JSON.stringify(sample, null, 2);
}

/** This page's address with the sample in it. */
export function addressOf(id: string, here: Pick<Location, "origin" | "pathname">): string {
  return `${here.origin}${here.pathname}#${HASH}=${encodeURIComponent(`id:${id}`)}`;
}

/** The query that an address asks for; null when it asks for none. */
export function queryIn(hash: string): string | null {
  return new URLSearchParams(hash.replace(/^#/, "")).get(HASH);
}

export function openCopy(from: HTMLElement, ctx: Ctx, sample: Sample, turn: string | null): void {
  const chosen = sample.turns.find((item) => item.id === turn);
  const choices: [string, string, string][] = [
    ...(chosen ? [["u", t("This turn"), chosen.content] as [string, string, string]] : []),
    ["t", t("The conversation as text"), asText(sample)],
    ["j", t("The conversation as JSON"), asJson(sample)],
    ["q", t("The query that finds it"), `id:${sample.id}`],
    ["l", t("A link to it"), addressOf(sample.id, window.location)],
  ];
  const take = async (text: string): Promise<void> => {
    overlay.close();
    ctx.notice((await copied(text)) ? t("Copied.") : t("The browser did not allow copying."));
  };
  const buttons = choices.map(([letter, label, text], at) =>
    h(
      "button",
      { class: "wb-copy-choice", data: at === 0 ? { first: "" } : {}, on: { click: () => void take(text) } },
      h("kbd", {}, letter),
      h("span", {}, label),
    ),
  );
  const overlay = openOverlay(rootOf(from), t("Copy"), [h("h3", {}, t("Copy")), h("div", { class: "wb-stack-tight" }, ...buttons)]);
  bindKeys(overlay.element, () =>
    choices.map(([letter, label, text]) => ({ keys: [letter], label, run: () => void take(text) })),
  );
}

/** Put text on the clipboard; where the page may not (no secure context), through a hidden field. */
export async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copiedByField(text);
  }
}

function copiedByField(text: string): boolean {
  const field = h("textarea", { class: "wb-spoken", "aria-hidden": "true", tabindex: -1 });
  field.value = text;
  const before = document.activeElement as HTMLElement | null;
  document.body.append(field);
  field.select();
  const done = document.execCommand?.("copy") ?? false;
  field.remove();
  before?.focus({ preventScroll: true });
  return done;
}

function callsOf(turn: Turn): string {
  return (turn.tool_calls ?? []).map((call) => `\n[${call.name} ${call.arguments}]`).join("");
}
