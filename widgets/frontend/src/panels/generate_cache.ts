// Drafts that were opened, and the next one, fetched before it is asked for.
import type { Call } from "../core/rpc.ts";
import type { OpenedDraft } from "./generate_types.ts";

const KEPT = 60;

export class DraftCache {
  private readonly known = new Map<string, Promise<OpenedDraft>>();

  constructor(private readonly call: Call) {}

  get(id: string): Promise<OpenedDraft> {
    const found = this.known.get(id) ?? this.call<OpenedDraft>("draft.open", { id });
    this.known.delete(id);
    this.known.set(id, found);
    found.catch(() => this.known.delete(id));
    if (this.known.size > KEPT) this.known.delete(this.known.keys().next().value!);
    return found;
  }

  clear(): void {
    this.known.clear();
  }

  drop(...ids: string[]): void {
    for (const id of ids) this.known.delete(id);
  }
}
