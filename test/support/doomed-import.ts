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
   * Starts `import …` while the rows of a `select … for update` are locked, and resolves when it waits for one of them: it is in
   * the middle of its apply then, and stays there until it is killed. `letGo` gives the rows free.
   */
  async untilHeld(
    words: readonly string[],
    rows: string,
  ): Promise<{ child: ChildProcess; letGo: () => Promise<void> }> {
    const [holder, watcher] = [await this.client(), await this.client()];
    const { rows: sessions } = await holder.query<{ pid: number }>('select pg_backend_pid() as pid');
    await holder.query('begin');
    await holder.query(rows);
    const child = spawn(process.execPath, [join(packageRoot(), 'dist', 'main.js'), 'import', ...words], {
      env: { ...process.env, MEDITORY_HOME: this.server.home, LOG_LEVEL: 'error' },
    });
    const letGo = () => holder.end().catch(() => undefined); // it may have gone with PostgreSQL
    try {
      for (let attempt = 0; attempt < 3000; attempt++) {
        if (child.exitCode !== null) throw new Error('the import ended before it could be killed');
        const waiting = await watcher.query(
          'select from pg_stat_activity where $1 = any (pg_blocking_pids(pid))',
          [sessions[0]?.pid],
        );
        if (waiting.rows.length > 0) return { child, letGo };
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    } finally {
      await watcher.end().catch(() => undefined);
    }
    child.kill('SIGKILL');
    await letGo();
    throw new Error('the import never came to what is held');
  }
}
