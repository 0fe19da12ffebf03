// Commands to Python: one call, exactly one answer. Ids are integers (the kernel keeps string ids for ever).

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

interface Waiting {
  resolve: (value: any) => void;
  reject: (error: CommandError) => void;
  name: string;
  slow: ReturnType<typeof setTimeout>;
}

export interface Rpc {
  call: Call;
  /** How many commands have no answer yet. */
  pending(): number;
  close(): void;
}

/** `onSlow` hears the command's name when no answer came for `slowMs`; the command keeps waiting. */
export function makeRpc(channel: Channel, onSlow: (name: string) => void = () => {}, slowMs = 15_000): Rpc {
  const waiting = new Map<number, Waiting>();
  let last = 0;
  const off = channel.on((message) => {
    const answer = message as { kind?: string; rid?: number; ok?: boolean; result?: unknown; error?: ErrorShape };
    if (answer?.kind !== "reply" || typeof answer.rid !== "number") return;
    const found = waiting.get(answer.rid);
    if (!found) return;
    waiting.delete(answer.rid);
    clearTimeout(found.slow);
    if (answer.ok) found.resolve(answer.result);
    else
      found.reject(
        new CommandError(answer.error ?? { code: "malformed", message: "the kernel gave no answer", hint: "" }, rpc),
      );
  });
  const rpc: Rpc = {
    call(name, args = {}) {
      const rid = ++last;
      return new Promise((resolve, reject) => {
        const slow = setTimeout(() => onSlow(name), slowMs);
        waiting.set(rid, { resolve, reject, name, slow });
        channel.send({ kind: "command", v: 1, rid, name, args });
      });
    },
    pending: () => waiting.size,
    close() {
      off();
      for (const [rid, item] of waiting) {
        clearTimeout(item.slow);
        item.reject(
          new CommandError(
            { code: "closed", message: `${item.name} was not answered: the view was closed`, hint: "" },
            rpc,
          ),
        );
        waiting.delete(rid);
      }
    },
  };
  return rpc;
}
