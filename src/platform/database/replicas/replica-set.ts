import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';

import type { DatabaseServer, ReplicaSettings } from '../../config/config.js';
import { endOfRecord } from '../recovery/lsn.js';
import { OwnConnection } from '../own-connection.js';
import { PoolRegistry } from '../pools.js';
import { SpareConnection } from '../spare-connection.js';
import { Beats, type Beat } from './beats.domain.js';
import { Replica, type ReplicaFinding } from './replica.js';
import { IDENTITY, identityOf, type IdentityRow, type ServerIdentity } from './server-identity.js';
import type { WrittenMarks } from './written-marks.js';

/** How often the primary and its replicas are asked how far they are: what is read late may look so much older than it is. */
const BEAT_MS = 500;
const ANSWER_MS = 2000;
/** How long a read waits for a replica to have what its reader wrote, and how often it looks. */
const CATCH_UP_MS = 100;
const CATCH_UP_LOOK_MS = 5;

/** How a replica stands beside the primary. */
type Verdict = readonly [state: 'ok' | 'late' | 'unfit', words: string];

/** The replicas of the database: which may be read, and how old what they hold is. */
@Injectable()
export class ReplicaSet implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly replicas: readonly Replica[];
  private readonly primary: SpareConnection;
  private readonly beats = new Beats();
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> = Promise.resolve();
  private isClosed = false;
  private turn = 0;

  constructor(
    server: DatabaseServer,
    private readonly settings: ReplicaSettings,
    pools: PoolRegistry,
    own: OwnConnection,
    private readonly marks: WrittenMarks,
  ) {
    this.replicas = settings.hosts.map(
      (endpoint) => new Replica(server, endpoint, () => pools.makeAt(endpoint)),
    );
    this.primary = new SpareConnection(() => own.inProcess, 'meditory-beats', ANSWER_MS);
  }

  onApplicationBootstrap(): void {
    if (this.replicas.length > 0) this.again();
  }

  async onApplicationShutdown(): Promise<void> {
    this.isClosed = true;
    clearTimeout(this.timer);
    await this.looking;
    await Promise.all([this.primary.close(), ...this.replicas.map((replica) => replica.close())]);
  }

  /** Every replica as it was found last. */
  findings(): ReplicaFinding[] {
    return this.replicas.map((replica) => replica.finding(performance.now()));
  }

  /**
   * A replica that has the log up to `required`, one after the other; waits for a moment where none has it yet. Undefined: the primary is
   * to be read. `without`: those that failed this reader already.
   */
  async find(required: bigint, without: ReadonlySet<Replica>): Promise<Replica | undefined> {
    const until = performance.now() + CATCH_UP_MS;
    for (;;) {
      const usable = this.replicas.filter((replica) => replica.isUsable && !without.has(replica));
      const ready = usable.filter(({ replayed }) => replayed >= endOfRecord(required));
      if (ready.length > 0) return ready[this.turn++ % ready.length];
      if (usable.length === 0 || performance.now() >= until) return undefined;
      await new Promise((resolve) => setTimeout(resolve, CATCH_UP_LOOK_MS));
      // One that does not answer is found so by the next beat.
      await Promise.race([
        Promise.allSettled(usable.map((replica) => replica.ask())),
        new Promise((resolve) => setTimeout(resolve, CATCH_UP_MS)),
      ]);
    }
  }

  private again(): void {
    this.looking = this.beat().then(() => {
      if (this.isClosed) return;
      this.timer = setTimeout(() => this.again(), BEAT_MS);
      this.timer.unref();
    });
  }

  private async beat(): Promise<void> {
    const primary = await this.askPrimary();
    await Promise.all(this.replicas.map((replica) => this.look(replica, primary)));
    this.marks.prune();
  }

  /** Undefined where it does not answer: then nothing gets fresher. */
  private async askPrimary(): Promise<ServerIdentity | undefined> {
    try {
      const primary = identityOf(await this.primary.query<IdentityRow>(IDENTITY));
      if (primary.isStandby) return undefined;
      const heardMs = performance.now();
      this.beats.add(
        { lsn: endOfRecord(primary.lsn), atMs: primary.atMs, heardMs },
        heardMs - this.settings.maxLagMs,
      );
      return primary;
    } catch {
      return undefined; // whoever asks for health is told so by the probe
    }
  }

  private async look(replica: Replica, primary: ServerIdentity | undefined): Promise<void> {
    const now = performance.now();
    if (!replica.isDue(now)) return;
    try {
      const seen = await replica.ask();
      const beat = this.beats.newestWithin(seen.lsn);
      replica.found(...this.verdict(seen, primary, beat), beat);
    } catch {
      replica.failed(now); // told by health and figures
    }
  }

  private verdict(
    seen: ServerIdentity,
    primary: ServerIdentity | undefined,
    beat: Beat | undefined,
  ): Verdict {
    if (!seen.isStandby) return ['unfit', 'follows nobody: it takes writes itself'];
    if (primary && seen.systemId !== primary.systemId) return ['unfit', 'is a copy of another database'];
    // A place in its log means the same as in ours only on our timeline.
    if (primary && seen.timeline < primary.timeline)
      return ['unfit', `follows timeline ${seen.timeline}, the database is on ${primary.timeline}`];
    if (!beat || performance.now() - beat.heardMs > this.settings.maxLagMs)
      return ['late', `is more than ${this.settings.maxLagMs / 1000} s behind, or not measured yet`];
    return ['ok', 'follows'];
  }
}
