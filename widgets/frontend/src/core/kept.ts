// Small things a page keeps in the browser, so that a reload, a crash or another language finds it where it was.
// Never sample text: the browser's store is not the workspace.

export interface Shelf {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

export interface Keep {
  keep(name: string, value: unknown): void;
  kept<T>(name: string): T | null;
}

/** Characters of JSON a value may have; a larger one is not kept. */
export const MOST = 8_000;

/** The browser's own store, or null where it is forbidden. */
export function browserShelf(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

/** Values under the names of this workspace, person and widget. null takes a value away; a failure costs comfort only. */
export function keeper(scope: readonly string[], shelf: Shelf | null = browserShelf()): Keep {
  const at = (name: string): string => ["workbench", ...scope, name].map(encodeURIComponent).join(":");
  return {
    keep(name, value) {
      const text = JSON.stringify(value ?? null);
      try {
        if (text === "null" || text.length > MOST) shelf?.removeItem(at(name));
        else shelf?.setItem(at(name), text);
      } catch {
        // A full store.
      }
    },
    kept<T>(name: string): T | null {
      try {
        return JSON.parse(shelf?.getItem(at(name)) ?? "null") as T | null;
      } catch {
        return null;
      }
    },
  };
}
