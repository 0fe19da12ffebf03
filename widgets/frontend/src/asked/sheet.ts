// "What the model was asked": every question of a draft as named blocks, alone or beside those of another draft.
import type { Ctx } from "../core/ctx.ts";
import { fill, h } from "../core/dom.ts";
import { emptyState, failed, loading } from "../core/empty.ts";
import { inDigits, t, tn } from "../core/i18n.ts";
import { openOverlay, rootOf } from "../core/overlay.ts";
import { button, field, keyed, newest, select } from "../work/parts.ts";
import { callView, pairView } from "./blocks.ts";
import type { Alike, Asked, AskedCall, AskedPairs } from "./types.ts";

export function openAsked(ctx: Ctx, from: HTMLElement, draft: string): void {
  const body = h("div", { class: "wb-asked", tabindex: 0, "aria-label": t("What the model was asked"), data: { first: "" } }, loading());
  const choices = h("div", { class: "wb-row wb-asked-choices" });
  const overlay = openOverlay(rootOf(from), t("What the model was asked"), [
    h("h3", {}, t("What the model was asked")),
    choices,
    body,
    h("div", { class: "wb-row wb-sheet-foot" }, button(keyed(t("Close"), "Esc"), () => overlay.close(), { tone: "quiet", name: "asked-close" })),
  ]);
  overlay.element.classList.add("wb-overlay-asked");
  const read = async (): Promise<void> => {
    try {
      const asked = await ctx.call<Asked>("prompt.open", { id: draft });
      if (asked.calls.length === 0) return fill(body, emptyState(t("No model was asked"), t("This draft was made without a model.")));
      follow(ctx, draft, asked, choices, body);
    } catch (error) {
      fill(body, failed(error, () => void read()));
    }
  };
  void read();
}

/** What is chosen above decides what is shown below: a question, and a draft to compare with or none. */
function follow(ctx: Ctx, draft: string, asked: Asked, choices: HTMLElement, body: HTMLElement): void {
  const which = select(asked.calls.map((call, at) => ({ value: String(at), label: nameOf(call, at, asked.calls.length) })), "0", { data: { field: "asked-call" } });
  const other = select([{ value: "", label: t("no other draft") }], "", { data: { field: "asked-other" } });
  const take = newest();
  const known = new Map<string, AskedPairs>();
  const draw = async (): Promise<void> => {
    const ticket = take();
    const at = Number(which.value);
    const { value } = other;
    const last = at === asked.calls.length - 1;
    if (!value) return fill(body, ...callView(asked.calls[at]!), last ? further(asked.more) : null);
    try {
      const found = known.get(value) ?? (await ctx.call<AskedPairs>("prompt.diff", { old: value, new: draft }));
      known.set(value, found);
      if (!ticket.old()) fill(body, ...pairView(found.pairs[at]), last ? further(found.pairs.length + found.more - asked.calls.length) : null);
    } catch (error) {
      if (!ticket.old()) fill(body, failed(error, () => void draw()));
    }
  };
  which.addEventListener("change", () => void draw());
  other.addEventListener("change", () => void draw());
  fill(choices, asked.calls.length > 1 ? field(t("Question"), which) : null, field(t("Compare with"), other, null, "wb-grow"));
  void ctx.call<Alike[]>("prompt.alike", { id: draft }).then((found) => offer(other, found), ctx.notice);
  void draw();
}

function nameOf(call: AskedCall, at: number, all: number): string {
  const place = t("{n} of {all}", { n: inDigits(at + 1), all: inDigits(all) });
  return call.turns.length > 0 ? t("{place}, for turn {turn}", { place, turn: call.turns.join(", ") }) : place;
}

function offer(other: HTMLSelectElement, found: Alike[]): void {
  for (const one of found) other.append(h("option", { value: one.id }, t("{recipe}, row {n}: {start}", { recipe: one.recipe, n: inDigits(one.row + 1), start: one.start })));
  if (found.length > 0) return;
  other.disabled = true;
  other.title = t("There is no other draft of this recipe here");
}

function further(more: number): HTMLElement | null {
  return more > 0 ? h("p", { class: "wb-quiet" }, tn("{n} further question is not shown.", "{n} further questions are not shown.", more)) : null;
}
