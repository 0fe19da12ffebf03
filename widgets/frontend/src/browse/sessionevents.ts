// What a browse session tells those that draw it.
import type { Emitter } from "../core/emitter.ts";
import type { Facet, Opened } from "../core/nouns.ts";

export interface SessionEvents {
  /** The schemes are known, or are others than before. */
  start: null;
  /** Rows came, changed, or their number did. `shift`: by how many rows the current one moved. */
  rows: { shift: number };
  /** Another row is the current one. */
  current: number;
  /** What is open changed (null while it loads). */
  opened: Opened | null;
  facets: Facet[];
  /** The query could not be read, or can be again. */
  mistake: unknown;
  marks: null;
  turn: string | null;
}

export type Telling = Emitter<SessionEvents>;
