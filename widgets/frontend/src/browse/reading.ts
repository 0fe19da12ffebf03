// How far the words of the conversations can be searched: asked again until all of them can.

export interface Progress {
  indexed: number;
  total: number;
}

const AGAIN_MS = 700;

export class Reading {
  /** Null once everything can be searched. */
  now: Progress | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly options: {
      ask: () => Promise<Progress>;
      onProgress: () => void;
      /** Words that could not be searched when the page was drawn can be now. */
      onDone: () => void;
      onError: (error: unknown) => void;
    },
  ) {}

  told(progress: Progress | undefined): void {
    const before = this.now;
    this.now = progress && progress.indexed < progress.total ? progress : null;
    clearTimeout(this.timer);
    if (this.now) this.timer = setTimeout(() => void this.again(), AGAIN_MS);
    else if (before) this.options.onDone();
  }

  close(): void {
    clearTimeout(this.timer);
  }

  private async again(): Promise<void> {
    try {
      this.told(await this.options.ask());
      this.options.onProgress();
    } catch (error) {
      this.options.onError(error);
    }
  }
}
