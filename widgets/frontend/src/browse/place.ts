// Where a person was: the query, the order and the open conversation, so that reopening goes on there.
import { queryIn } from "./copy.ts";

export interface Place {
  query: string;
  sort: string;
  id: string | null;
}

export class PlaceKeeper {
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** `name`: which workspace and person; `keeper`: the browser's storage, when there is one. */
  constructor(
    private readonly name: string,
    private readonly keeper: Pick<Storage, "getItem" | "setItem"> | null,
  ) {}

  /** Where to begin: what the address asks for, else where the person was; null for a first visit. */
  begin(hash: string): Place | null {
    const asked = queryIn(hash);
    if (asked !== null) return { query: asked, sort: "best", id: null };
    try {
      const kept: unknown = JSON.parse(this.keeper?.getItem(this.name) ?? "null");
      return isPlace(kept) ? kept : null;
    } catch {
      return null; // kept by another version, or cut off: begin at the top
    }
  }

  /** Keep it soon: moving fast through the list writes once. */
  keep(place: Place): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.write(place), 300);
  }

  close(): void {
    clearTimeout(this.timer);
  }

  private write(place: Place): void {
    try {
      this.keeper?.setItem(this.name, JSON.stringify(place));
    } catch {
      // A full or forbidden storage costs only the place.
    }
  }
}

/** Take a link out of the address once it was followed: a reload goes on where the person is by then. */
export function forgetLink({ location, history }: Pick<Window, "location" | "history">): void {
  if (queryIn(location.hash) !== null) history.replaceState(history.state, "", location.pathname + location.search);
}

function isPlace(value: unknown): value is Place {
  const place = value as Place | null;
  return (
    typeof place?.query === "string" &&
    typeof place.sort === "string" &&
    (place.id === null || typeof place.id === "string")
  );
}
