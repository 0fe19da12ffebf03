// A rewritten draft does not give the proof, or the tested code, that it carries: the person mends it, or lets that go.
import { h } from "../core/dom.ts";
import { inDigits, said, t } from "../core/i18n.ts";
import type { Turn } from "../core/nouns.ts";
import { openOverlay, rootOf } from "../core/overlay.ts";
import { CommandError } from "../core/rpc.ts";

interface Lost {
  turn: string;
  kind: string;
  why: string;
}

/** Whether a command was refused for that. */
export function guaranteeLost(error: unknown): error is CommandError {
  return error instanceof CommandError && error.code === "guarantee_lost";
}

/** Whether it is to be accepted without what it lost. Closing the question means no. */
export function mayGoPlain(from: HTMLElement, error: CommandError, turns: Turn[] = []): Promise<boolean> {
  const lost = (error.details["lost"] ?? []) as Lost[];
  const title = lost.some((item) => item.kind === "exercise") ? t("The exercise does not hold any more") : t("The answer is not proved any more");
  return new Promise((decided) => {
    let answer = false;
    const end = (yes: boolean) => () => {
      answer = yes;
      overlay.close();
    };
    const overlay = openOverlay(rootOf(from), title, content(title, lost, turns, end), () => decided(answer));
  });
}

function content(title: string, lost: Lost[], turns: Turn[], end: (yes: boolean) => () => void): HTMLElement[] {
  return [
    h("h3", {}, title),
    h("p", {}, t("This was found in the text as it is now:")),
    h("ul", { class: "wb-lost" }, ...lost.map((item) => h("li", { class: "wb-gate" }, place(item, turns), h("bdi", { dir: "auto" }, said(item.why))))),
    h("p", {}, t("Mend the text, or accept it as an ordinary conversation, which promises neither a proof nor tested code.")),
    h(
      "div",
      { class: "wb-row wb-sheet-foot" },
      h("button", { class: "wb-button wb-button-primary", data: { first: "", action: "mend" }, on: { click: end(false) } }, t("Mend the text")),
      h("button", { class: "wb-button", data: { action: "accept-plain" }, on: { click: end(true) } }, t("Accept as an ordinary conversation")),
    ),
  ];
}

/** Which turn it was found in, numbered as in the editor behind. */
function place(item: Lost, turns: Turn[]): HTMLElement | null {
  const at = turns.findIndex((turn) => turn.id === item.turn);
  return at < 0 ? null : h("span", { class: "wb-chip wb-chip-bad" }, t("turn {n}", { n: inDigits(at + 1) }));
}
