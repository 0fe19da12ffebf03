// The blocks of a prompt as elements: as they were sent, or beside those of another one, word by word.
import { h, type Child } from "../core/dom.ts";
import { emptyState } from "../core/empty.ts";
import { inDigits, t } from "../core/i18n.ts";
import { plain } from "../text/body.ts";
import { diffView } from "../text/diffview.ts";
import { remark } from "../work/parts.ts";
import { blockName } from "./names.ts";
import { placeName } from "./places.ts";
import type { AskedCall, AskedPair, Block, BlockDiff, Missing } from "./types.ts";

export function callView(asked: AskedCall): Child[] {
  return [settings(asked), asked.missing ? lost(asked.missing) : null, ...asked.blocks.map(block)];
}

function settings(asked: AskedCall): HTMLElement {
  const { temperature, max_tokens: most, seed } = asked.settings;
  const said = [
    temperature === undefined ? "" : t("freedom {n}", { n: inDigits(temperature) }),
    most === undefined ? "" : t("at most {n} tokens", { n: inDigits(most) }),
    seed === undefined ? "" : t("seed {n}", { n: String(seed) }),
  ].filter(Boolean);
  return h("p", { class: "wb-help" }, [t("To {model}", { model: asked.model }), ...said].join(" · "));
}

function lost(missing: Missing): HTMLElement {
  if (missing === "older") return remark("info", t("This was asked before the workbench kept what it asks: of it there is only a fingerprint."));
  return remark("warn", t("What is kept of this question does not fit its fingerprint, so it is not shown as what was asked."));
}

function block(one: Block): HTMLElement {
  const text = one.parts.map((part) => (part.place ? h("span", { class: "wb-asked-put", title: t("put in: {place}", { place: placeName(part.place) }) }, ...plain(part.text)) : h("span", {}, ...plain(part.text))));
  return section(one.name, null, h("div", { class: "wb-text wb-asked-text", dir: "auto" }, ...text));
}

const HOW: Record<BlockDiff["how"], () => HTMLElement | null> = {
  same: () => h("span", { class: "wb-chip" }, t("the same")),
  changed: () => h("span", { class: "wb-chip wb-chip-accent" }, t("changed")),
  added: () => h("span", { class: "wb-chip wb-chip-good" }, t("only in this one")),
  removed: () => h("span", { class: "wb-chip wb-chip-warn" }, t("only in the other one")),
};

export function pairView(pair: AskedPair | undefined): Child[] {
  if (!pair) return [emptyState(t("Nothing to compare"), t("The other draft was asked no such question."))];
  if (pair.missing) return [lost(pair.missing)];
  const differs = pair.blocks.some((one) => one.how !== "same");
  const told = pair.old === null ? t("The other draft was asked no such question.") : pair.new === null ? t("Only the other draft was asked this.") : differs ? "" : t("Both were asked the same, word by word.");
  const key = pair.blocks.some((one) => one.how === "changed") ? h("p", { class: "wb-help" }, t("Struck through: the other draft's words. Underlined: this one's.")) : null;
  return [told ? remark("info", told) : null, key, ...pair.blocks.map(blockDiff)];
}

function blockDiff(one: BlockDiff): HTMLElement {
  if (one.how === "same") return h("details", { class: "wb-asked-block" }, h("summary", {}, h("span", { class: "wb-asked-name" }, blockName(one.name)), " ", HOW.same()), diffView(one.parts));
  return section(one.name, HOW[one.how](), diffView(one.parts, true));
}

function section(name: string, mark: HTMLElement | null, text: HTMLElement): HTMLElement {
  return h("section", { class: "wb-asked-block", data: { block: name } }, h("h4", { class: "wb-asked-name" }, blockName(name), mark ? " " : null, mark), text);
}
