/** A moment of the primary: whatever was committed at `atMs` stands before `lsn` in its log. */
export interface Beat {
  readonly lsn: bigint;
  /** By the clock of the primary, ms since 1970. */
  readonly atMs: number;
  /** By the steady clock of this process, ms. */
  readonly heardMs: number;
}

/** More than the longest lag that may be allowed, at two beats a second. */
const MOST_BEATS = 8192;

/** Moments of the primary in their order. By them the age of a replica is told without its clock, and when nothing is written. */
export class Beats {
  private list: Beat[] = [];

  /** Takes a moment, and forgets those before `keptFromMs` (steady clock) but the last of them. */
  add(beat: Beat, keptFromMs: number): void {
    this.list.push(beat);
    const first = this.list.findIndex(({ heardMs }) => heardMs >= keptFromMs);
    const from = Math.max(first - 1, this.list.length - MOST_BEATS, 0);
    if (from > 0) this.list = this.list.slice(from);
  }

  /** The newest moment that is wholly in a log up to `lsn`; undefined: none that is remembered. */
  newestWithin(lsn: bigint): Beat | undefined {
    return this.list.findLast((beat) => beat.lsn <= lsn);
  }
}
