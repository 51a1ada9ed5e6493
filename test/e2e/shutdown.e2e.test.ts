// A server that is told to stop (trust.md T04): readiness goes down first, what is under way is answered to the end, kept connections and
// live streams are ended, and it is gone with 0 within 15 s.
import http from 'node:http';
import { createServer } from 'node:net';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { ADMIN_PASSWORD, ServerProcess } from '../support/server-process.js';

const IN_FLIGHT = 50;

interface Reply {
  readonly status: number;
  readonly connection: string | undefined;
  readonly isWhole: boolean;
  readonly body: string;
}

/** A command whose body is sent in two halves, the second when it is let go. */
class HalfSent {
  readonly reply: Promise<Reply>;
  private readonly request: http.ClientRequest;
  private readonly rest: string;

  constructor(address: string, token: string, agent: http.Agent, n: number) {
    const body = JSON.stringify({
      firstName: `Halfway${n}`,
      lastName: 'Adel',
      birthDate: '1980-01-01',
      sex: 'female',
    });
    this.rest = body.slice(20);
    this.request = http.request(`${address}/api/patients`, {
      method: 'POST',
      agent,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
      },
    });
    this.reply = new Promise((resolve, reject) => {
      this.request.on('error', reject);
      this.request.on('response', (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        answer.on('error', reject);
        answer.on('close', () =>
          resolve({
            status: answer.statusCode ?? 0,
            connection: answer.headers.connection,
            isWhole: answer.complete,
            body: text,
          }),
        );
      });
    });
    this.request.write(body.slice(0, 20));
  }

  finish(): void {
    this.request.end(this.rest);
  }
}

function aFreePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}

describe('a server that is told to stop', () => {
  let server: ServerProcess;
  let metricsPort = 0;
  beforeAll(async () => {
    metricsPort = await aFreePort();
    server = await ServerProcess.create({
      MEDITORY_SAMPLE: 'none',
      METRICS_PORT: String(metricsPort),
      MEDITORY_DRAIN_SECONDS: '1',
    });
    await server.start();
  });
  afterAll(() => server?.dispose());

  const inFlight = async (): Promise<number> => {
    const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
    return Number(/^meditory_http_requests_in_flight (\d+)/m.exec(text)?.[1]);
  };

  it('answers fifty commands under way, ends streams and kept connections, and is gone with 0', async () => {
    const login = await fetch(`${server.address}/api/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'admin', password: ADMIN_PASSWORD }),
    });
    const { token } = (await login.json()) as { token: string };
    const agent = new http.Agent({ keepAlive: true, maxSockets: IN_FLIGHT });
    const commands = Array.from(
      { length: IN_FLIGHT },
      (_, n) => new HalfSent(server.address, token, agent, n),
    );
    const stream = await fetch(`${server.address}/api/work-board/events`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const streamEnded = stream.text().then(
      () => true,
      () => false,
    );
    await expect.poll(inFlight, { timeout: 30_000 }).toBeGreaterThanOrEqual(IN_FLIGHT);

    const stopping = performance.now();
    const stopped = server.stop();
    // Ready no more, while what is under way is still being sent.
    const readiness = async () =>
      (await fetch(`${server.address}/api/health/ready`).catch(() => undefined))?.status ?? 'refused';
    await expect.poll(readiness, { interval: 10 }).not.toBe(200);
    for (const command of commands) command.finish();
    const replies = await Promise.all(commands.map(({ reply }) => reply));
    expect(await stopped).toBe(0);
    expect(performance.now() - stopping).toBeLessThan(15_000);

    expect(replies.filter(({ isWhole }) => !isWhole)).toEqual([]);
    expect(new Set(replies.map(({ status }) => status)), replies[0]?.body).toEqual(new Set([201]));
    expect(new Set(replies.map(({ connection }) => connection))).toEqual(new Set(['close']));
    expect(await streamEnded).toBe(true);
    await expect(fetch(`${server.address}/api/health/live`)).rejects.toThrow();
    agent.destroy();

    // What was answered is there.
    await server.start();
    const found = await fetch(`${server.address}/api/patients?q=Halfway&limit=100`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(((await found.json()) as { meta: { total: number } }).meta.total).toBe(IN_FLIGHT);
  });
});
