// The thread that reads the files of an import: opens, parses, checks and links, and hands over rows ready for COPY.
import { parentPort, workerData } from 'node:worker_threads';

import { runInBackground } from '../../platform/background-thread.js';
import { ImportRefused } from './imports.errors.js';
import type { FromThread, ReadingOrder, ToThread } from './reading.types.js';
import { ReleaseReader } from './release-reader.js';
import { findSource } from './source-finder.js';
import { OpenedInput } from './source-input.js';
import type { StagedBatch } from './staged-release.types.js';

/** Batches on their way at most: one being stored, one waiting. The reading goes no further ahead than that. */
const MOST_AHEAD = 2;
const PROGRESS_EVERY_MS = 50;

if (parentPort === null) throw new Error('reading.worker is no program of its own');
runInBackground();
const port = parentPort;
const say = (message: FromThread, moved: ArrayBuffer[] = []): void => port.postMessage(message, moved);

let ahead = 0;
let goOn: () => void = () => undefined;

async function send(batch: StagedBatch): Promise<void> {
  say(
    { type: 'batch', batch },
    Object.values(batch).map(({ buffer }) => buffer),
  );
  ahead += 1;
  if (ahead >= MOST_AHEAD) await new Promise<void>((resolve) => (goOn = resolve));
}

async function work({ recipe, files }: ReadingOrder): Promise<void> {
  const source = await findSource(recipe.name, recipe.mapping);
  const input = await OpenedInput.open(source, files);
  try {
    const begin = new Promise<Extract<ToThread, { type: 'read' }> | undefined>((resolve) => {
      port.on('message', (message: ToThread) => {
        if (message.type === 'read') resolve(message);
        if (message.type === 'close') resolve(undefined);
        if (message.type === 'taken') {
          ahead -= 1;
          goOn();
        }
      });
    });
    say({ type: 'opened', fileNames: input.files.map(({ name }) => name), ignored: input.ignored });
    const order = await begin;
    if (order === undefined) return;
    let toldAt = 0;
    const reader = new ReleaseReader(source, input, order.releaseId, order.known, send, (progress) => {
      const now = performance.now();
      if (now - toldAt < PROGRESS_EVERY_MS && progress.rows > 0) return;
      toldAt = now;
      say({ type: 'progress', progress });
    });
    say({ type: 'done', release: await reader.read() });
  } finally {
    await input.close();
  }
}

try {
  await work(workerData as ReadingOrder);
} catch (error) {
  if (error instanceof ImportRefused) say({ type: 'refused', detail: error.message, params: error.params });
  else say({ type: 'failed', error });
} finally {
  port.close();
}
