// What every job does alike: at the start, again and again, never twice at once, and a failure does not end it.
import type { HttpAdapterHost } from '@nestjs/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

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

  protected override expected(): string {
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
