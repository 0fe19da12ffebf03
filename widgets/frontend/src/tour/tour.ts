// The guided start over the real screen. It takes no key and no click away from it: only its own card has buttons.
import type { Ctx, Tab } from "../core/ctx.ts";
import { fill, h } from "../core/dom.ts";
import { t } from "../core/i18n.ts";
import { bindKeys } from "../core/keys.ts";
import { rootOf } from "../core/overlay.ts";
import type { Call } from "../core/rpc.ts";
import { placeFor, type Box } from "./place.ts";
import { STEPS, type Step } from "./steps.ts";

export interface Tour {
  start(): void;
  end(): void;
  /** A page came to the front. */
  opened(tab: Tab): void;
  /** The same call, overheard: what a person did shows in the commands. */
  listening(call: Call): Call;
}

const LOOK_MS = 150;
const NEXT_MS = 700;

export function makeTour(root: HTMLElement, ctx: Ctx, open: (tab: Tab) => void): Tour {
  let guide: Guide | null = null;
  const end = (): void => {
    guide?.close();
    guide = null;
  };
  const over = (): void => {
    end();
    ctx.keep("tour", null);
    ctx.remember("tour", "seen");
  };
  const start = (): void => {
    end();
    const at = ctx.kept<number>("tour") ?? 0;
    guide = new Guide(root, { open, over, reached: (step) => ctx.keep("tour", step) }, at);
  };
  return {
    start,
    end,
    opened: (tab) => guide?.opened(tab),
    listening: (call) => (name, args) => {
      const answer = call(name, args);
      if (guide) void answer.then(() => guide?.did(name, args ?? {})).catch(() => {});
      return answer;
    },
  };
}

interface GuideEvents {
  open: (tab: Tab) => void;
  over: () => void;
  reached: (step: number) => void;
}

class Guide {
  private readonly ring = h("div", { class: "wb-tour-ring", "aria-hidden": "true" });
  private readonly card = h("aside", { class: "wb-tour", "aria-label": t("Guided start"), "aria-live": "polite" });
  private readonly frame: HTMLElement;
  private readonly unbind: () => void;
  private readonly timer: ReturnType<typeof setInterval>;
  private next: ReturnType<typeof setTimeout> | undefined;
  private done = false;
  private began: string | undefined;

  constructor(
    root: HTMLElement,
    private readonly events: GuideEvents,
    private at: number,
  ) {
    this.frame = rootOf(root);
    this.frame.append(this.ring, this.card);
    this.unbind = bindKeys(this.frame, () => [
      { keys: ["Alt+Enter"], label: "", inText: true, fixed: true, run: () => this.go(1) },
      { keys: ["Alt+Shift+Enter"], label: "", inText: true, fixed: true, run: () => this.events.over() },
    ]);
    this.timer = setInterval(() => this.look(), LOOK_MS);
    this.show();
  }

  close(): void {
    clearInterval(this.timer);
    clearTimeout(this.next);
    this.unbind();
    this.ring.remove();
    this.card.remove();
  }

  opened(tab: Tab): void {
    if (this.step.opened === tab) this.finish();
  }

  did(name: string, args: Record<string, unknown>): void {
    const asked = name !== "browse.rows" || Boolean(args["query"]);
    if (asked && this.step.commands?.includes(name)) this.finish();
  }

  private get step(): Step {
    return STEPS[Math.min(this.at, STEPS.length - 1)]!;
  }

  private go(by: number): void {
    clearTimeout(this.next);
    const to = this.at + by;
    if (to >= STEPS.length) return this.events.over();
    this.at = Math.max(0, to);
    this.events.reached(this.at);
    this.show();
  }

  private show(): void {
    this.done = false;
    this.began = this.current();
    this.events.open(this.step.tab);
    this.draw();
    this.look();
  }

  private finish(): void {
    if (this.done) return;
    this.done = true;
    this.draw();
    this.next = setTimeout(() => this.go(1), NEXT_MS);
  }

  private current(): string | undefined {
    return this.frame.querySelector<HTMLElement>(".wb-item-current")?.dataset["sampleId"];
  }

  private draw(): void {
    const last = this.at === STEPS.length - 1;
    const button = (label: string, run: () => void, kind = "wb-button-quiet", hint = ""): HTMLElement =>
      h("button", { class: `wb-button wb-button-small ${kind}`, title: hint, on: { click: run } }, label);
    fill(
      this.card,
      h("h3", {}, this.done ? h("span", { class: "wb-tour-done" }, "✓ ") : null, t(this.step.title)),
      h("p", {}, t(this.step.text)),
      h(
        "div",
        { class: "wb-row" },
        h("span", { class: "wb-quiet wb-numbers wb-grow" }, `${this.at + 1} / ${STEPS.length}`),
        last ? null : button(t("End the guide"), () => this.events.over(), "wb-button-quiet", "Alt+Shift+Enter"),
        this.at > 0 && !last ? button(t("Back"), () => this.go(-1)) : null,
        button(last ? t("Done") : t("Go on"), () => this.go(1), "wb-button-primary", "Alt+Enter"),
      ),
    );
  }

  /** Follows what it talks about, and sees whether the person moved. */
  private look(): void {
    if (this.step.moved && !this.done) {
      const now = this.current();
      if (this.began === undefined) this.began = now;
      else if (now !== undefined && now !== this.began) this.finish();
    }
    const target = this.step.at.map((at) => this.frame.querySelector<HTMLElement>(at)).find((el) => el?.offsetParent);
    const frame = boxOf(this.frame, null);
    const box = target ? boxOf(target, frame) : null;
    this.ring.hidden = box === null;
    if (box) move(this.ring, { left: box.left - 4, top: box.top - 4, width: box.width + 8, height: box.height + 8 });
    const clear = [...this.frame.querySelectorAll<HTMLElement>(".wb-sheet, .wb-tabs")].map((element) => boxOf(element, frame));
    const size = { width: this.card.offsetWidth, height: this.card.offsetHeight };
    const room = { left: 0, top: 0, width: frame.width, height: frame.height };
    const corner = { left: frame.width, top: frame.height, width: 0, height: 0 }; // the person is on another page
    const place = placeFor(size, box ?? corner, clear, room);
    this.card.style.left = `${place.left}px`;
    this.card.style.top = `${place.top}px`;
  }
}

function boxOf(element: HTMLElement, inside: Box | null): Box {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { left: left - (inside?.left ?? 0), top: top - (inside?.top ?? 0), width, height };
}

function move(element: HTMLElement, box: Box): void {
  for (const side of ["left", "top", "width", "height"] as const) element.style[side] = `${box[side]}px`;
}
