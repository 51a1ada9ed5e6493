import { Injectable, type OnModuleDestroy } from '@nestjs/common';

import { migrationNames } from '../database/migrator.js';
import { OwnConnection } from '../database/own-connection.js';
import { SpareConnection } from '../database/spare-connection.js';
import { Clock } from '../time/clock.js';

/** A database that takes longer to say that it is there is not there. */
const ANSWER_MS = 3000;

const LOOK = `
select /* health.look */ (extract(epoch from clock_timestamp()) * 1000)::float8 as "nowMs",
  (select array_agg(m.name::text) from public.meditory_migrations m) as applied`;

/** What the database answered. */
export interface DatabaseLook {
  /** Its clock less that of this process, ms. */
  readonly clockSkewMs: number;
  /** Migrations of this program the database lacks. */
  readonly pending: readonly string[];
  /** Migrations of the database this program does not know. */
  readonly unknown: readonly string[];
}

/** Asks the database, on a connection beside the pools, whether it is there and fits this program. */
@Injectable()
export class DatabaseProbe implements OnModuleDestroy {
  private readonly connection: SpareConnection;
  private readonly known = migrationNames();
  private looking: Promise<DatabaseLook> | undefined;

  constructor(
    own: OwnConnection,
    private readonly clock: Clock,
  ) {
    this.connection = new SpareConnection(() => own.inProcess, 'meditory-health', ANSWER_MS);
  }

  /** Who asks while it is being asked shares the answer: however many ask, the database is asked once at a time. */
  look(): Promise<DatabaseLook> {
    this.looking ??= this.ask().finally(() => (this.looking = undefined));
    return this.looking;
  }

  async onModuleDestroy(): Promise<void> {
    await this.connection.close();
  }

  private async ask(): Promise<DatabaseLook> {
    const before = this.clock.now().getTime();
    const rows = await this.connection.query<{ nowMs: number; applied: string[] | null }>(LOOK);
    const after = this.clock.now().getTime();
    const applied = new Set(rows[0]?.applied);
    const known = new Set(this.known);
    return {
      clockSkewMs: Math.round((rows[0]?.nowMs ?? 0) - (before + after) / 2),
      pending: this.known.filter((name) => !applied.has(name)),
      unknown: [...applied].filter((name) => !known.has(name)),
    };
  }
}
