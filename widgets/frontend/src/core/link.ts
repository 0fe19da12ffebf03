// Whether the kernel can be heard: live, cut (the connection dropped and is being made again) or gone.

export type LinkState = "live" | "cut" | "gone";

interface Signal {
  connect(slot: (sender: unknown, value: string) => void): unknown;
  disconnect(slot: (sender: unknown, value: string) => void): unknown;
}

interface Kernel {
  connectionStatus?: string;
  connectionStatusChanged?: Signal;
  statusChanged?: Signal;
}

/** The part of a real widget model (not anywidget's window on it) that knows its kernel. */
export interface LinkedModel {
  comm_live?: boolean;
  widget_manager?: { kernel?: Kernel | null };
  on(event: string, listener: () => void): void;
  off(event: string, listener: () => void): void;
}

const GONE = new Set(["dead", "terminating", "restarting", "autorestarting"]);

/** Tell `onState` of every change. A widget never comes back to life: after "gone" a new one has to be made. */
export function watchLink(model: LinkedModel, onState: (state: LinkState) => void): () => void {
  const kernel = model.widget_manager?.kernel;
  let state: LinkState = "live";
  const become = (next: LinkState): void => {
    if (state === next || state === "gone") return;
    state = next;
    onState(next);
  };
  const lives = (): void => {
    if (model.comm_live === false) become("gone");
  };
  const connection = (_: unknown, status: string): void => {
    if (status === "connected") become("live");
    else if (status === "connecting") become("cut");
    else if (status === "disconnected") become("gone");
  };
  const doing = (_: unknown, status: string): void => {
    if (GONE.has(status)) become("gone");
  };
  model.on("comm_live_update", lives);
  kernel?.connectionStatusChanged?.connect(connection);
  kernel?.statusChanged?.connect(doing);
  return () => {
    model.off("comm_live_update", lives);
    kernel?.connectionStatusChanged?.disconnect(connection);
    kernel?.statusChanged?.disconnect(doing);
  };
}
