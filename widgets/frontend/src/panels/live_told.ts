// What a conversation that is run turn by turn says of itself, and what a person can do about it where it stopped.
import { fill, h, type Child } from "../core/dom.ts";
import { inDigits, t } from "../core/i18n.ts";
import { line } from "../text/body.ts";
import { button, keyed } from "../work/parts.ts";
import { raiseForm } from "./generate_raise.ts";
import type { Budget } from "./generate_types.ts";
import * as s from "./live_state.ts";
import type { Live } from "./live_types.ts";

export interface ToldActions {
  /** Ask for the next turn, and no other, although it was maybe charged. */
  sendAgain: () => void;
  /** Make the last turn anew: what comes after it is another request. */
  rewind: () => void;
  raise: (budget: Budget) => Promise<void>;
}

export class Told {
  readonly element = h("div", { class: "wb-live-says" });
  private readonly status = h("p", { class: "wb-live-told", role: "status" });
  private readonly choice = h("div", { class: "wb-live-choice" });
  private drawn = "";

  constructor(private readonly act: ToldActions) {
    fill(this.element, this.status, this.choice);
  }

  draw(live: Live, version: number | null): void {
    const old = version !== null;
    const text = old ? t("An earlier version, to read. What holds is under “Now”.") : s.statusOf(live);
    if (this.status.firstChild?.textContent !== text) fill(this.status, h("span", {}, text));
    this.status.querySelector(".wb-live-writing")?.remove();
    if (!old && s.running(live) && live.job?.message) this.status.append(line(live.job.message, "wb-live-writing"));
    this.drawChoice(live, old);
  }

  /** Drawn only when it is another one: somebody may be writing in it. */
  private drawChoice(live: Live, old: boolean): void {
    const kind = old ? "" : s.inDoubt(live) ? "doubt" : live.limit && live.job?.state === "failed" ? "limit" : "";
    const mark = kind && JSON.stringify([kind, live.limit, s.now(live).turns.length, live.branches.length]);
    if (mark === this.drawn) return;
    this.drawn = mark;
    fill(this.choice, ...(kind === "doubt" ? this.doubt(live) : kind === "limit" ? [raiseForm(live.limit!, t("Raise the limit and run on"), this.act.raise)] : []));
  }

  private doubt(live: Live): Child[] {
    const turns = s.now(live).turns;
    const last = turns.at(-1);
    return [
      h("div", { class: "wb-wrap" }, button(t("Send this turn again"), this.act.sendAgain, { small: true, name: "live-send-again" }), h("span", { class: "wb-help" }, t("It may be paid for twice."))),
      last && last.by !== "opening"
        ? h("div", { class: "wb-wrap" }, button(keyed(t("Rewind to turn {n}", { n: inDigits(turns.length) }), "g"), this.act.rewind, { small: true, name: "live-rewind" }), h("span", { class: "wb-help" }, t("That turn is made anew, and the one after it is another request.")))
        : null,
    ];
  }
}
