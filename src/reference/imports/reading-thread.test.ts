import { describe, expect, it } from 'vitest';

import { ImportRefused } from './imports.errors.js';
import type { ReadingJob } from './reading.types.js';
import { readInThread } from './reading-thread.js';
import type { StagedBatch } from './staged-release.types.js';

const thread = (source: string): URL =>
  new URL(
    `data:text/javascript,${encodeURIComponent(`import { parentPort as port, workerData } from 'node:worker_threads'; ${source}`)}`,
  );
const ORDER = { recipe: { name: 'egypt' }, files: ['a.csv'] };
const OPENED = "port.postMessage({ type: 'opened', fileNames: workerData.files, ignored: ['readme'] });";

function aJob(changes: Partial<ReadingJob> = {}): ReadingJob {
  const known = { names: [], unverified: new Map(), codes: new Map(), handlingFlags: new Set<string>() };
  return {
    releaseId: 7,
    known,
    send: () => Promise.resolve(),
    onProgress: () => undefined,
    ...changes,
  };
}

/** Sends three batches, each when the one before was taken, and then what it was told. */
const THREE = `${OPENED}
let sent = 0, order;
const send = () => { const bytes = new Uint8Array([48 + sent]); port.postMessage({ type: 'batch', batch: { names: bytes } }, [bytes.buffer]); sent += 1; };
port.on('message', (message) => {
  if (message.type === 'close') { port.close(); return; }
  if (message.type === 'read') order = message;
  if (sent < 3) send(); else port.postMessage({ type: 'done', release: { staged: order.releaseId } });
});`;

const textOf = ({ names }: StagedBatch): string => new TextDecoder().decode(names);

describe('the thread that reads files', () => {
  it('tells what it opened, hands over batches one by one, each when the one before is stored', async () => {
    const reading = await readInThread(thread(THREE), ORDER);
    expect(reading).toMatchObject({ fileNames: ['a.csv'], ignored: ['readme'] });
    const stored: string[] = [];
    let atWork = 0;
    const send = async (batch: StagedBatch): Promise<void> => {
      expect(++atWork).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 5));
      stored.push(textOf(batch));
      atWork -= 1;
    };
    expect(await reading.read(aJob({ send }))).toEqual({ staged: 7 });
    expect(stored).toEqual(['0', '1', '2']);
    await reading.close();
  });

  it('refuses what it cannot open as an import is refused, with its parameters', async () => {
    const file = thread(
      "port.postMessage({ type: 'refused', detail: 'a.csv is empty.', params: { a: 1 } });",
    );
    const failure: unknown = await readInThread(file, ORDER).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ImportRefused);
    expect(failure).toMatchObject({ message: 'a.csv is empty.', params: { a: 1 } });
  });

  it.each([
    ['throws', "throw new Error('no memory')", /no memory/],
    ['fails', "port.postMessage({ type: 'failed', error: new Error('a fault') })", /a fault/],
    ['ends without a word', 'process.exit(3)', /ended with code 3/],
  ])('rejects when it %s, before it has opened the files and after', async (_, source, message) => {
    await expect(readInThread(thread(source), ORDER)).rejects.toThrow(message);
    const later = `${OPENED} port.once('message', () => { ${source} });`;
    const reading = await readInThread(thread(later), ORDER);
    await expect(reading.read(aJob())).rejects.toThrow(message);
    await reading.close();
  });

  it('is ended when a batch cannot be stored, and that is the error', async () => {
    const reading = await readInThread(thread(THREE), ORDER);
    const send = (): Promise<void> => Promise.reject(new Error('the database is gone'));
    await expect(reading.read(aJob({ send }))).rejects.toThrow('the database is gone');
    const from = performance.now();
    await reading.close();
    expect(performance.now() - from).toBeLessThan(4500);
  });

  it('is closed without having read', async () => {
    const reading = await readInThread(thread(THREE), ORDER);
    await reading.close();
  });
});
