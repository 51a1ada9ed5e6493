/** How a recurring job last went, in this process. */
export interface JobStatus {
  readonly name: string;
  readonly everyMs: number;
  readonly isRunning: boolean;
  /** When the look that runs, or the last one, began; undefined: it has not looked yet. */
  readonly startedAt: Date | undefined;
  /** When a look last ended. */
  readonly finishedAt: Date | undefined;
  readonly durationMs: number | undefined;
  /** How the last look ended: `waiting`: as is to be expected now and then, tried again. */
  readonly outcome: 'none' | 'done' | 'waiting' | 'failed';
  /** What it said of it; of a failure its code, never its text, which may name people. */
  readonly words: string;
  /** Looks that failed one after the other, up to now. */
  readonly failures: number;
  readonly succeededAt: Date | undefined;
}
