// Two server processes on one database: what one of them changes, the other finds at its next query.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { anInstalledServer } from '../support/installed-server.js';
import { ADMIN_PASSWORD, ServerProcess } from '../support/server-process.js';

interface Secrets {
  port: number;
  superuserPassword: string;
  appPassword: string;
}

interface Answer {
  status: number;
  body: {
    drugId: number;
    version: number;
    data: { name: string }[];
    parts: Record<string, string>;
    token: string;
  };
}

describe('two server processes', () => {
  let first: ServerProcess;
  let second: ServerProcess;
  let secrets: Secrets;
  let token = '';

  async function call(server: ServerProcess, method: string, path: string, body?: object): Promise<Answer> {
    const answer = await fetch(`${server.address}/api${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return { status: answer.status, body: (await answer.json()) as Answer['body'] };
  }

  const names = async (server: ServerProcess, q: string): Promise<string[]> => {
    const { status, body } = await call(server, 'GET', `/drugs/search?q=${encodeURIComponent(q)}`);
    expect(status).toBe(200);
    return body.data.map(({ name }) => name);
  };

  const untilSnapshot = async (server: ServerProcess): Promise<string> => {
    for (let n = 0; n < 300; n++) {
      const { body } = await call(server, 'GET', '/health/ready').catch(() => ({ body: undefined }));
      if (/^snapshot of .* since$/.test(body?.parts.search ?? '')) return body?.parts.search ?? '';
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`there is no snapshot: ${server.output}`);
  };

  beforeAll(async () => {
    first = await anInstalledServer({ MEDITORY_SAMPLE: 'none' });
    await first.start();
    secrets = JSON.parse(await readFile(join(first.home, 'cluster.json'), 'utf8')) as Secrets;
    second = await ServerProcess.create({
      MEDITORY_SAMPLE: 'none',
      DB_HOST: '127.0.0.1',
      DB_PORT: String(secrets.port),
      DB_USERNAME: 'pharmacy_app',
      DB_PASSWORD: secrets.appPassword,
    });
    await second.start();
    token = (await call(first, 'POST', '/auth/login', { username: 'admin', password: ADMIN_PASSWORD })).body
      .token;
    await Promise.all([untilSnapshot(first), untilSnapshot(second)]);
  }, 180_000);
  afterAll(async () => {
    await second?.dispose();
    await first?.dispose();
  }, 60_000);

  it('find an edit made through the other one at the next query, twenty times over', async () => {
    const created = await call(first, 'POST', '/drugs', { name: 'Crossol 0', price: '1' });
    expect(created.status).toBe(201);
    expect(await names(second, 'crossol')).toEqual(['Crossol 0']);
    let { version } = created.body;
    for (let turn = 1; turn <= 20; turn++) {
      const [editor, reader] = turn % 2 === 0 ? [first, second] : [second, first];
      const name = `Crossol turn${turn}`;
      const edited = await call(editor, 'PATCH', `/drugs/${created.body.drugId}`, { version, name });
      version = edited.body.version;
      expect(await names(reader, `turn${turn}`)).toEqual([name]);
      expect(await names(editor, `turn${turn}`)).toEqual([name]);
    }
    expect(await untilSnapshot(second)).toBe('snapshot of 1 products, 1 edited since');
  });

  it('find what a bulk statement of somebody else brought', async () => {
    const client = new pg.Client({
      host: '127.0.0.1',
      port: secrets.port,
      user: 'postgres',
      password: secrets.superuserPassword,
      database: 'meditory_erp',
    });
    await client.connect();
    await client.query(
      "insert into reference.drugs (name, name_folded, price) select 'Massol ' || n, 'massol ' || n, 1 from generate_series(1, 5000) n",
    );
    await client.end();
    for (const server of [first, second]) expect((await names(server, 'massol 4711'))[0]).toBe('Massol 4711');
    for (const server of [first, second])
      expect(await untilSnapshot(server)).toBe('snapshot of 5001 products, 0 edited since');
    for (const server of [first, second]) expect((await names(server, 'massol 4711'))[0]).toBe('Massol 4711');
  });

  it('go on finding each other’s edits after PostgreSQL was killed and came back', async () => {
    await first.killDatabase();
    // 503 until it is back; the server that owns the database starts it again.
    const untilAnswered = async (ask: () => Promise<Answer>): Promise<Answer> => {
      for (let n = 0; n < 300; n++) {
        const answer = await ask();
        if (answer.status !== 503) return answer;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      throw new Error(`the database did not come back: ${first.output}`);
    };
    for (let turn = 0; turn < 3; turn++) {
      const name = `Phoenixol ${turn}`;
      const created = await untilAnswered(() => call(second, 'POST', '/drugs', { name, price: '1' }));
      expect(created.status).toBe(201);
      const found = await untilAnswered(() => call(first, 'GET', `/drugs/search?q=phoenixol%20${turn}`));
      expect(found.body.data[0]?.name).toBe(name);
    }
    for (const server of [first, second])
      expect(await untilSnapshot(server)).toMatch(/^snapshot of 5004 products/);
  }, 60_000);

  it('end in good order, though they listen and keep threads', async () => {
    expect(await second.stop()).toBe(0);
    expect(await names(first, 'phoenixol')).toHaveLength(3);
  });
});
