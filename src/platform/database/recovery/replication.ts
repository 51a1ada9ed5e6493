// The replication protocol, as pg_basebackup and pg_receivewal speak it: a copy of a running cluster and its log, over a connection, without access to
// its files. https://www.postgresql.org/docs/18/protocol-replication.html
import { Readable } from 'node:stream';

import pg from 'pg';

import type { DatabaseServer } from '../../config/config.js';
import { loginOf } from '../login.js';
import { parseLsn } from './lsn.js';

/** What the driver calls on a query of ours, and what we call on its connection; it tells neither in its types. */
interface Wire {
  readonly stream: { pause(): void; resume(): void };
  query(text: string): void;
  sendCopyFromChunk(bytes: Buffer): void;
}
interface CopyMessage {
  readonly chunk: Buffer;
}

/** Microseconds between 1970 and 2000, from which PostgreSQL counts. */
const EPOCH_US = 946_684_800_000_000n;

/** Files of the cluster as one tar. Its start is known when the first bytes come. */
export class BaseBackupStream extends Readable {
  private wire: Wire | undefined;
  private results = 0;
  private archives = 0;
  startLsn = 0n;
  timeline = 0;

  constructor(private readonly text: string) {
    super({ highWaterMark: 1024 * 1024 });
  }

  submit(wire: Wire): void {
    this.wire = wire;
    wire.query(this.text);
  }

  override _read(): void {
    this.wire?.stream.resume();
  }

  handleRowDescription(): void {
    this.results += 1;
  }

  handleDataRow({ fields }: { fields: readonly (string | null)[] }): void {
    if (this.results !== 1) return;
    this.startLsn = parseLsn(fields[0] ?? '');
    this.timeline = Number(fields[1]);
  }

  handleCopyData({ chunk }: CopyMessage): void {
    const kind = String.fromCharCode(chunk[0] ?? 0);
    if (kind === 'n') {
      this.archives += 1;
      if (this.archives > 1)
        this.destroy(new Error('The database uses tablespaces: back it up with the tools of PostgreSQL.'));
      return;
    }
    // The driver uses its buffer again.
    if (kind === 'd' && !this.push(Buffer.from(chunk.subarray(1)))) this.wire?.stream.pause();
  }

  handleCommandComplete(): void {
    // Each result ends with one; the end of all is ReadyForQuery.
  }

  handleReadyForQuery(): void {
    this.push(null);
  }

  handleError(error: Error): void {
    this.destroy(error);
  }
}

/** What a stream of the log is told to. */
export interface LogListener {
  /** Bytes of the log from a place on; the buffer is the listener's. */
  data(at: bigint, bytes: Buffer): void;
  /** The server wants to hear how far we are. */
  asked(): void;
}

class LogQuery {
  private wire: Wire | undefined;
  readonly ended: Promise<void>;
  private end: () => void = () => undefined;
  private fail: (error: Error) => void = () => undefined;

  constructor(
    private readonly text: string,
    private readonly listener: LogListener,
  ) {
    this.ended = new Promise((resolve, reject) => ([this.end, this.fail] = [resolve, reject]));
    this.ended.catch(() => undefined); // whoever waits hears it
  }

  submit(wire: Wire): void {
    this.wire = wire;
    wire.query(this.text);
  }

  handleCopyData({ chunk }: CopyMessage): void {
    const kind = String.fromCharCode(chunk[0] ?? 0);
    if (kind === 'w') this.listener.data(chunk.readBigUInt64BE(1), Buffer.from(chunk.subarray(25)));
    else if (kind === 'k' && chunk[17] === 1) this.listener.asked();
  }

  /** Tells the server that everything before `lsn` is safe here. */
  acknowledge(lsn: bigint): void {
    const message = Buffer.alloc(34);
    message.write('r');
    for (const offset of [1, 9, 17]) message.writeBigUInt64BE(lsn, offset);
    message.writeBigInt64BE(BigInt(Date.now()) * 1000n - EPOCH_US, 25);
    this.wire?.sendCopyFromChunk(message);
  }

  pause(): void {
    this.wire?.stream.pause();
  }

  resume(): void {
    this.wire?.stream.resume();
  }

  handleRowDescription(): void {
    // The end of a timeline is told as a row; the end of the stream says enough.
  }

  handleDataRow(): void {
    // As above.
  }

  handleCommandComplete(): void {
    // As above.
  }

  handleReadyForQuery(): void {
    this.end();
  }

  handleError(error: Error): void {
    this.fail(error);
  }
}

/** A stream of the log that runs. */
export type LogStream = Pick<LogQuery, 'ended' | 'acknowledge' | 'pause' | 'resume'>;

/** A connection that speaks the replication protocol. Its login must be a superuser or have REPLICATION. */
export class ReplicationConnection {
  private constructor(private readonly client: pg.Client) {}

  static async open(server: DatabaseServer): Promise<ReplicationConnection> {
    const settings = { ...loginOf(server), replication: 'true' };
    const client = new pg.Client({
      ...settings,
      application_name: 'meditory-backup',
      connectionTimeoutMillis: 5000,
      keepAlive: true,
    });
    client.on('error', () => undefined); // what waits is rejected; an unheard event would end the process
    await client.connect();
    return new ReplicationConnection(client);
  }

  /** Identity of the cluster, its timeline, and how far its log is on the disk. */
  async identify(): Promise<{ systemId: string; timeline: number; flushed: bigint }> {
    const { rows } = await this.client.query<{ systemid: string; timeline: number; xlogpos: string }>(
      'IDENTIFY_SYSTEM',
    );
    const [row] = rows;
    if (!row) throw new Error('The database does not tell who it is.');
    return { systemId: row.systemid, timeline: Number(row.timeline), flushed: parseLsn(row.xlogpos) };
  }

  /** Where a timeline branched off, as PostgreSQL keeps it in a file of its own. */
  async timelineHistory(timeline: number): Promise<{ name: string; content: Buffer }> {
    const command = `TIMELINE_HISTORY ${timeline}`;
    const { rows } = await this.client.query<{ filename: string; content: Buffer | string }>(command);
    const [row] = rows;
    if (!row) throw new Error(`The database does not tell the history of timeline ${timeline}.`);
    return { name: row.filename, content: Buffer.from(row.content as string) };
  }

  /** A slot keeps the log until it was read; a temporary one goes with this connection. */
  async createSlot(name: string, isTemporary: boolean): Promise<void> {
    const command = `CREATE_REPLICATION_SLOT ${name} ${isTemporary ? 'TEMPORARY ' : ''}PHYSICAL RESERVE_WAL`;
    await this.client.query(command);
  }

  async dropSlot(name: string): Promise<void> {
    const command = `DROP_REPLICATION_SLOT ${name}`;
    await this.client.query(command);
  }

  /** Where reading of a slot begins, undefined where the log it needs is gone; nothing where there is no such slot. */
  async findSlot(name: string): Promise<{ restart: bigint | undefined } | undefined> {
    const command = `READ_REPLICATION_SLOT ${name}`;
    const { rows } = await this.client.query<{ slot_type: string | null; restart_lsn: string | null }>(
      command,
    );
    const [row] = rows;
    if (!row || row.slot_type === null) return undefined;
    return { restart: row.restart_lsn === null ? undefined : parseLsn(row.restart_lsn) };
  }

  /** Begins a copy of the cluster's files. The server checks the checksum of each page as it sends it. */
  baseBackup(label: string): BaseBackupStream {
    const stream = new BaseBackupStream(
      `BASE_BACKUP (LABEL '${label.replaceAll("'", "''")}', CHECKPOINT 'fast', WAL false, MANIFEST 'no')`,
    );
    this.client.query(stream as unknown as pg.Submittable);
    return stream;
  }

  /** Begins to read the log from a place on. */
  readLog(slot: string, from: string, timeline: number, listener: LogListener): LogStream {
    const query = new LogQuery(
      `START_REPLICATION SLOT ${slot} PHYSICAL ${from} TIMELINE ${timeline}`,
      listener,
    );
    this.client.query(query as unknown as pg.Submittable);
    return query;
  }

  async close(): Promise<void> {
    await this.client.end().catch(() => undefined);
  }
}
