import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import pg from 'pg';

import type { World } from '../builders/world.js';
import type { TestDatabase } from './db.js';
import type { ServerProcess } from './server-process.js';

/** What was answered. */
export interface Answered<Body = Record<string, unknown>> {
  readonly status: number;
  readonly body: Body;
}

/** So long an answer is asked for before the caller gives up. */
const PATIENCE_MS = 90_000;
const ATTEMPT_MS = 15_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A caller who asks with the same key until he is answered, however often the server dies before it. */
export class StubbornCaller {
  /** Answers of 500 and above, by status. */
  readonly outages = new Map<number, number>();

  constructor(private readonly server: ServerProcess) {}

  async ask<Body = Record<string, unknown>>(
    method: string,
    world: World,
    path: string,
    body?: object,
    key?: string,
  ): Promise<Answered<Body>> {
    const until = Date.now() + PATIENCE_MS;
    for (;;) {
      const told = await this.attempt<Body>(method, world, path, body, key);
      if (told && told.status < 500) return told;
      if (told) this.outages.set(told.status, (this.outages.get(told.status) ?? 0) + 1);
      if (Date.now() > until)
        throw new Error(`${path} was never answered: ${this.server.output.slice(-2000)}`);
      await pause(100);
    }
  }

  /** One attempt; undefined where the server was cut off in the middle or not there. */
  private async attempt<Body>(
    method: string,
    { token }: World,
    path: string,
    body: object | undefined,
    key: string | undefined,
  ): Promise<Answered<Body> | undefined> {
    try {
      const answer = await fetch(`${this.server.address}/api${path}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(key === undefined ? {} : { 'idempotency-key': key }),
        },
        body: body === undefined ? null : JSON.stringify(body),
        signal: AbortSignal.timeout(ATTEMPT_MS),
      });
      return { status: answer.status, body: (await answer.json()) as Body };
    } catch {
      return undefined;
    }
  }
}

/** Does something with the database of a running installation as its owner, past the server. */
export async function owning<T>(server: ServerProcess, work: (db: TestDatabase) => Promise<T>): Promise<T> {
  const secrets = JSON.parse(await readFile(join(server.home, 'cluster.json'), 'utf8')) as {
    port: number;
    superuserPassword: string;
  };
  const owner = new pg.Pool({
    host: '127.0.0.1',
    port: secrets.port,
    user: 'postgres',
    password: secrets.superuserPassword,
    database: 'meditory_erp',
    max: 2,
  });
  try {
    return await work({ owner } as TestDatabase); // the builders use nothing else of it
  } finally {
    await owner.end();
  }
}
