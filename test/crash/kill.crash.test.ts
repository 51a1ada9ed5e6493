// kill -9 of the server and of PostgreSQL in mid-checkout, ten times, under load (trust.md T01, T02).
// Each till writes its intent to a journal of its own before it sends and the answer after, as a real till would.
import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { ADMIN_PASSWORD, ServerProcess } from '../support/server-process.js';

const TILLS = 6;
const KILLS = 10;
const BETWEEN_KILLS_MS = 1200;

interface Intent {
  readonly key: string;
  readonly body: unknown;
  answer?: { saleId: number };
}

describe('a crash in mid-checkout', () => {
  let server: ServerProcess;
  let token = '';
  beforeAll(async () => {
    server = await ServerProcess.create();
    await server.start();
  }, 120_000);
  afterAll(() => server.dispose(), 60_000);

  const request = async (method: string, path: string, body?: unknown, key?: string): Promise<Response> =>
    fetch(`${server.address}/api${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(key ? { 'idempotency-key': key } : {}),
      },
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.timeout(15_000),
    });

  async function signIn(): Promise<void> {
    token = '';
    const answer = await request('POST', '/auth/login', { username: 'admin', password: ADMIN_PASSWORD });
    token = ((await answer.json()) as { token: string }).token;
  }

  it(`loses nothing acknowledged and leaves no half, ${KILLS} times`, { timeout: 240_000 }, async () => {
    await signIn();
    await request('POST', '/till-shifts', { openingFloat: '100.00' });
    const found = await request('GET', '/drugs/search?q=paracetamol&inStock=true&rxOnly=false&limit=10');
    const drugs = ((await found.json()) as { data: { drugId: number }[] }).data.map((drug) => drug.drugId);
    expect(drugs.length).toBeGreaterThan(2);
    const delivery = drugs.map((drugId) => ({
      drugId,
      lotNumber: 'CRASH',
      expiryDate: '2031-12-31',
      quantity: '1000000',
      unitCost: '1.00',
    }));
    expect((await request('POST', '/inventory/receive', { items: delivery })).status).toBe(201);

    const journal: Intent[] = [];
    const statuses = new Map<number, number>();
    let running = true;

    async function send(intent: Intent): Promise<void> {
      const answer = await request('POST', '/sales', intent.body, intent.key);
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      if (answer.status === 201) intent.answer = (await answer.json()) as { saleId: number };
    }

    async function till(n: number): Promise<void> {
      for (let i = 0; running; i++) {
        const items = [0, 1].map((k) => ({ drugId: drugs[(n + i + k) % drugs.length], quantity: '1' }));
        const intent: Intent = {
          key: randomUUID(),
          body: { items, payments: [{ method: 'cash', amount: '500.00' }] },
        };
        journal.push(intent);
        // Cut off or refused for the moment: unknown, so the till sends the same intent again until it has an answer.
        while (!intent.answer && running) {
          await send(intent).catch(() => undefined);
          if (!intent.answer) await new Promise((resolve) => setTimeout(resolve, 100));
        }
      }
    }

    const tills = Array.from({ length: TILLS }, (_, n) => till(n));
    for (let n = 0; n < KILLS; n++) {
      await new Promise((resolve) => setTimeout(resolve, BETWEEN_KILLS_MS));
      if (n % 2 === 0) {
        await server.kill();
        await server.start();
      } else {
        await server.killDatabase();
      }
    }
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_KILLS_MS));
    running = false;
    await Promise.all(tills);

    // What was still open when the tills closed is sent once more: once or not at all, never twice.
    for (let round = 0; round < 200 && journal.some((intent) => !intent.answer); round++) {
      for (const intent of journal.filter((entry) => !entry.answer))
        await send(intent).catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const unanswered = journal.filter((intent) => !intent.answer);
    expect(unanswered, `statuses seen: ${JSON.stringify([...statuses])}`).toEqual([]);
    const acknowledged = new Set(journal.map((intent) => intent.answer?.saleId));
    expect(acknowledged.size, 'two intents were given the same sale').toBe(journal.length);
    expect(
      [...statuses.keys()].filter((status) => status !== 201 && status !== 503),
      server.output
        .split('\n')
        .filter((line) => line.includes('request failed'))
        .join('\n')
        .slice(0, 4000),
    ).toEqual([]);

    const sales = (await (await request('GET', '/sales?limit=1')).json()) as { meta: { total: number } };
    expect(sales.meta.total).toBe(journal.length);

    const doctor = await server.command('doctor', '--json');
    const report = JSON.parse(doctor.stdout) as {
      ok: boolean;
      invariants: { code: string; broken: string[] }[];
    };
    expect(report.invariants.filter((invariant) => invariant.broken.length > 0)).toEqual([]);
    expect(doctor.code).toBe(0);
    console.info(
      `crash test: ${journal.length} sales over ${KILLS} kills, answers ${JSON.stringify([...statuses])}`,
    );
  });

  it('ends in good order on SIGTERM', async () => {
    expect(await server.stop()).toBe(0);
  });
});
