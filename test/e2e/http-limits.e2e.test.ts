// Who sends too much, or too slowly (trust.md T34, T35): he is refused and let go, everybody else is served, and memory does not grow with
// what he sends.
import type http from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';

import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createApplication } from '../../src/application.js';
import { createLogger } from '../../src/platform/log/logger.js';
import { aWorldFor, type World } from '../builders/world.js';
import { measured } from '../faults/harness/profile.js';
import { useTestDatabase } from '../support/db.js';
import { anInstalledServer } from '../support/installed-server.js';
import type { ServerProcess } from '../support/server-process.js';
import { owning } from '../support/stubborn-caller.js';

const SLOW_CALLERS = 500;
const MB = 1024 * 1024;

interface Ended {
  readonly text: string;
}

describe('limits of requests', () => {
  const db = useTestDatabase();
  let app: NestFastifyApplication;
  let server: http.Server;
  let port = 0;
  let world: World;
  beforeAll(async () => {
    app = await createApplication(db.app, 4, createLogger('silent'));
    await app.listen(0, '127.0.0.1');
    server = app.getHttpServer();
    port = (server.address() as AddressInfo).port;
    world = await aWorldFor(db, 'administrator');
  });
  afterAll(() => app?.close());

  /** What comes back on a connection until it is ended by the server. */
  function until(socket: Socket): Promise<Ended> {
    return new Promise((resolve) => {
      let text = '';
      socket.on('data', (chunk) => (text += chunk.toString()));
      socket.on('error', () => undefined);
      socket.on('close', () => resolve({ text }));
    });
  }
  function sent(head: string): Promise<Ended> {
    const socket = connect(port, '127.0.0.1');
    socket.write(head);
    return until(socket);
  }
  const lives = async () => (await fetch(`http://127.0.0.1:${port}/api/health/live`)).status;

  it.each([
    [
      'a head of 64 kB',
      `GET /api/health/live HTTP/1.1\r\nhost: x\r\nx-long: ${'a'.repeat(64 * 1024)}\r\n\r\n`,
      431,
    ],
    [
      'an address of 64 kB',
      `GET /api/drugs/search?q=${'a'.repeat(64 * 1024)} HTTP/1.1\r\nhost: x\r\n\r\n`,
      431,
    ],
    ['what is no HTTP', 'HELO pharmacy\r\n\r\n', 400],
    [
      'two lengths',
      'POST /api/auth/login HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nhello!',
      400,
    ],
    [
      'a length beside chunks',
      'POST /api/auth/login HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
    ],
  ])('%s is refused with a problem, and the connection ended', async (_, head, status) => {
    const { text } = await sent(head);
    expect(text.split('\r\n')[0]).toContain(` ${status} `);
    expect(text).toContain('content-type: application/problem+json');
    expect(text).toContain('connection: close');
    const body = JSON.parse(text.slice(text.indexOf('\r\n\r\n') + 4)) as { status: number; type: string };
    expect(body.status).toBe(status);
    expect(await lives()).toBe(200);
  });

  it('thousands of parameters are refused, with few words', async () => {
    for (const query of [Array(7000).fill('a').join('&'), Array(3000).fill('q=1').join('&')]) {
      const answer = await fetch(`http://127.0.0.1:${port}/api/drugs/search?${query}`, {
        headers: { authorization: `Bearer ${world.token}` },
      });
      expect(answer.status).toBe(400);
      expect((await answer.text()).length).toBeLessThan(20_000);
    }
  });

  it('waits no longer than 30 s for a head, and looks often enough for that', () => {
    const interval = (server as unknown as Record<symbol, unknown>)[
      Object.getOwnPropertySymbols(server).find(
        ({ description }) => description === 'http.server.connectionsCheckingInterval',
      ) ?? Symbol()
    ] as { _repeat?: number } | undefined;
    expect(server.headersTimeout).toBe(15_000);
    expect(server.headersTimeout + (interval?._repeat ?? Infinity)).toBeLessThanOrEqual(30_000);
    expect(server.maxConnections).toBeLessThanOrEqual(5000);
  });

  it(`${SLOW_CALLERS} who send their heads byte by byte are let go, and the others served meanwhile`, async () => {
    // The same, with the wait shortened: what is tried is that it ends them.
    server.headersTimeout = 1000;
    const slow = Array.from({ length: SLOW_CALLERS }, () => {
      const socket = connect(port, '127.0.0.1');
      socket.write('GET /api/health/live HTTP/1.1\r\nhost: x\r\nx-slow: ');
      const drip = setInterval(() => socket.write('a'), 200);
      return until(socket).finally(() => clearInterval(drip));
    });
    let served = 0;
    let isOver = false;
    const all = Promise.all(slow).then((ended) => {
      isOver = true;
      return ended;
    });
    while (!isOver) {
      expect(await lives()).toBe(200);
      served += 1;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    server.headersTimeout = 15_000;
    const told = new Set((await all).map(({ text }) => text.split('\r\n')[0]));
    expect([...told].filter((line) => line !== '' && line !== 'HTTP/1.1 408 Request Timeout')).toEqual([]);
    expect(served).toBeGreaterThan(0);
  });

  // Half a minute of waiting: with MEDITORY_SLOW=1.
  it.runIf(process.env.MEDITORY_SLOW === '1')(
    'bodies that come too slowly are cut off within 40 s',
    async () => {
      const slow = Array.from({ length: SLOW_CALLERS }, () => {
        const socket = connect(port, '127.0.0.1');
        socket.write(
          `POST /api/auth/login HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{`,
        );
        const drip = setInterval(() => socket.write(' '), 5000);
        return until(socket).finally(() => clearInterval(drip));
      });
      const begun = performance.now();
      await Promise.all(slow);
      expect(performance.now() - begun).toBeLessThan(40_000);
      expect(await lives()).toBe(200);
    },
    90_000,
  );
});

describe('a body without end', () => {
  const OFFERED = 2048 * MB;
  let server: ServerProcess;
  let world: World;
  beforeAll(async () => {
    server = await anInstalledServer({ MEDITORY_SAMPLE: 'none' });
    await server.start();
    world = await owning(server, (db) => aWorldFor(db, 'administrator'));
  }, 300_000);
  afterAll(() => server.dispose(), 60_000);

  /** Offers 2 GB in chunks until the server ends the connection; answers what it said, and how many bytes were taken off our hands. */
  async function offer(): Promise<{ text: string; written: number }> {
    const socket = connect(server.port, '127.0.0.1');
    let text = '';
    socket.on('data', (chunk) => (text += chunk.toString()));
    socket.on('error', () => undefined);
    const ended = new Promise((resolve) => socket.once('close', resolve));
    socket.write(
      `POST /api/patients HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${world.token}\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n`,
    );
    const chunk = Buffer.concat([Buffer.from('10000\r\n'), Buffer.alloc(0x10000, 0x20), Buffer.from('\r\n')]);
    let written = 0;
    while (!socket.destroyed && written < OFFERED) {
      written += chunk.length;
      if (!socket.write(chunk))
        await new Promise((resolve) => {
          socket.once('drain', resolve);
          socket.once('close', resolve);
        });
    }
    socket.destroy();
    await ended;
    return { text, written };
  }

  // The most memory the process ever held is told by Linux alone.
  it.runIf(process.platform === 'linux')(
    'is cut off soon, and its bytes are not kept: 2 GB, eight times at once',
    async () => {
      await offer(); // what is loaded and compiled at the first time
      const before = await server.memory();
      const offers = await Promise.all(Array.from({ length: 8 }, offer));
      for (const { text, written } of offers) {
        expect(text).toContain(' 413 ');
        expect(written).toBeLessThan(64 * MB);
      }
      const grown = (await server.memory()).most - before.now;
      measured('T34', {
        'MB taken, the most': Math.round(Math.max(...offers.map(({ written }) => written)) / MB),
        'MB grown': Math.round(grown / MB),
      });
      expect(grown).toBeLessThan(50 * MB);
      expect((await fetch(`${server.address}/api/health/live`)).status).toBe(200);
    },
    120_000,
  );
});
