import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type pg from 'pg';
import { DataSource } from 'typeorm';

import type { DatabaseTls } from '../config/config.js';
import type { Endpoint } from '../config/endpoints.js';
import { sslOf } from './login.js';

/**
 * What connections are kept apart for, so that one kind of work cannot take those of another: requests, jobs and imports,
 * and reports. Whether the server is well is asked beside them all (DatabaseProbe).
 */
const POOL_NAMES = ['web', 'jobs', 'reports'] as const;
export type PoolName = (typeof POOL_NAMES)[number];

/** A pool as it stands: how many connections it may have, has, has idle, and how many wait for one. */
export interface PoolNumbers {
  readonly name: PoolName;
  readonly max: number;
  readonly open: number;
  readonly idle: number;
  readonly waiting: number;
}

/** Connections a pool may have, where requests may have `web`. */
function poolMax(name: PoolName, web: number): number {
  if (name === 'web') return web;
  // An import has three transactions at once: its lock, its work, and how far it is.
  return name === 'jobs' ? 8 : Math.min(8, Math.max(2, Math.ceil(web / 4)));
}

/** What a pool asks of its connections beyond what all do. */
const OWN_OPTIONS: Readonly<Partial<Record<PoolName, string>>> = {
  // A report that wrote would be a fault.
  reports: '-c default_transaction_read_only=on',
};

/**
 * The pools of the process by their names. The one for requests is the data source of TypeORM; the others are made when they are first
 * used, with the same entities. Their numbers may be read at any time.
 */
@Injectable()
export class PoolRegistry implements OnApplicationShutdown {
  private readonly others = new Map<PoolName, { source: DataSource; ready: Promise<DataSource> }>();
  private isClosed = false;

  constructor(private readonly web: DataSource) {}

  /** The pool, connected. One that could not be made is tried again at the next question. */
  async of(name: PoolName): Promise<DataSource> {
    if (name === 'web') return this.web;
    const known = this.others.get(name);
    if (known) return known.ready;
    if (this.isClosed) throw new Error('the pools are closed');
    const source = this.make(name);
    const ready = source.initialize().catch((error: unknown) => {
      this.others.delete(name);
      throw error;
    });
    this.others.set(name, { source, ready });
    return ready;
  }

  /** A pool like that of reports on another server, connected; whoever asked for it ends it. */
  makeAt(endpoint: Endpoint): Promise<DataSource> {
    return this.make('reports', endpoint).initialize();
  }

  /** How many connections a pool may have. */
  max(name: PoolName): number {
    return poolMax(name, Number(this.extra['max']));
  }

  /** Every pool as it stands; one that was never used has no connections. */
  numbers(): PoolNumbers[] {
    return POOL_NAMES.map((name) => {
      const source = name === 'web' ? this.web : this.others.get(name)?.source;
      const pool = source?.isInitialized ? poolOf(source) : undefined;
      return {
        name,
        max: this.max(name),
        open: pool?.totalCount ?? 0,
        idle: pool?.idleCount ?? 0,
        waiting: pool?.waitingCount ?? 0,
      };
    });
  }

  /** After the last request and the last job; TypeORM's module ends the pool of requests. */
  async onApplicationShutdown(): Promise<void> {
    this.isClosed = true;
    for (const { ready } of this.others.values()) {
      const source = await ready.catch(() => undefined);
      await source?.destroy();
    }
    this.others.clear();
  }

  private get extra(): Record<string, unknown> {
    return this.web.options.extra as Record<string, unknown>;
  }

  private get tls(): DatabaseTls | undefined {
    return (this.extra as { tls?: DatabaseTls }).tls;
  }

  private make(name: PoolName, endpoint?: Endpoint): DataSource {
    const { options } = this.web;
    if (options.type !== 'postgres') throw new Error('the data source is not PostgreSQL');
    return new DataSource({
      ...options,
      ...(endpoint ? { ...endpoint, ssl: sslOf(() => endpoint.host, this.tls) } : {}),
      applicationName: `meditory-${name}`,
      extra: {
        ...this.extra,
        // There it is: nothing is to be looked for.
        ...(endpoint ? { stream: undefined, onConnect: undefined } : {}),
        max: this.max(name),
        options: [this.extra['options'], OWN_OPTIONS[name]].filter(Boolean).join(' '),
      },
    });
  }
}

/** The driver's pool; TypeORM names it after what replication would make of it. */
function poolOf(source: DataSource): pg.Pool {
  return (source.driver as unknown as { master: pg.Pool }).master;
}
