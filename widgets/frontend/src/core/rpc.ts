// Commands to Python: one call, exactly one answer. Ids are integers (the kernel keeps string ids for ever).
//
// A command names its page and says up to which of the page's commands all are answered (`done`). So it can be sent
// again after the connection was cut: Python answers a repeated command with the first answer and does nothing twice.
import { t } from "./i18n.ts";

export interface ErrorShape {
  code: string;
  message: string;
  hint: string;
  [more: string]: unknown;
}

/** What a refused or failed command rejects with. */
export class CommandError extends Error {
  readonly code: string;
  readonly hint: string;
  readonly details: ErrorShape;

  /** `rpc`: whose command failed; two widgets of a page do not tell each other's errors. */
  constructor(
    shape: ErrorShape,
    readonly rpc: Rpc | null = null,
  ) {
    super(shape.message);
    this.name = "CommandError";
    this.code = shape.code;
    this.hint = shape.hint;
    this.details = shape;
  }
}

export interface Channel {
  send(message: unknown): void;
  on(listener: (message: unknown) => void): () => void;
}

export type Call = <T = any>(name: string, args?: Record<string, unknown>) => Promise<T>;

export interface Command {
  kind: "command";
  v: 1;
  rid: number;
  page: string;
  done: number;
  name: string;
  args: Record<string, unknown>;
}

interface Waiting {
  resolve: (value: any) => void;
  reject: (error: CommandError) => void;
  command: Command;
  slow: ReturnType<typeof setTimeout>;
}

export interface Rpc {
  call: Call;
  /** How many commands have no answer yet. */
  pending(): number;
  /** The names of the commands without an answer, oldest first. */
  unanswered(): string[];
  /** Send every unanswered command once more, in order: the connection was cut and is back. */
  resend(): void;
  /** Nobody will answer any more: reject what waits, and what comes. */
  close(): void;
}

export interface RpcOptions {
  /** Hears the command's name when no answer came for `slowMs`; the command keeps waiting. */
  onSlow?: (name: string) => void;
  slowMs?: number;
  /** The page's own name: a few letters nobody else has. */
  page?: string;
}

export function makeRpc(channel: Channel, options: RpcOptions = {}): Rpc {
  const { onSlow = () => {}, slowMs = 15_000, page = newPage() } = options;
  const waiting = new Map<number, Waiting>();
  let last = 0;
  let closed = false;
  const off = channel.on((message) => {
    const answer = readReply(message);
    const found = answer && waiting.get(answer.rid);
    if (!answer || !found) return;
    waiting.delete(answer.rid);
    clearTimeout(found.slow);
    if (answer.ok) found.resolve(answer.result);
    else found.reject(new CommandError(answer.error ?? noAnswer(), rpc));
  });
  const send = (command: Command): void => {
    const [oldest = last + 1] = waiting.keys();
    channel.send({ ...command, done: Math.min(oldest, command.rid) - 1 });
  };
  const rpc: Rpc = {
    call(name, args = {}) {
      if (closed) return Promise.reject(new CommandError(notAnswered(), rpc));
      const command: Command = { kind: "command", v: 1, rid: ++last, page, done: 0, name, args };
      return new Promise((resolve, reject) => {
        const slow = setTimeout(() => onSlow(name), slowMs);
        waiting.set(command.rid, { resolve, reject, command, slow });
        send(command);
      });
    },
    pending: () => waiting.size,
    unanswered: () => [...waiting.values()].map((item) => item.command.name),
    resend: () => waiting.forEach((item) => send(item.command)),
    close() {
      closed = true;
      off();
      for (const item of waiting.values()) {
        clearTimeout(item.slow);
        item.reject(new CommandError(notAnswered(), rpc));
      }
      waiting.clear();
    },
  };
  return rpc;
}

interface Reply {
  rid: number;
  ok: boolean;
  result?: unknown;
  error?: ErrorShape;
}

/** A message as an answer, or null when it is none. */
export function readReply(message: unknown): Reply | null {
  const answer = message as (Reply & { kind?: unknown }) | null | undefined;
  return answer?.kind === "reply" && typeof answer.rid === "number" ? answer : null;
}

function newPage(): string {
  return Math.random().toString(36).slice(2, 10);
}

function noAnswer(): ErrorShape {
  return { code: "malformed", message: t("The kernel gave no answer."), hint: "" };
}

function notAnswered(): ErrorShape {
  return { code: "closed", message: t("The last step was not confirmed."), hint: t("look whether it is there") };
}
