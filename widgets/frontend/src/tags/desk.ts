// Where answers are given: paints them at once, sends them, and takes Python's word for what holds.
import type { Ctx } from "../core/ctx.ts";
import { t, tn } from "../core/i18n.ts";
import type { Opened, Scheme, TagValue } from "../core/nouns.ts";
import { rootOf } from "../core/overlay.ts";
import { applied, mine, type Decision } from "./answers.ts";
import { openChooser } from "./chooser.ts";
import { Decisions, type Span } from "./decisions.ts";
import { Journal, type Keeper } from "./journal.ts";

export interface DeskOptions {
  ctx: Ctx;
  root: HTMLElement;
  /** What is open; null while nothing is. */
  opened: () => Opened | null;
  /** Do it now, or as soon as what it is about is there; absent: it always is. */
  whenHere?: (run: () => void) => void;
  /** Whether it is on its way. */
  expecting?: () => boolean;
  /** Which samples an answer is about. */
  ids: () => string[];
  /** The turn an answer is about, for schemes that ask about turns. */
  turn: () => string | null;
  /** The open sample's tags changed, by an answer just given or by Python's word. */
  onTags: (opened: Opened, decision: Decision) => void;
  onPaint?: (decision: Decision) => void;
  onScheme?: (scheme: Scheme) => void;
  onRefused: () => void;
  onPending?: (count: number) => void;
  onWrote?: (span: Span) => void;
  keeper?: Keeper | null;
  /** Set while answers belong to a review queue that keeps them in its own way. */
  review?: () => Decision["review"];
  /** Values of a scheme with a digit of their own. */
  quick?: (scheme: Scheme) => string[];
  /** Instead of answering at once, for questions that ask for more. */
  onChosen?: (scheme: Scheme, value: TagValue | null) => void;
}

export class Desk {
  private readonly decisions: Decisions;
  private readonly journal: Journal;

  constructor(private readonly options: DeskOptions) {
    const { ctx } = options;
    this.journal = new Journal(
      `workbench.pending.${ctx.trait.get<string>("place") ?? ""}.${ctx.author}`,
      options.keeper ?? null,
    );
    this.decisions = new Decisions({
      call: ctx.call,
      journal: this.journal,
      onOptimistic: (decision) => this.paint(decision),
      onSaved: (decision, tags) => this.confirm(decision, tags),
      onRefused: (_decision, error) => {
        ctx.notice(error);
        options.onRefused();
      },
      onPending: (count) => options.onPending?.(count),
      onWrote: (span) => options.onWrote?.(span),
    });
  }

  /** Give (or with null take back) an answer about what is chosen. */
  answer(scheme: Scheme, value: TagValue | null): void {
    const give = (): void => this.give(scheme, value);
    if (this.options.whenHere) this.options.whenHere(give);
    else give();
  }

  private give(scheme: Scheme, value: TagValue | null): void {
    const turn = this.turnFor(scheme);
    const opened = this.options.opened();
    const ids = turn && opened ? [opened.sample.id] : this.options.ids();
    if (ids.length === 0) return;
    const review = this.options.review?.();
    const decision = { ids, scheme: scheme.name, value, turn };
    void this.decisions.decide(review ? { ...decision, review } : decision);
  }

  choose(scheme: Scheme): void {
    const ids = this.options.ids();
    const opened = this.options.opened();
    if (ids.length === 0 && !this.options.expecting?.()) return;
    const { ctx, root, onChosen } = this.options;
    const turn = this.turnFor(scheme);
    openChooser(rootOf(root), {
      scheme,
      current: opened ? mine(opened.tags, scheme.name, ctx.author, turn)?.value : undefined,
      subject: ids.length > 1 ? tn("{n} marked", "{n} marked", ids.length) : turn ? t("this turn") : t("this conversation"),
      onChoose: (value) => (onChosen ? onChosen(scheme, value) : this.answer(scheme, value)),
      quick: this.options.quick?.(scheme) ?? [],
      onAdd: (value, label) => void this.add(scheme, value, label).catch(ctx.notice),
    });
  }

  /** Answers that Python has not confirmed yet. */
  get pending(): Decision[] {
    return this.journal.decisions();
  }

  /** A sample as fetched, with the answers on top that Python had not seen when it was asked for. */
  overlay(opened: Opened): Opened {
    const { author } = this.options.ctx;
    return {
      ...opened,
      tags: this.pending.reduce((tags, decision) => applied(tags, opened.sample.id, decision, author), opened.tags),
    };
  }

  /** Send what an earlier page could not, and tell. To be called before anything can be answered here: an older answer
   * must not come after a newer one. */
  async recover(): Promise<void> {
    const count = await this.decisions.recover();
    if (count > 0) this.options.ctx.notice(tn("{n} answer that had not been saved was saved now.", "{n} answers that had not been saved were saved now.", count));
  }

  private turnFor(scheme: Scheme): string | null {
    return scheme.on === "sample" ? null : this.options.turn();
  }

  private async add(scheme: Scheme, value: string, label: string): Promise<void> {
    const saved = await this.options.ctx.call<Scheme>("scheme.add", { scheme: scheme.name, value, label });
    const { onScheme, onChosen } = this.options;
    onScheme?.(saved);
    if (onChosen) onChosen(saved, value);
    else this.answer(saved, value);
  }

  private paint(decision: Decision): void {
    const { ctx, opened, onPaint, onTags } = this.options;
    onPaint?.(decision);
    const now = opened();
    if (now) onTags({ ...now, tags: applied(now.tags, now.sample.id, decision, ctx.author) }, decision);
  }

  private confirm(decision: Decision, tags: Opened["tags"] | null): void {
    const now = this.options.opened();
    if (!now || !tags || !decision.ids.includes(now.sample.id)) return;
    this.options.onTags({ ...now, tags: tags.filter((tag) => tag.sample === now.sample.id) }, decision);
  }
}
