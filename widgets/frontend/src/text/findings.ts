// What the checks (gates) found in a draft or in the conversation it became: the name of the check, and what it says.
import { h } from "../core/dom.ts";
import { said, t } from "../core/i18n.ts";
import type { Finding } from "../core/nouns.ts";
import { line } from "./body.ts";

const TONES = { problem: "bad", warning: "warn", info: "" } as const;

export function findingsView(found: Finding[]): HTMLElement | null {
  if (found.length === 0) return null;
  return h(
    "ul",
    { class: "wb-gates", "aria-label": t("What the checks found") },
    ...found.map((item) =>
      h("li", { class: "wb-gate" }, h("span", { class: `wb-chip${TONES[item.severity] ? ` wb-chip-${TONES[item.severity]}` : ""}`, title: item.check }, said(item.title ?? item.check)), line(said(item.message))),
    ),
  );
}
