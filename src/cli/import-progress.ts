import type { ImportProgress } from '../reference/imports/imports.types.js';

const PHASES: Readonly<Record<Exclude<ImportProgress['phase'], 'reading'>, string>> = {
  comparing: 'comparing with the catalogue',
  applying: 'applying in one transaction',
  finishing: 'refreshing statistics and search',
  reverting: 'taking it back in one transaction',
};

/** "1 min 05 s", "42 s". */
function duration(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
}

/** One line that says how far an import is, how fast, and how long the reading will take; `seconds` since its start. */
export function progressLine(progress: ImportProgress, seconds: number): string {
  const { phase, rows, bytesRead, bytesTotal } = progress;
  if (phase !== 'reading') return `${rows} rows read, ${PHASES[phase]} …`;
  const rate = Math.round(rows / Math.max(seconds, 0.001));
  // How long packed bytes get only unpacking tells.
  if (bytesTotal === 0) return `reading ${rows} rows, ${rate} rows/s`;
  const share = Math.min(1, bytesRead / bytesTotal);
  const left = share > 0 ? duration((seconds * (1 - share)) / share) : 'unknown time';
  return `reading ${Math.floor(share * 100)} %, ${rows} rows, ${rate} rows/s, ${left} left`;
}

interface Output {
  isTTY?: boolean;
  write(text: string): unknown;
}

/**
 * Shows progress: on a terminal one line that is rewritten ten times a second, elsewhere a plain line at most once a
 * second. `end` leaves the output at the start of a line.
 */
export class ProgressPrinter {
  /** When the reading began; what came before (starting the database) says nothing about its rate. */
  private started: number | undefined;
  private shownAt = Number.NEGATIVE_INFINITY;
  private isLineOpen = false;

  constructor(
    private readonly output: Output,
    private readonly now: () => number = () => performance.now(),
  ) {}

  readonly show = (progress: ImportProgress): void => {
    const at = this.now();
    this.started ??= at;
    const interval = this.output.isTTY === true ? 100 : 1000;
    if (progress.phase === 'reading' && at - this.shownAt < interval) return;
    this.shownAt = at;
    const line = progressLine(progress, (at - this.started) / 1000);
    if (this.output.isTTY === true) {
      this.output.write(`\r\u001b[K${line}`);
      this.isLineOpen = true;
    } else {
      this.output.write(`${line}\n`);
    }
  };

  end(): void {
    if (this.isLineOpen) this.output.write('\r\u001b[K');
    this.isLineOpen = false;
  }
}
