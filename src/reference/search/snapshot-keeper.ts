import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';

import { NotificationListener } from '../../platform/database/notification-listener.js';
import { OwnConnection } from '../../platform/database/own-connection.js';
import { HealthNotes } from '../../platform/health/health-notes.js';
import { CatalogueUpdates, MANY_EDITS } from './catalogue-updates.js';
import { LiveIndex } from './live-index.js';
import { SnapshotBuilder } from './snapshot-builder.js';

const LISTEN = 'listen /* search.catalogue */ meditory_catalogue';
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 60_000;
const PRUNE_EVERY_MS = 3_600_000;
/** A server that is starting has better to do; the first search asks for the snapshot if this has not passed. */
const START_AFTER_MS = 2000;

/** Where the snapshot stands: off (this process answers no searches), building, ready, or failing to be built. */
export type SnapshotPhase = 'off' | 'building' | 'ready' | 'failing';

/**
 * Keeps the search index of this process: builds a snapshot of the catalogue at the start and whenever too much has
 * changed, and takes in single edits as they are committed. There is an index only while it can be brought to the
 * present state; without one PostgreSQL answers.
 */
@Injectable()
export class SnapshotKeeper implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('search');
  private readonly stopping = new AbortController();
  private live: LiveIndex | undefined;
  private building: Promise<void> | undefined;
  private advancing: Promise<void> | undefined;
  private listener: NotificationListener | undefined;
  private pruner: NodeJS.Timeout | undefined;
  private retry: NodeJS.Timeout | undefined;
  private pauseMs = FIRST_PAUSE_MS;
  private failure: string | undefined;
  private isListening = false;

  constructor(
    private readonly builder: SnapshotBuilder,
    private readonly updates: CatalogueUpdates,
    private readonly connection: OwnConnection,
    private readonly health: HealthNotes,
    private readonly http: HttpAdapterHost,
  ) {}

  /** The command line answers no searches: only a server keeps an index. */
  onApplicationBootstrap(): void {
    // Nest leaves it empty where it makes services without a server, whatever its type says.
    if ((this.http.httpAdapter as unknown) ?? undefined) this.start();
  }

  /** Starts listening, and building once the server is up; returns at once. */
  start(): void {
    if (this.listener || this.stopping.signal.aborted) return;
    this.health.add('search', () => this.describe());
    this.listener = new NotificationListener(() => this.connection.inProcess, LISTEN, {
      onListening: () => {
        this.isListening = true;
        this.inBackground(this.compare());
      },
      onNotification: (payload) => this.inBackground(this.reach(Number(payload))),
      onFault: () => (this.isListening = false),
    });
    this.listener.start();
    this.buildLater(START_AFTER_MS);
    this.pruner = setInterval(() => this.inBackground(this.updates.prune()), PRUNE_EVERY_MS);
    this.pruner.unref();
  }

  /** Stops threads, timers and the listening connection. */
  async onModuleDestroy(): Promise<void> {
    this.stopping.abort(new Error('the server is stopping'));
    clearInterval(this.pruner);
    clearTimeout(this.retry);
    await this.listener?.stop();
    await this.building;
    await this.advancing?.catch(() => undefined);
  }

  /** The index of the catalogue; undefined while there is none that could be current. */
  get index(): LiveIndex | undefined {
    return this.live;
  }

  get phase(): SnapshotPhase {
    if (!this.listener) return 'off';
    if (this.live) return 'ready';
    return this.failure === undefined ? 'building' : 'failing';
  }

  /** Says that a search would use the index: where it is not begun yet, it is begun now. */
  want(): void {
    if (this.live || !this.retry || this.failure !== undefined) return;
    clearTimeout(this.retry);
    this.retry = undefined;
    this.build();
  }

  /** Resolves when an index is there; for tests and measurements. */
  async ready(): Promise<void> {
    this.want();
    while (!this.live && this.listener && !this.stopping.signal.aborted)
      await (this.building ?? new Promise((resolve) => setTimeout(resolve, 10)));
  }

  /** Gives up an index of another feed than the one there is: this database has come to follow a hub, or to leave it. */
  leave(feed: string): void {
    if (this.live?.feed !== feed) return;
    this.live = undefined;
    this.build();
  }

  /** Brings the index to a place of the feed or beyond; false when there is none any more. */
  async reach(place: number): Promise<boolean> {
    while (this.live && this.live.place < place) await this.advance(this.live);
    return this.live !== undefined;
  }

  private advance(index: LiveIndex): Promise<void> {
    this.advancing ??= this.takeIn(index).finally(() => (this.advancing = undefined));
    return this.advancing;
  }

  private async takeIn(index: LiveIndex): Promise<void> {
    const update = await this.updates.since(index.place);
    if (this.live !== index) return;
    // Nothing to be read where the caller saw a later place: the feed was cut by hand, and only a snapshot helps.
    if (!update || update.place === index.place) {
      this.live = undefined;
      this.build();
      return;
    }
    index.apply(update);
    if (index.edits > MANY_EDITS) this.build();
  }

  /** After a gap in listening: another feed, or one that went back, means another database behind the same address. */
  private async compare(): Promise<void> {
    const at = await this.updates.place();
    const index = this.live;
    if (!index) return;
    if (at.feed !== index.feed || at.place < index.place) {
      this.live = undefined;
      this.build();
    } else await this.reach(at.place);
  }

  private build(): void {
    if (this.building || this.retry || this.stopping.signal.aborted) return;
    this.building = this.makeLive()
      .then(
        (isCurrent) => {
          this.failure = undefined;
          this.pauseMs = FIRST_PAUSE_MS;
          if (!isCurrent) this.buildLater(0);
        },
        (error: unknown) => {
          if (this.stopping.signal.aborted) return;
          this.failure = error instanceof Error ? error.message : String(error);
          this.logger.error(
            `The search snapshot could not be made; trying again in ${this.pauseMs} ms. ${this.failure}`,
          );
          this.buildLater(this.pauseMs);
          this.pauseMs = Math.min(LONGEST_PAUSE_MS, this.pauseMs * 2);
        },
      )
      .finally(() => (this.building = undefined));
  }

  private buildLater(pauseMs: number): void {
    this.retry = setTimeout(() => {
      this.retry = undefined;
      this.build();
    }, pauseMs);
    this.retry.unref();
  }

  /** Makes a snapshot, takes in what was committed meanwhile, and puts it in place; false when too much was. */
  private async makeLive(): Promise<boolean> {
    const { data, state } = await this.builder.build(this.stopping.signal);
    const next = new LiveIndex(data, state);
    for (;;) {
      const update = await this.updates.since(next.place);
      if (!update) return false;
      if (update.place === next.place) break;
      next.apply(update);
    }
    this.live = next;
    this.inBackground(this.updates.prune());
    return true;
  }

  private inBackground(work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      if (!this.stopping.signal.aborted)
        this.logger.warn(`The search index could not follow the catalogue: ${String(error)}`);
    });
  }

  private describe(): string {
    const listening = this.isListening ? '' : ', not listening';
    if (this.live) {
      const { documents, edits } = this.live.statistics;
      return `snapshot of ${documents} products, ${edits} edited since${listening}`;
    }
    return this.failure === undefined
      ? `database, snapshot is being built${listening}`
      : `database, snapshot cannot be built${listening}`;
  }
}
