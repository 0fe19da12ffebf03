// How a generated conversation came to be, on request: what the checks found in what was kept, and what a model was asked.
import { h } from "../core/dom.ts";
import { icon } from "../core/icon.ts";
import { t, tn } from "../core/i18n.ts";
import type { Finding, Opened } from "../core/nouns.ts";
import { line } from "../text/body.ts";
import { findingsView } from "../text/findings.ts";
import { button } from "../work/parts.ts";

/** `ask` shows what the model was asked for a draft. */
export function madeView(opened: Opened, ask: (draft: string) => void): HTMLElement | null {
  const { origin } = opened.sample;
  if (origin.kind !== "generated") return null;
  const found = opened.found ?? [];
  const draft = String(origin["draft"] ?? "");
  const editor = origin["edited_by"] ? String(origin["edited_by"]) : "";
  return h(
    "details",
    { class: "wb-lineage wb-made" },
    h("summary", {}, icon("generate", 14), ` ${t("How it was made: {checks}", { checks: inWords(found, editor) })}`),
    editor && found.length > 0 ? h("p", { class: "wb-quiet" }, line(t("{who} changed it before it was accepted; this was found in the changed text.", { who: editor }))) : null,
    opened.sample.revision > 1 ? h("p", { class: "wb-quiet" }, t("It was edited again since. The checks looked at it as it was accepted.")) : null,
    findingsView(found),
    origin["model"] && draft ? h("div", {}, button(t("What the model was asked"), () => ask(draft), { small: true, tone: "quiet", name: "asked" })) : null,
  );
}

function inWords(found: Finding[], editor: string): string {
  const of = (...severities: Finding["severity"][]): number => found.filter((item) => severities.includes(item.severity)).length;
  const bad = of("problem");
  const warn = of("warning");
  const parts = [bad > 0 ? tn("{n} problem found", "{n} problems found", bad) : "", warn > 0 ? tn("{n} thing to look at", "{n} things to look at", warn) : ""].filter(Boolean);
  if (parts.length > 0) return parts.join(", ");
  // Of texts that were changed in older workspaces it is not known what the checks found.
  return editor ? t("changed by {who} before it was accepted", { who: editor }) : t("the checks found nothing to mind");
}
