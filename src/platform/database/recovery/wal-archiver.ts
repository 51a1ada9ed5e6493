import type { DatabaseServer } from '../../config/config.js';
import { BackupBroken } from './backup-broken.js';
import type { BackupKey } from './backup-key.js';
import { connect } from './backup-lock.js';
import { SEGMENT_BYTES, lsnText, parseLsn, segmentOf } from './lsn.js';
import { ReplicationConnection } from './replication.js';
import { WalArchive } from './wal-archive.js';
import { WalReceiver } from './wal-receiver.js';

/** Keeps the log for us while we are away, up to max_slot_wal_keep_size. */
const SLOT = 'meditory_archive';
/** How often what came is written: at most so much is lost with the disk. */
const EVERY_MS = 10_000;
const REACH_WITHIN_MS = 60_000;
/** A server that ends has 15 s; what is not written then the slot keeps for the next start. */
const STOP_WITHIN_MS = 5_000;

/**
 * Keeps the log of a cluster as it is written, so that any second after a backup can be restored. One process does it; others that try are refused by
 * the server and try again. Nobody waits for it.
 */
export class WalArchiver {
  private stopping = false;
  private wake: () => void = () => undefined;
  private running: Promise<void> | undefined;

  constructor(
    private readonly server: () => DatabaseServer,
    private readonly root: string,
    private readonly key: BackupKey,
    private readonly say: (line: string) => void,
  ) {}

  start(): void {
    this.running = this.run();
  }

  /** Writes what has come so far and ends. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.wake();
    const patience = new Promise<void>((resolve) => setTimeout(resolve, STOP_WITHIN_MS).unref());
    await Promise.race([this.running, patience]);
  }

  private async run(): Promise<void> {
    let told = '';
    while (!this.stopping) {
      try {
        await this.receive();
        told = '';
      } catch (error) {
        // The same outage is told once.
        const words = error instanceof Error ? error.message : String(error);
        if (words !== told && !this.stopping) this.say(`The log is not archived at the moment: ${words}`);
        told = words;
        await this.pause();
      }
    }
  }

  private pause(): Promise<void> {
    if (this.stopping) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, EVERY_MS).unref();
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  private async receive(): Promise<void> {
    const connection = await ReplicationConnection.open(this.server());
    try {
      const { systemId, timeline } = await connection.identify();
      const archive = new WalArchive(this.root, systemId, this.key);
      await archive.open();
      if (timeline > 1) {
        const { name, content } = await connection.timelineHistory(timeline);
        await archive.keepHistory(name, content);
      }
      const begin = await this.placeToBegin(connection, archive, timeline);
      const receiver = new WalReceiver(connection, SLOT, begin.at, timeline, archive);
      await this.keepUp(receiver, archive, timeline, begin.from);
    } finally {
      await connection.close();
    }
  }

  /** Where the archive ends, or where the slot begins to keep the log: then what was archived before has a gap behind it. */
  private async placeToBegin(
    connection: ReplicationConnection,
    archive: WalArchive,
    timeline: number,
  ): Promise<{ at: bigint; from: bigint }> {
    // A record of another key, as after a restoration: what it told of is of no use with this one.
    const head = await archive.readHead().catch((error: unknown) => {
      if (error instanceof BackupBroken) return undefined;
      throw error;
    });
    let slot = await connection.findSlot(SLOT);
    if (slot?.restart === undefined) {
      if (slot) await connection.dropSlot(SLOT);
      await connection.createSlot(SLOT, false);
      slot = await connection.findSlot(SLOT);
    }
    const restart = slot?.restart;
    if (restart === undefined) throw new Error('The database does not keep its log for the archive.');
    const end = head?.timeline === timeline ? parseLsn(head.upTo) : undefined;
    if (head && end !== undefined && segmentOf(restart) <= segmentOf(end))
      return { at: end, from: parseLsn(head.from) };
    return { at: restart, from: segmentOf(restart) * BigInt(SEGMENT_BYTES) };
  }

  private async keepUp(
    receiver: WalReceiver,
    archive: WalArchive,
    timeline: number,
    from: bigint,
  ): Promise<void> {
    const client = await connect(this.server());
    try {
      for (let isLast = false; !isLast;) {
        isLast = this.stopping;
        const { rows } = await client.query<{ lsn: string; at: Date }>(
          'select /* recovery.flushed */ pg_current_wal_flush_lsn()::text as lsn, clock_timestamp() as at',
        );
        const [now] = rows;
        if (!now) throw new Error('The database does not tell how far its log is.');
        const kept = await receiver.reach(parseLsn(now.lsn), REACH_WITHIN_MS);
        await archive.writeHead({
          timeline,
          from: lsnText(from),
          upTo: lsnText(kept),
          at: now.at.toISOString(),
        });
        if (!isLast) await Promise.race([this.pause(), receiver.ended]);
      }
    } finally {
      await client.end();
    }
  }
}

/** Lets the server forget the log it kept for an archive that is not made any more. */
export async function endArchive(server: DatabaseServer): Promise<void> {
  const connection = await ReplicationConnection.open(server);
  try {
    if (await connection.findSlot(SLOT)) await connection.dropSlot(SLOT);
  } finally {
    await connection.close();
  }
}
