import { describe, expect, it } from 'vitest';

import { makeInThread } from './snapshot-builder.js';

const thread = (source: string): URL => new URL(`data:text/javascript,${encodeURIComponent(source)}`);
const connection = {
  server: { host: '127.0.0.1', port: 5432, username: 'nobody', password: undefined, database: 'none' },
  options: '',
};
const never = new AbortController().signal;

describe('the thread that makes a snapshot', () => {
  it('hands over what it made, and is given the connection', async () => {
    const file = thread(
      "import { parentPort, workerData } from 'node:worker_threads'; parentPort.postMessage({ tookMs: workerData.server.port });",
    );
    expect(await makeInThread(file, connection, never)).toEqual({ tookMs: 5432 });
  });

  it.each([
    ['throws', "throw new Error('no memory')", /no memory/],
    ['ends without an answer', 'process.exit(3)', /ended with code 3/],
    ['cannot be loaded', 'import "./nowhere.js"', /nowhere/],
  ])('rejects when it %s', async (_, source, message) => {
    await expect(makeInThread(thread(source), connection, never)).rejects.toThrow(message);
  });

  it('is ended when it is not wanted any more', async () => {
    const stopping = new AbortController();
    const made = makeInThread(thread('setInterval(() => undefined, 1000)'), connection, stopping.signal);
    setTimeout(() => stopping.abort(new Error('the server is stopping')), 50);
    await expect(made).rejects.toThrow('the server is stopping');
    await expect(
      makeInThread(thread('setInterval(() => undefined, 1000)'), connection, stopping.signal),
    ).rejects.toThrow('the server is stopping');
  });
});
