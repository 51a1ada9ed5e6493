// What stands before and behind every route: the last handler of errors, the log, reports of the policy. Without a database.
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';

import { Controller, Get, Module, Query } from '@nestjs/common';
import { HttpAdapterHost, NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { WrittenMarks } from '../database/replicas/written-marks.js';
import { createLogger } from '../log/logger.js';
import { Metrics } from '../metrics/metrics.js';
import { StorageWatch } from '../storage/storage-watch.js';
import { CSP_REPORTS_PATH, takeCspReports } from './csp-reports.js';
import { Drain } from './drain.js';
import { createAdapter, prepareFastify } from './fastify.js';
import { ProblemFilter } from './problem.filter.js';

@Controller('edges')
class EdgesController {
  @Get('fails')
  fails(): never {
    throw new TypeError('secret of the inside: select * from operational.users');
  }

  @Get('throws')
  throws(@Query('what') what: string): never {
    // Throws what it was given, as a library might: a text, or nothing at all.
    AbortSignal.abort(what).throwIfAborted();
    throw new Error('the signal was not aborted');
  }

  @Get('works')
  works(): object {
    return { works: true };
  }
}

@Module({ controllers: [EdgesController] })
class EdgesModule {}

describe('the edges of the server', () => {
  let app: NestFastifyApplication;
  const lines: string[] = [];
  const logged = (): Record<string, unknown>[] =>
    lines
      .join('')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  beforeAll(async () => {
    const logger = createLogger('info', { write: (line) => void lines.push(line) });
    app = await NestFactory.create<NestFastifyApplication>(EdgesModule, createAdapter(), { logger: false });
    app.setGlobalPrefix('api');
    app.useGlobalFilters(new ProblemFilter(logger));
    await prepareFastify(app, logger, {
      metrics: new Metrics(),
      drain: new Drain(),
      storage: new StorageWatch(undefined, app.get(HttpAdapterHost)),
      marks: new WrittenMarks(undefined),
      isTls: false,
    });
    takeCspReports(app, logger);
    await app.init();
  });
  afterAll(() => app.close());

  it('answer what fails unexpectedly by plain words, log its cause under the same number, and go on', async () => {
    for (const url of ['/api/edges/fails', '/api/edges/throws?what=secret', '/api/edges/throws']) {
      lines.length = 0;
      const answer = await app.inject({ url });
      expect(answer.statusCode).toBe(500);
      expect(answer.headers['content-type']).toContain('application/problem+json');
      const body = answer.json<{ requestId: string; detail: string }>();
      expect(answer.body).not.toMatch(/secret|select|TypeError|\.ts|stack/);
      const cause = logged().find(({ msg }) => msg === 'request failed');
      expect(cause).toMatchObject({ requestId: body.requestId, level: 50 });
      if (url.endsWith('fails')) expect(JSON.stringify(cause)).toContain('secret of the inside');
    }
    expect((await app.inject({ url: '/api/edges/works' })).json()).toEqual({ works: true });
  });

  it('answer an expectation nobody knows by a problem', async () => {
    await app.listen(0, '127.0.0.1');
    const { port } = app.getHttpServer().address() as AddressInfo;
    const [status, type] = await new Promise<[number | undefined, string | undefined]>((resolve, reject) => {
      const headers = { expect: '200-ok' };
      const asked = request(
        { host: '127.0.0.1', port, path: '/api/edges/works', headers, agent: false },
        (answer) => {
          answer.resume();
          resolve([answer.statusCode, answer.headers['content-type']]);
        },
      );
      asked.once('error', reject).end();
    });
    expect([status, type]).toEqual([417, expect.stringContaining('application/problem+json')]);
  });

  it('write each request as one line of JSON with its time, number, route and answer, and nothing of what was said', async () => {
    lines.length = 0;
    const forged = `x\n{"level":60,"msg":"forged"}\r\n`;
    const sent = await app.inject({
      url: `/api/edges/works?q=${encodeURIComponent(forged)}&password=canary-secret`,
      headers: {
        authorization: 'Bearer canary-secret',
        cookie: 'meditory_session=canary-secret',
        'x-note': 'canary-secret',
      },
    });
    await app.inject({ url: `/api/${encodeURIComponent(forged)}` });
    expect(sent.statusCode).toBe(200);
    expect(lines.every((line) => line.endsWith('}\n') && line.indexOf('\n') === line.length - 1)).toBe(true);
    const requests = logged();
    expect(requests).toHaveLength(2);
    expect(requests[0]).toMatchObject({
      time: expect.any(Number) as number, // milliseconds since 1970, UTC
      level: 30,
      requestId: sent.headers['x-request-id'],
      method: 'GET',
      route: '/api/edges/works',
      status: 200,
    });
    expect(lines.join('')).not.toMatch(/canary-secret|forged/);
  });

  it('take reports of the policy, write a few of them without what was asked, and no more', async () => {
    lines.length = 0;
    const report = (body: unknown, type = 'application/csp-report') =>
      app.inject({
        method: 'POST',
        url: CSP_REPORTS_PATH,
        headers: { 'content-type': type },
        payload: JSON.stringify(body),
      });
    const stopped = {
      'csp-report': {
        'effective-directive': 'script-src-elem',
        'blocked-uri': 'https://evil.example/x.js?stolen=1',
        'document-uri': 'http://localhost:3000/patients?q=Mona',
      },
    };
    expect((await report(stopped)).statusCode).toBe(204);
    expect(logged().find(({ directive }) => directive !== undefined)).toMatchObject({
      level: 40,
      directive: 'script-src-elem',
      blocked: 'https://evil.example/x.js',
      page: 'http://localhost:3000/patients',
    });
    for (let n = 0; n < 100; n++) await report(stopped);
    expect(logged().filter(({ directive }) => directive !== undefined).length).toBeLessThanOrEqual(30);
    for (const body of [null, [], {}, { 'csp-report': 7 }]) expect((await report(body)).statusCode).toBe(204);
    expect((await report({ x: 'y'.repeat(9000) })).statusCode).toBe(413);
    expect((await report(stopped, 'text/plain')).statusCode).toBe(415);
    const page = await app.inject({ url: '/api/edges/works' });
    expect(page.headers['content-security-policy']).toContain(`report-uri ${CSP_REPORTS_PATH}`);
  });
});
