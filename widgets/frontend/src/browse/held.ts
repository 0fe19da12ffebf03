// What was pressed for a row that is not here yet, in order: somebody who types faster than rows arrive loses no key.

export class HeldKeys {
  /** The current row is not here yet. */
  waiting = false;
  private held: (() => void)[] = [];

  /** Do it now, or when the row has come. */
  whenHere(run: () => void): void {
    if (this.waiting) this.held.push(run);
    else run();
  }

  /** The row came: do what waited, as far as no other row has to be waited for. */
  run(): void {
    while (this.held.length > 0 && !this.waiting) this.held.shift()!();
  }

  /** The row was left before it came: what was pressed was not meant for another. */
  drop(): void {
    this.held = [];
  }
}
