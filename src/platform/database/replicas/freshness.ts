/** What a request must at least see, and what becomes known while it is answered. */
export class Freshness {
  private writtenLsn: bigint | undefined;
  private asOfDate: Date | undefined;

  /** `seen`: a place in the log of the database that whoever asks has written up to, as he says. */
  constructor(readonly seen: bigint = 0n) {}

  /** Up to where it has written; undefined: nothing, or nobody needs to know. */
  get written(): bigint | undefined {
    return this.writtenLsn;
  }

  /** As of when what was read is current, where it was read late; of several reads the oldest. */
  get asOf(): Date | undefined {
    return this.asOfDate;
  }

  noteWritten(lsn: bigint): void {
    if (this.writtenLsn === undefined || lsn > this.writtenLsn) this.writtenLsn = lsn;
  }

  noteReadAsOf(asOf: Date): void {
    if (this.asOfDate === undefined || asOf < this.asOfDate) this.asOfDate = asOf;
  }
}
