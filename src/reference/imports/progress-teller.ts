import type { ImportProgress } from './imports.types.js';

/** How often progress is written down for others to read. */
const WRITE_EVERY_MS = 700;

/** Tells how far an import is: to whoever started it at once, and to everybody through the database now and then. */
export class ProgressTeller {
  private last: ImportProgress = { phase: 'reading', rows: 0, bytesRead: 0, bytesTotal: 0, rowsPerSecond: 0 };
  private writtenAt = Number.NEGATIVE_INFINITY;
  private writing: Promise<unknown> = Promise.resolve();
  private isWriting = false;

  constructor(
    private readonly write: (progress: ImportProgress) => Promise<unknown>,
    private readonly onProgress: ((progress: ImportProgress) => void) | undefined,
  ) {}

  readonly tell = (progress: ImportProgress): void => {
    this.last = progress;
    this.onProgress?.(progress);
    const now = performance.now();
    if (this.isWriting || now - this.writtenAt < WRITE_EVERY_MS) return;
    this.save(now);
  };

  /** A new phase, with the rows read so far. */
  phase(phase: ImportProgress['phase']): void {
    this.last = { ...this.last, phase };
    this.onProgress?.(this.last);
    this.save(performance.now());
  }

  /** Waits until nothing is being written. */
  async end(): Promise<void> {
    await this.writing;
  }

  private save(now: number): void {
    this.writtenAt = now;
    this.isWriting = true;
    const progress = this.last;
    // Progress is a courtesy: that it could not be written must not stop the import.
    this.writing = this.writing
      .then(() => this.write(progress))
      .catch(() => undefined)
      .finally(() => {
        this.isWriting = false;
      });
  }
}
