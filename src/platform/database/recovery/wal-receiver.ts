import { SEGMENT_BYTES, lsnText, segmentName, segmentOf } from './lsn.js';
import type { LogStream, ReplicationConnection } from './replication.js';

/** Received and not yet kept; beyond it the server waits. */
const MOST_WAITING_BYTES = 8 * 1024 * 1024;

/** Where segments of the log are kept. A segment that is not whole is handed over again when it has grown. */
export interface SegmentSink {
  keep(name: string, bytes: Buffer, isWhole: boolean): Promise<void>;
}

/** Reads the log of a cluster into segments. At most a segment and what waits for it are in memory. */
export class WalReceiver {
  private readonly segment = Buffer.alloc(SEGMENT_BYTES);
  private readonly waiting: { at: bigint; bytes: Buffer }[] = [];
  private waitingBytes = 0;
  private working: Promise<void> = Promise.resolve();
  private fault: Error | undefined;
  private readonly stream: LogStream;
  /** Everything before it was received. */
  private position: bigint;
  /** Everything before it was handed to the sink. */
  private kept: bigint;

  /** `from`: any place of the first segment to read. */
  constructor(
    connection: ReplicationConnection,
    slot: string,
    from: bigint,
    private readonly timeline: number,
    private readonly sink: SegmentSink,
  ) {
    // PostgreSQL reads its log by whole segments.
    this.position = this.kept = segmentOf(from) * BigInt(SEGMENT_BYTES);
    this.stream = connection.readLog(slot, lsnText(this.position), timeline, {
      data: (at, bytes) => this.take(at, bytes),
      asked: () => this.work(() => this.keepRest()),
    });
  }

  /** Ends when the stream does; rejects with what broke it. */
  get ended(): Promise<void> {
    return this.stream.ended.then(() => {
      if (this.fault) throw this.fault;
    });
  }

  /** How far the log was received; what was flushed is kept as well. */
  get received(): bigint {
    return this.position;
  }

  private take(at: bigint, bytes: Buffer): void {
    this.waiting.push({ at, bytes });
    this.waitingBytes += bytes.length;
    if (this.waitingBytes > MOST_WAITING_BYTES) this.stream.pause();
    this.work(() => this.drain());
  }

  /** One after the other; what fails is told by `ended` and by `flush`. */
  private work(task: () => Promise<void>): void {
    this.working = this.working.then(task).catch((error: unknown) => {
      this.fault ??= error instanceof Error ? error : new Error(String(error));
      this.stream.pause();
    });
  }

  private async drain(): Promise<void> {
    for (let next = this.waiting.shift(); next; next = this.waiting.shift()) {
      if (next.at !== this.position) throw new Error('The log of the database came with a gap.');
      let rest = next.bytes;
      this.waitingBytes -= rest.length;
      while (rest.length > 0) {
        const offset = Number(this.position % BigInt(SEGMENT_BYTES));
        const part = rest.subarray(0, SEGMENT_BYTES - offset);
        part.copy(this.segment, offset);
        rest = rest.subarray(part.length);
        this.position += BigInt(part.length);
        if (offset + part.length === SEGMENT_BYTES) {
          await this.sink.keep(this.nameOf(this.position - 1n), this.segment, true);
          this.kept = this.position;
          this.stream.acknowledge(this.kept);
        }
      }
    }
    this.stream.resume();
  }

  private nameOf(lsn: bigint): string {
    return segmentName(this.timeline, segmentOf(lsn));
  }

  private async keepRest(): Promise<void> {
    if (this.position > this.kept) {
      const filled = Number(this.position % BigInt(SEGMENT_BYTES));
      await this.sink.keep(this.nameOf(this.position - 1n), this.segment.subarray(0, filled), false);
      this.kept = this.position;
    }
    this.stream.acknowledge(this.kept);
  }

  /** Hands over what there is of the segment that is not whole yet; answers how far the log is kept then. */
  async flush(): Promise<bigint> {
    this.work(() => this.keepRest());
    await this.working;
    if (this.fault) throw this.fault;
    return this.kept;
  }

  /** Waits until everything before `lsn` is kept. */
  async reach(lsn: bigint, withinMs: number): Promise<bigint> {
    const deadline = Date.now() + withinMs;
    while (this.position < lsn) {
      if (this.fault) throw this.fault;
      if (Date.now() > deadline) throw new Error('The database did not send its log in time.');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return this.flush();
  }
}
