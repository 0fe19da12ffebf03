// The relatives of a conversation: nearly the same, alike in meaning, its family as a tree; two of them side by side.
import type { Ctx } from "../core/ctx.ts";
import { fill, h } from "../core/dom.ts";
import { failed, loading } from "../core/empty.ts";
import { percent, t } from "../core/i18n.ts";
import { bindKeys } from "../core/keys.ts";
import { openOverlay, rootOf, type Overlay } from "../core/overlay.ts";
import { line } from "../text/body.ts";
import { turnDiff, type TurnDiff } from "./turndiff.ts";

interface Near {
  id: string;
  title: string;
  score: number;
  exact?: boolean;
}

interface Member {
  id: string;
  title: string;
  depth: number;
  how: string;
  here: boolean;
}

export function openAlike(from: HTMLElement, ctx: Ctx, id: string, onOpen: (id: string) => void): void {
  new Alike(from, ctx, id, onOpen);
}

class Alike {
  private readonly list = h("div", { class: "wb-alike-list" });
  private readonly view = h("div", { class: "wb-alike-view" });
  private readonly overlay: Overlay;

  constructor(
    from: HTMLElement,
    private readonly ctx: Ctx,
    private readonly id: string,
    private readonly onOpen: (id: string) => void,
  ) {
    const title = t("Conversations like this one");
    const help = h("span", { class: "wb-quiet" }, t("↑ ↓ compare · Enter opens · Esc closes"));
    this.overlay = openOverlay(rootOf(from), title, [
      h("div", { class: "wb-row" }, h("h3", { class: "wb-grow" }, title), help),
      h("div", { class: "wb-alike" }, this.list, this.view),
    ]);
    this.overlay.element.classList.add("wb-overlay-wide");
    bindKeys(this.list, () => [
      { keys: ["ArrowDown", "j"], label: t("Next"), run: () => this.walk(1) },
      { keys: ["ArrowUp", "k"], label: t("Before"), run: () => this.walk(-1) },
    ]);
    this.nothing(t("Move to a conversation to see the difference word by word."));
    void this.load();
  }

  private async load(): Promise<void> {
    const sections = [
      this.section(t("Nearly the same"), "sample.twins", (found: Near[]) => this.nearLines(found, t("No near-duplicate."))),
      this.section(t("Alike in meaning"), "sample.near", (found: Near[]) =>
        this.nearLines(found, t("None found yet: the meaning of the texts may still be read in."))),
      this.section(t("Family"), "sample.family", (found: { members: Member[]; more: number }) => this.family(found)),
    ];
    fill(this.list, ...sections.map((section) => section.element));
    await Promise.all(sections.map((section) => section.ready));
    if (!this.list.contains(document.activeElement)) this.buttons()[0]?.focus();
  }

  private section<T>(title: string, command: string, draw: (found: T) => HTMLElement[]) {
    const body = h("div", {}, loading(t("Looking")));
    const ready = this.ctx
      .call<T>(command, { id: this.id })
      .then((found) => fill(body, ...draw(found)))
      .catch((error) => fill(body, failed(error)));
    return { element: h("section", { class: "wb-alike-part" }, h("h4", {}, title), body), ready };
  }

  private nearLines(found: Near[], none: string): HTMLElement[] {
    if (found.length === 0) return [h("p", { class: "wb-quiet" }, none)];
    return found.map((item) => {
      const score = item.exact ? t("the same") : percent(item.score);
      return this.entry(item.id, item.title, score);
    });
  }

  private family({ members, more }: { members: Member[]; more: number }): HTMLElement[] {
    if (members.length < 2) return [h("p", { class: "wb-quiet" }, t("No parent and no variant."))];
    const lines = members.map((member) =>
      this.entry(member.id, member.title, member.how === "branch" ? t("branch") : member.how, member.depth, member.here),
    );
    return more > 0 ? [...lines, h("p", { class: "wb-quiet" }, t("and {n} more", { n: more }))] : lines;
  }

  private entry(id: string, title: string, note: string, depth = 0, here = false): HTMLElement {
    return h(
      "button",
      {
        class: here ? "wb-alike-entry wb-alike-here" : "wb-alike-entry",
        "aria-current": here ? "true" : undefined,
        style: { "padding-inline-start": `${8 + depth * 16}px` },
        on: { click: () => this.open(id), focus: () => void this.compare(id, here) },
      },
      depth > 0 ? h("span", { class: "wb-quiet", "aria-hidden": "true" }, "└ ") : null,
      line(title || t("(no text)"), "wb-alike-title"),
      note ? h("span", { class: "wb-quiet wb-numbers" }, note) : null,
    );
  }

  private open(id: string): void {
    this.overlay.close();
    if (id !== this.id) this.onOpen(id);
  }

  private async compare(id: string, here: boolean): Promise<void> {
    if (here || id === this.id) return this.nothing(t("This is the conversation that is open."));
    try {
      const diffs = await this.ctx.call<TurnDiff[]>("history.compare", { old: this.id, new: id });
      fill(this.view, ...diffs.map(turnDiff));
    } catch (error) {
      fill(this.view, failed(error));
    }
  }

  private nothing(words: string): void {
    fill(this.view, h("p", { class: "wb-quiet" }, words));
  }

  private buttons(): HTMLElement[] {
    return [...this.list.querySelectorAll<HTMLElement>(".wb-alike-entry")];
  }

  private walk(by: number): void {
    const buttons = this.buttons();
    const at = buttons.indexOf(document.activeElement as HTMLElement);
    buttons[Math.max(0, Math.min(buttons.length - 1, at + by))]?.focus();
  }
}
