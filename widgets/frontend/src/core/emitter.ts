// A typed listener list.

export interface Emitter<Map> {
  on<K extends keyof Map>(event: K, listener: (value: Map[K]) => void): () => void;
  emit<K extends keyof Map>(event: K, value: Map[K]): void;
  clear(): void;
}

export function makeEmitter<Map>(): Emitter<Map> {
  const listeners = new globalThis.Map<keyof Map, Set<(value: any) => void>>();
  return {
    on(event, listener) {
      const set = listeners.get(event) ?? new Set();
      listeners.set(event, set.add(listener));
      return () => void set.delete(listener);
    },
    emit(event, value) {
      for (const listener of [...(listeners.get(event) ?? [])]) listener(value);
    },
    clear: () => listeners.clear(),
  };
}
