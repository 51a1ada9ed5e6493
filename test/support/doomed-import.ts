import { spawn, type ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import pg from 'pg';

import { packageRoot } from '../../src/platform/package-root.js';
import type { ServerProcess } from './server-process.js';

/** Imports that are to be killed in the middle, and what the database then says of itself. */
export class DoomedImports {
  /** `hashSql`: an expression over everything such an import may write. */
  constructor(
    private readonly server: ServerProcess,
    private readonly hashSql: string,
  ) {}

  private async client(): Promise<pg.Client> {
    const secrets = JSON.parse(await readFile(join(this.server.home, 'cluster.json'), 'utf8')) as {
      port: number;
      superuserPassword: string;
    };
    const opened = new pg.Client({
      host: '127.0.0.1',
      port: secrets.port,
      user: 'postgres',
      password: secrets.superuserPassword,
      database: 'meditory_erp',
    });
    opened.on('error', () => undefined); // PostgreSQL is killed under it
    await opened.connect();
    return opened;
  }

  /** The hash, as soon as PostgreSQL is there to be asked. */
  async hash(): Promise<string> {
    for (let attempt = 0; ; attempt++) {
      try {
        const db = await this.client();
        const { rows } = await db.query<{ hash: string }>(`select ${this.hashSql} as hash`);
        await db.end();
        return rows[0]?.hash ?? '';
      } catch (error) {
        if (attempt === 100) throw error;
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    }
  }

  /**
   * Locks rows by a `select … for update`, so that an import that writes them stays where it is until it is killed; answers
   * how to let go of them.
   */
  async hold(rows: string): Promise<() => Promise<void>> {
    const db = await this.client();
    await db.query('begin');
    await db.query(rows);
    return () => db.end().catch(() => undefined); // it may have gone with PostgreSQL
  }

  /** Starts `import …` and resolves when a statement whose name matches is at work. */
  async untilApplying(words: readonly string[], statement: string): Promise<ChildProcess> {
    const child = spawn(process.execPath, [join(packageRoot(), 'dist', 'main.js'), 'import', ...words], {
      env: { ...process.env, MEDITORY_HOME: this.server.home, LOG_LEVEL: 'error' },
    });
    const db = await this.client();
    try {
      for (let attempt = 0; attempt < 3000; attempt++) {
        if (child.exitCode !== null) throw new Error('the import ended before it could be killed');
        const { rows } = await db.query(
          "select 1 from pg_stat_activity where state = 'active' and query ~ $1 and pid <> pg_backend_pid()",
          [statement],
        );
        if (rows.length > 0) return child;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    } finally {
      await db.end().catch(() => undefined);
    }
    throw new Error('the import never began to apply');
  }
}
