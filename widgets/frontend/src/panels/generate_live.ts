// A draft that is run turn by turn: run, pause, step, rewrite a turn, let the rest be made anew, read old versions.
import type { Ctx } from "../core/ctx.ts";
import { fill, h } from "../core/dom.ts";
import { failed, loading } from "../core/empty.ts";
import type { Shortcut } from "../core/keys.ts";
import { followJob } from "../work/jobs.ts";
import { newest } from "../work/parts.ts";
import type { Budget } from "./generate_types.ts";
import { drawBar, type BarActions } from "./live_bar.ts";
import type { Live, Measures } from "./live_types.ts";
import { liveEditor, type LiveEditor, type Rewritten } from "./live_editor.ts";
import { liveKeys } from "./live_keys.ts";
import * as s from "./live_state.ts";
import { Told } from "./live_told.ts";
import { LiveTurns } from "./live_turns.ts";

const OFTEN = 400;

export class LivePane {
  readonly element = h("article", { class: "wb-live" });
  private readonly bar = h("div", { class: "wb-live-bar" });
  private readonly acts: BarActions = { runOrPause: () => this.runOrPause(), step: () => void this.play({ count: 1 }), edit: () => this.edit(), again: () => void this.again(), read: (branch) => this.read(branch), goBack: () => void this.goBack() };
  private readonly told = new Told({ sendAgain: () => void this.play({ count: 1, send_again: true }), rewind: () => void this.again(), raise: (budget) => this.play({ budget }) });
  private readonly turns = h("div", {});
  private readonly list = new LiveTurns((turn) => this.choose(turn));
  private readonly measures = h("p", { class: "wb-live-measures wb-quiet" });
  private readonly clock = setInterval(() => this.live && s.running(this.live) && !this.asking && void this.refresh(), OFTEN);
  private readonly ticket = newest();
  private live: Live | null = null;
  private current = "";
  private version: number | null = null;
  private editor: LiveEditor | null = null;
  private pending: Promise<unknown> = Promise.resolve();
  private asking = false;
  private pausing = false;
  private unfollow = (): void => {};

  constructor(
    private readonly ctx: Ctx,
    readonly id: string,
    private head: HTMLElement | null,
    private readonly focusBack: () => void,
    private readonly turned: () => void = () => {},
  ) {
    this.element.dataset["draftId"] = id;
    fill(this.turns, loading());
    fill(this.element, head, h("div", { class: "wb-live-top" }, this.bar, this.told.element, this.measures), this.turns);
    void this.refresh();
  }

  /** Another head, in the place of the one before. */
  put(head: HTMLElement): void {
    this.head?.replaceWith(head);
    this.head = head;
  }

  close(): void {
    this.unfollow();
    clearInterval(this.clock);
  }

  get editing(): boolean {
    return this.editor !== null;
  }

  keys(): Shortcut[] {
    if (this.editor) return this.editor.keys;
    return liveKeys({ run: () => this.runOrPause(), step: () => void this.play({ count: 1 }), edit: () => this.edit(), again: () => void this.again(), version: () => this.nextVersion(), goBack: () => void this.goBack(), move: (by) => this.move(by) });
  }

  async refresh(): Promise<void> {
    const mine = this.ticket();
    this.asking = true;
    try {
      const live = await this.ctx.call<Live>("live.open", { id: this.id });
      if (mine.old() || !this.show(live)) return;
      const found = await this.ctx.call<Measures>("live.measures", { run: live.run });
      if (!mine.old()) this.measures.textContent = s.measuresInWords(found);
    } catch (error) {
      if (this.live) this.ctx.notice(error);
      else fill(this.turns, failed(error, () => void this.refresh()));
    } finally {
      if (!mine.old()) this.asking = false;
    }
  }

  /** Draw what came; returns whether its turns are other ones than before. */
  private show(live: Live): boolean {
    const grown = this.live !== null && s.now(live).turns.length > s.now(this.live).turns.length;
    const changed = JSON.stringify([this.live?.branches, this.live?.stale]) !== JSON.stringify([live.branches, live.stale]);
    const follows = !grown || this.list.inView(this.current);
    this.live = live;
    this.pausing &&= s.running(live);
    const ids = s.now(live).turns.map((item) => item.turn.id);
    if (!ids.includes(this.current) || grown) this.current = ids.at(-1) ?? "";
    this.drawHead();
    if (!this.editor && changed) this.drawTurns(follows);
    return changed;
  }

  private drawHead(): void {
    if (!this.live) return;
    drawBar(this.bar, { live: this.live, version: this.version, current: this.current, pausing: this.pausing }, this.acts);
    this.told.draw(this.live, this.version);
  }

  /** Whoever reads elsewhere is not taken to a turn that came: then it does not `follow`. */
  private drawTurns(follow = true): void {
    if (!this.live) return;
    if (!this.turns.contains(this.list.element)) fill(this.turns, this.list.element);
    this.list.draw({ turns: s.shownOf(this.live, this.version), current: this.version === null ? this.current : "", editor: this.editor }, follow);
  }

  private choose(turn: string): void {
    if (this.editor || this.version !== null) return;
    this.current = turn;
    this.drawHead();
    this.drawTurns();
  }

  private move(by: number): void {
    const ids = this.live ? s.now(this.live).turns.map((item) => item.turn.id) : [];
    const at = Math.min(Math.max(ids.indexOf(this.current) + by, 0), ids.length - 1);
    if (ids[at]) this.choose(ids[at]);
  }

  private read(branch: number): void {
    this.version = this.live && branch < this.live.branches.length - 1 ? branch : null;
    this.drawHead();
    this.drawTurns();
  }

  private nextVersion(): void {
    const all = this.live?.branches.length ?? 0;
    if (all > 1 && !this.editor) this.read(((this.version ?? all - 1) + all - 1) % all);
  }

  private runOrPause(): void {
    void this.pending.then(() => (this.live && s.running(this.live) ? this.pause() : this.play()));
  }

  private pause(): Promise<unknown> {
    return this.does("live.pause", {}, () => (this.pausing = true));
  }

  private async play(how: { count?: number; send_again?: boolean; budget?: Budget } = {}): Promise<void> {
    await this.pending;
    if (this.live && !this.editor && this.version === null && !s.running(this.live)) {
      await this.does<{ job: string }>("live.play", how, ({ job }) => this.follow(job));
    }
  }

  /** From the first moment: a job that ends at once is told here, and nowhere else. */
  private follow(job: string): void {
    this.unfollow();
    this.unfollow = followJob(this.ctx, job, { end: () => void this.refresh(), inView: () => this.element.offsetParent !== null });
  }

  private edit(): void {
    const item = this.live && s.now(this.live).turns.find((one) => one.turn.id === this.current);
    if (!item || this.version !== null || this.editor) return;
    if (this.live && s.running(this.live)) void this.pause();
    this.editor = liveEditor(item, { save: (made) => void this.save(made), cancel: () => this.leave() });
    this.drawTurns();
    this.turned();
    this.editor.focus();
  }

  private async save(made: Rewritten): Promise<void> {
    if (this.editor && (await this.does("live.rewind", { turn: this.editor.turn, ...made }))) this.leave();
  }

  private leave(): void {
    this.editor = null;
    this.drawTurns();
    this.focusBack();
    this.turned();
  }

  private async again(): Promise<void> {
    await this.pending;
    if (this.live && !this.editor && this.version === null && (await this.does("live.rewind", { turn: this.current }))) await this.play();
  }

  /** What is read holds from then on, and is run on from there. */
  private async goBack(): Promise<void> {
    const branch = this.version;
    await this.pending;
    if (branch === null || this.editor || !this.live || s.running(this.live)) return;
    this.version = null;
    if (!(await this.does("live.back", { branch }))) this.read(branch);
    this.focusBack();
  }

  /** One command after the other: a key pressed while one is under way is done after it, on what is true then. */
  private does<T = unknown>(name: string, args: Record<string, unknown>, at: (answer: T) => void = () => {}): Promise<T | null> {
    const answer = this.pending.then(() => this.asked<T>(name, args, at));
    this.pending = answer;
    return answer;
  }

  private async asked<T>(name: string, args: Record<string, unknown>, at: (answer: T) => void): Promise<T | null> {
    try {
      const answer = await this.ctx.call<T>(name, { id: this.id, ...args });
      at(answer);
      return answer;
    } catch (error) {
      this.ctx.notice(error);
      return null;
    } finally {
      await this.refresh();
    }
  }
}
