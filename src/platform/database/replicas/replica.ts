import type { DataSource } from 'typeorm';

import type { DatabaseServer } from '../../config/config.js';
import { endpointText, type Endpoint } from '../../config/endpoints.js';
import { SpareConnection } from '../spare-connection.js';
import { UnitOfWork } from '../unit-of-work.js';
import type { Beat } from './beats.domain.js';
import { IDENTITY, askingOf, identityOf, type IdentityRow, type ServerIdentity } from './server-identity.js';

const ANSWER_MS = 2000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;

/** How a replica stands: only one that is `ok` is read. */
export type ReplicaState = 'ok' | 'late' | 'unfit' | 'down';

/** A replica as it was found last. */
export interface ReplicaFinding {
  readonly name: string;
  readonly state: ReplicaState;
  /** How old what it holds is at the most, ms; undefined: not known. */
  readonly lagMs: number | undefined;
  readonly words: string;
}

/** A copy of the database that follows it. Asked beside its pool; one that fails is left alone for a while, longer each time. */
export class Replica {
  readonly name: string;
  private readonly probe: SpareConnection;
  private source: Promise<DataSource> | undefined;
  private asking: Promise<ServerIdentity> | undefined;
  private seen: ServerIdentity | undefined;
  private beat: Beat | undefined;
  private failures = 0;
  private notBefore = 0;
  private fault = 'was not asked yet';
  private state: ReplicaState = 'down';

  constructor(
    server: DatabaseServer,
    endpoint: Endpoint,
    private readonly makePool: () => Promise<DataSource>,
  ) {
    this.name = endpointText(endpoint);
    this.probe = new SpareConnection(() => askingOf(server, endpoint), 'meditory-replica', ANSWER_MS);
  }

  get isUsable(): boolean {
    return this.state === 'ok';
  }

  /** Everything before this place of the log is in it. */
  get replayed(): bigint {
    return this.seen?.lsn ?? 0n;
  }

  /** As of when what it holds is current, by the clock of the primary. */
  get asOf(): Date | undefined {
    return this.beat && new Date(this.beat.atMs);
  }

  /** Asks it how far it is. Who asks meanwhile shares the answer. Throws where it does not answer. */
  ask(): Promise<ServerIdentity> {
    this.asking ??= this.probe
      .query<IdentityRow>(IDENTITY)
      .then((rows) => (this.seen = identityOf(rows)))
      .finally(() => (this.asking = undefined));
    return this.asking;
  }

  /** Whether it is time to ask it again after a failure. */
  isDue(nowMs: number): boolean {
    return nowMs >= this.notBefore;
  }

  /** What was found when it was asked: how fresh it is, by the newest beat of the primary that it has replayed. */
  found(state: Exclude<ReplicaState, 'down'>, words: string, beat: Beat | undefined): void {
    this.state = state;
    this.fault = words;
    this.beat = beat;
    this.failures = 0;
  }

  /** It did not answer, or broke off: it is left alone for a while. */
  failed(nowMs: number): void {
    this.state = 'down';
    this.fault = 'does not answer';
    this.notBefore = nowMs + Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(this.failures, 10));
    this.failures += 1;
  }

  /** Runs reading work on its connections. */
  async work(): Promise<UnitOfWork> {
    this.source ??= this.makePool().catch((error: unknown) => {
      this.source = undefined;
      throw error;
    });
    return new UnitOfWork(await this.source);
  }

  finding(nowMs: number): ReplicaFinding {
    return {
      name: this.name,
      state: this.state,
      lagMs: this.beat && Math.max(0, Math.round(nowMs - this.beat.heardMs)),
      words: this.fault,
    };
  }

  async close(): Promise<void> {
    await this.probe.close();
    const source = await this.source?.catch(() => undefined);
    await source?.destroy();
  }
}
