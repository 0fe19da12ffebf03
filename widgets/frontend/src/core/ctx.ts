// What every panel is given, and the shape every panel has.
import type { LinkState } from "./link.ts";
import type { Call } from "./rpc.ts";

export interface JobState {
  id: string;
  title: string;
  state: string;
  done: number;
  total: number;
  message: string;
  /** Once it is done: the parts of it that came to nothing. */
  lost?: number;
  error?: { code: string; message: string; hint: string; maybe_charged?: boolean } | null;
  run?: string | null;
}

/** Events: `changed` somebody wrote to the workspace, up to that position of its journal; `jobs` all jobs' progress; `shown` this panel came to the front. */
export interface Events {
  changed: { version: number; position?: number };
  jobs: JobState[];
  shown: Record<string, unknown>;
  hidden: null;
  /** Whether the kernel can be heard; after "gone" this panel asks in vain until it is made again. */
  link: LinkState;
}

export type Tab = "collect" | "browse" | "review" | "generate" | "map" | "quality" | "release";

export interface Ctx {
  /** Ask Python. Rejects with a CommandError {code, message, hint}. */
  call: Call;
  /** Listen; returns the function that stops listening. Listeners also end when the panel is unmounted. */
  on<K extends keyof Events>(event: K, listener: (value: Events[K]) => void): () => void;
  /** Who works here. */
  readonly author: string;
  /** Bring another panel to the front; it hears `shown` with these arguments. */
  navigate(tab: Tab, args?: Record<string, unknown>): void;
  /** Tell the person something under the widget: an error (any thrown value) or a plain remark. */
  notice(what: unknown): void;
  /** Keep a small value for this person in this workspace (a chosen density, where they were). */
  remember(name: string, value: unknown): void;
  /** What was kept under that name; null when nothing was. */
  recall<T>(name: string): Promise<T | null>;
  /**
   * Keep a small value in this browser, for this person, workspace and page: the query, the place in the list. A page
   * that is made again (reload, crash, other language) finds it with `kept`. JSON of at most 8,000 characters, and
   * never sample text. null forgets it.
   */
  keep(name: string, value: unknown): void;
  kept<T>(name: string): T | null;
  /** Speak another language from now on, and draw the whole widget again in it. */
  speak(language: string): Promise<void>;
  /** Draw the whole widget again; pages find their place with `kept`. */
  redraw(): void;
  /** A synced trait of the Python widget, when it has one of that name. */
  trait: TraitDoor;
}

export interface TraitDoor {
  get<T>(name: string): T | undefined;
  set(name: string, value: unknown): void;
  on(name: string, listener: () => void): () => void;
}

export type Mount = (root: HTMLElement, ctx: Ctx) => () => void;
