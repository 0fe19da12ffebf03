// The examples beside the questions: seeing them, naming one, dropping one.
import type { Ctx } from "../core/ctx.ts";
import { t } from "../core/i18n.ts";
import type { TagValue } from "../core/nouns.ts";
import { CANNOT_SAY, inFullWords } from "../tags/answers.ts";
import type { Sheet } from "./sheet.ts";
import type { Example } from "./types.ts";
import { openExamplePick, openExamples } from "./windows.ts";

export class Shelf {
  constructor(
    private readonly from: HTMLElement,
    private readonly ctx: Ctx,
    private readonly sheet: Sheet,
    public examples: Example[],
    private readonly onChange: () => void,
  ) {}

  see(): void {
    const { scheme } = this.sheet;
    if (!scheme) return;
    const list = this.examples.filter((example) => example.scheme === scheme.name);
    openExamples(this.from, this.ctx, scheme, list, (left) => this.have(scheme.name, left));
  }

  /** The open sample as an example of the answer given, else of the one the person picks. */
  name(): void {
    const { scheme, step } = this.sheet;
    if (!scheme || !step) return;
    const value = this.sheet.valueOf(step);
    if (value !== undefined && value !== CANNOT_SAY) void this.keep(value);
    else openExamplePick(this.from, scheme, this.sheet.offersOf(scheme), (picked) => void this.keep(picked));
  }

  private async keep(value: TagValue): Promise<void> {
    const { scheme, step, opened } = this.sheet;
    if (!scheme || !step || !opened) return;
    const turn = this.sheet.turnOf(step);
    const args = { id: opened.sample.id, scheme: scheme.name, value, ...(turn ? { turn } : {}) };
    try {
      this.have(scheme.name, await this.ctx.call<Example[]>("review.example", args));
      this.ctx.notice(
        t("Shown as an example of {what} from now on. v lists them.", { what: inFullWords(scheme, value) }),
      );
    } catch (error) {
      this.ctx.notice(error);
    }
  }

  private have(scheme: string, list: Example[]): void {
    this.examples = [...this.examples.filter((example) => example.scheme !== scheme), ...list];
    this.onChange();
  }
}
