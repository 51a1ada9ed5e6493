// What every job does alike: at the start, again and again, never twice at once, and a failure does not end it.
import type { DiscoveryService, HttpAdapterHost } from '@nestjs/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { Clock } from '../time/clock.js';
import { JobsService } from './jobs.service.js';
import { RecurringJob } from './recurring-job.js';

class CountingJob extends RecurringJob {
  looks = 0;
  answer: () => Promise<string | undefined> = () => Promise.resolve(undefined);

  constructor(http: HttpAdapterHost) {
    super(http, 'test', 1000);
  }

  protected look(): Promise<string | undefined> {
    this.looks += 1;
    return this.answer();
  }

  protected override expected(): string | undefined {
    return 'as expected';
  }
}

const server = { httpAdapter: {} } as HttpAdapterHost;

describe('a recurring job', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('looks at the start of a server and again, also after a failure, until the server ends', async () => {
    const job = new CountingJob(server);
    job.answer = () => Promise.reject(new Error('refused'));
    job.onApplicationBootstrap();
    expect(job.looks).toBe(1);
    await vi.advanceTimersByTimeAsync(2000);
    expect(job.looks).toBe(3);
    await job.onModuleDestroy();
    await vi.advanceTimersByTimeAsync(5000);
    expect(job.looks).toBe(3);
  });

  it('does not look again before a look is over, and the end waits for it', async () => {
    const job = new CountingJob(server);
    let finish: (said: string) => void = () => undefined;
    job.answer = () => new Promise((resolve) => (finish = resolve));
    job.onApplicationBootstrap();
    await vi.advanceTimersByTimeAsync(5000);
    expect(job.looks).toBe(1);
    let isOver = false;
    const ended = job.onModuleDestroy().then(() => {
      isOver = true;
    });
    await vi.advanceTimersByTimeAsync(0);
    expect(isOver).toBe(false);
    finish('done');
    await ended;
  });

  it('does nothing without a server', () => {
    const job = new CountingJob({} as HttpAdapterHost);
    job.onApplicationBootstrap();
    expect(job.looks).toBe(0);
  });
});

describe('how a job went', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const discovery = (...instances: object[]): DiscoveryService =>
    ({ getProviders: () => instances.map((instance) => ({ instance })) }) as unknown as DiscoveryService;

  it('is told with its moment, its time and what it said, and failures in a row make the server ill', async () => {
    class FailingJob extends CountingJob {
      protected override expected(): undefined {
        return undefined;
      }
    }
    const job = new FailingJob(server);
    const jobs = new JobsService(discovery({}, job), new Clock());
    expect(job.status).toMatchObject({ name: 'test', outcome: 'none', failures: 0 });
    job.answer = () => Promise.resolve('3 rows');
    expect(await jobs.run('test')).toMatchObject({ outcome: 'done', words: '3 rows', durationMs: 0 });
    expect(jobs.findings()).toMatchObject([{ part: 'jobs', state: 'ok' }]);
    job.answer = () => Promise.reject(Object.assign(new Error('Mona Adel'), { code: '23505' }));
    for (let n = 0; n < 3; n++) await jobs.run('test');
    expect(job.status).toMatchObject({ outcome: 'failed', words: '23505', failures: 3 });
    expect(job.status.succeededAt).toBeInstanceOf(Date);
    expect(jobs.findings()).toEqual([
      { part: 'job-test', state: 'degraded', words: 'The job failed 3 times: 23505' },
    ]);
    job.answer = () => Promise.resolve(undefined);
    expect(await jobs.run('test')).toMatchObject({ outcome: 'done', failures: 0 });
    await expect(jobs.run('other')).rejects.toThrow('There is no such job');
  });

  it('that does not come to an end is stuck after half an hour', async () => {
    const job = new CountingJob(server);
    const jobs = new JobsService(discovery(job), new Clock());
    let finish: () => void = () => undefined;
    job.answer = () => new Promise((resolve) => (finish = () => resolve(undefined)));
    const running = job.runNow();
    await vi.advanceTimersByTimeAsync(29 * 60_000);
    expect(jobs.findings()).toMatchObject([{ part: 'jobs', state: 'ok' }]);
    await vi.advanceTimersByTimeAsync(2 * 60_000);
    expect(jobs.findings()).toMatchObject([{ part: 'job-test', state: 'degraded' }]);
    finish();
    await running;
    expect(jobs.findings()).toMatchObject([{ part: 'jobs', state: 'ok' }]);
  });
});
