// What is asked about the open sample and what of it is answered. It draws nothing and sends nothing.
import { t } from "../core/i18n.ts";
import type { Scheme, Tag, TagValue } from "../core/nouns.ts";
import { CANNOT_SAY, mine, others, suggested, typed } from "../tags/answers.ts";
import { offers, type Offer } from "./choices.ts";
import type { Asking } from "./question.ts";
import type { Asked, Example, OpenQueue, Report, Reviewed } from "./types.ts";

export class Sheet {
  opened: Reviewed | null = null;
  /** Place of the current question among the steps. */
  at = 0;
  /** A turn the person chose: questions that ask about turns are then about it. */
  picked: string | null = null;
  /** Waiting to see what the others say, or showing it. */
  blind: "waiting" | "revealed" | null = null;
  /** One scheme alone, where a queue asks one across all samples. */
  only: string | undefined;
  schemes: Scheme[];
  /** Answers to questions that are asked again or settled, given on this page. */
  private readonly given = new Map<string, TagValue>();

  constructor(
    private readonly queue: OpenQueue,
    private readonly author: string,
    private readonly quick: (scheme: string) => string[],
  ) {
    this.schemes = queue.schemes;
  }

  /** Whether answers are kept by the queue and not as ordinary tags. */
  get apart(): boolean {
    return this.queue.queue.order === "again" || this.queue.queue.order === "settle";
  }

  get steps(): Asked[] {
    return (this.opened?.asked ?? []).filter((asked) => !this.only || asked.scheme === this.only);
  }

  get step(): Asked | undefined {
    return this.steps[this.at];
  }

  get scheme(): Scheme | undefined {
    return this.schemeOf(this.step?.scheme);
  }

  /** The turn to show as current. */
  get turn(): string | null {
    return this.picked ?? this.step?.turn ?? null;
  }

  /** Place of the first question without an answer, -1 when there is none. */
  get firstOpen(): number {
    return this.steps.findIndex((asked) => this.valueOf(asked) === undefined);
  }

  /** To the question after this one (1) or before it (-1), around the ends; false when nothing is asked. */
  move(by: number): boolean {
    const count = this.steps.length;
    if (count === 0) return false;
    this.at = (this.at + by + count) % count;
    this.blind = null;
    return true;
  }

  /** A turn of its own: questions that ask about turns are then about it. */
  pick(turn: string | null): void {
    const asked = turn ? this.steps.findIndex((step) => step.turn === turn) : -1;
    if (asked >= 0) this.at = asked;
    this.picked = asked >= 0 ? null : turn;
  }

  /** The turn after the current one (1) or before it (-1); without one, the first or the last. */
  turnBeside(by: number): string | null {
    const turns = this.opened?.sample.turns ?? [];
    const at = turns.findIndex((turn) => turn.id === this.turn);
    const next = at < 0 ? (by > 0 ? 0 : turns.length - 1) : Math.min(turns.length - 1, Math.max(0, at + by));
    return turns[next]?.id ?? null;
  }

  schemeOf(name: string | undefined): Scheme | undefined {
    return this.schemes.find((scheme) => scheme.name === name);
  }

  turnOf(asked: Asked): string | null {
    const scheme = this.schemeOf(asked.scheme);
    return asked.turn ?? (scheme && scheme.on !== "sample" ? this.picked : null);
  }

  valueOf(asked: Asked): TagValue | undefined {
    if (!this.opened) return undefined;
    if (this.apart) return this.given.get(this.keyOf(this.opened.sample.id, asked));
    return mine(this.opened.tags, asked.scheme, this.author, this.turnOf(asked))?.value;
  }

  /** How many answers are hidden until this question is answered. */
  hidden(asked: Asked): number {
    return this.opened?.hidden[`${asked.scheme} ${this.turnOf(asked) ?? ""}`] ?? 0;
  }

  give(asked: Asked, value: TagValue | null): void {
    if (!this.apart || !this.opened) return;
    const key = this.keyOf(this.opened.sample.id, asked);
    if (value === null) this.given.delete(key);
    else this.given.set(key, value);
  }

  /** Forget what was given apart, on one sample or on all. */
  forget(sample?: string): void {
    for (const key of [...this.given.keys()])
      if (sample === undefined || key.startsWith(`${sample}\n`)) this.given.delete(key);
  }

  offersOf(scheme: Scheme): Offer[] {
    const told = this.queue.queue.order === "settle" ? (this.opened?.tags ?? []) : [];
    const disputed = told.filter((tag) => tag.scheme === scheme.name && tag.value !== CANNOT_SAY);
    return offers(scheme, [...new Set([...disputed.map((tag) => String(tag.value)), ...this.quick(scheme.name)])]);
  }

  /** What a machine suggests, where the scheme shows it before the answer. */
  advice(asked: Asked): Tag | undefined {
    const scheme = this.schemeOf(asked.scheme);
    if (!this.opened || scheme?.suggestion !== "prefill" || this.queue.queue.order === "again") return undefined;
    const found = suggested(this.opened.tags, asked.scheme, this.turnOf(asked));
    return found && { ...found, value: typeof found.value === "string" ? typed(scheme, found.value) : found.value };
  }

  /** Others' answers to a question, as far as they may be seen; to settle one, everybody's. */
  othersOf(asked: Asked): Tag[] {
    const tags = this.opened?.tags ?? [];
    const turn = this.turnOf(asked);
    if (this.queue.queue.order !== "settle") return others(tags, asked.scheme, this.author, turn);
    return tags.filter((tag) => tag.scheme === asked.scheme && (tag.turn ?? null) === turn);
  }

  /** Every question as the column shows it. */
  asking(examples: Example[], reports: Record<string, Report>): Asking[] {
    return this.steps.flatMap((asked) => {
      const scheme = this.schemeOf(asked.scheme);
      if (!scheme) return [];
      const turn = this.turnOf(asked);
      const number = (this.opened?.sample.turns.findIndex((item) => item.id === turn) ?? -1) + 1;
      return {
        scheme,
        about: turn ? t("turn {n}", { n: number }) : "",
        value: this.valueOf(asked),
        offers: this.offersOf(scheme),
        others: this.othersOf(asked),
        advice: this.advice(asked),
        report: reports[asked.scheme],
        examples: examples.filter((example) => example.scheme === asked.scheme),
        revealed: this.blind === "revealed" && asked === this.step,
      };
    });
  }

  private keyOf(sample: string, asked: Asked): string {
    return [sample, asked.scheme, asked.turn ?? ""].join("\n");
  }
}
