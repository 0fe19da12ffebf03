// What a draft is compared with: the saved text, or the sample it was made from.
import { h } from "../core/dom.ts";
import { t } from "../core/i18n.ts";
import type { Opened, Sample, Turn } from "../core/nouns.ts";
import type { Call } from "../core/rpc.ts";
import type { DraftTurn } from "./draft.ts";

/** The turn of a parent that stands for one of ours: of the same id and role, else at the same place. */
export function counterpart(item: DraftTurn, at: number, parent: Turn[]): Turn | null {
  const same = parent.find((turn) => turn.id === item.turn.id);
  if (same && same.role === item.turn.role) return same;
  const there = parent[at];
  return there && there.role === item.turn.role ? there : null;
}

/** The sample that this one was made from, or branches from; "" for one that was not. */
export function parentOf(sample: Sample): string {
  const { parents, branch_of } = sample.origin as { parents?: string[]; branch_of?: string };
  return parents?.[0] ?? branch_of ?? "";
}

export class Against {
  readonly element: HTMLElement;
  private readonly choice = h("select", { class: "wb-select wb-turn-select", "aria-label": t("Compare with") });
  private parent: Turn[] | null = null;
  private asked = "";

  constructor(
    private readonly call: Call,
    private readonly onChange: () => void,
    private readonly notice: (what: unknown) => void,
  ) {
    this.choice.append(
      h("option", { value: "saved" }, t("the saved text")),
      h("option", { value: "parent" }, t("the conversation it was made from")),
    );
    this.choice.addEventListener("change", () => void this.choose());
    this.element = h("label", { class: "wb-editor-against" }, h("span", { class: "wb-quiet" }, t("Compare with")), this.choice);
  }

  /** For another sample: only what was made from one has a parent to be compared with. */
  start(sample: Sample): void {
    const parent = parentOf(sample);
    if (parent !== this.asked) this.parent = null;
    this.asked = parent;
    this.element.hidden = parent === "";
    if (!parent) this.choice.value = "saved";
    else if (this.choice.value === "parent" && !this.parent) void this.choose();
  }

  of(item: DraftTurn, at: number): Turn | null {
    if (this.choice.value === "parent" && this.parent) return counterpart(item, at, this.parent);
    return item.saved;
  }

  private async choose(): Promise<void> {
    const asked = this.asked;
    try {
      if (this.choice.value === "parent" && !this.parent) {
        const opened = await this.call<Opened>("sample.open", { id: asked });
        if (asked === this.asked) this.parent = opened.sample.turns;
      }
    } catch (error) {
      this.choice.value = "saved";
      this.notice(error);
    }
    this.onChange();
  }
}
