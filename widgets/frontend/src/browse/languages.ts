// The languages of an open conversation's turns, asked for when a person stays on it and kept for when they come back.
import type { Ctx } from "../core/ctx.ts";
import type { Opened } from "../core/nouns.ts";

const REST_MS = 120;
const KEEP = 200;

export class TurnLanguages {
  private readonly known = new Map<string, Record<string, string>>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly ctx: Pick<Ctx, "call">,
    private readonly onFound: (opened: Opened, found: Record<string, string>) => void,
  ) {}

  shown(opened: Opened): void {
    clearTimeout(this.timer);
    const key = `${opened.sample.id} ${opened.sample.revision}`;
    const found = this.known.get(key);
    if (found) this.onFound(opened, found);
    else this.timer = setTimeout(() => void this.ask(opened, key), REST_MS);
  }

  close(): void {
    clearTimeout(this.timer);
  }

  private async ask(opened: Opened, key: string): Promise<void> {
    try {
      const found = await this.ctx.call<Record<string, string>>("sample.languages", { id: opened.sample.id });
      if (this.known.size >= KEEP) this.known.clear();
      this.known.set(key, found);
      this.onFound(opened, found);
    } catch {
      // Nice to know, and nothing more: the conversation itself is on the screen.
    }
  }
}
