import { Worker } from 'node:worker_threads';

import { ImportRefused } from './imports.errors.js';
import type { FromThread, Reading, ReadingJob, ReadingOrder, ToThread } from './reading.types.js';
import type { StagedRelease } from './staged-release.types.js';

/**
 * Memory of the thread in MiB. What a reading holds does not grow with the rows of its main file, but the engine lets
 * garbage gather up to a bound; without one of its own that is a share of the machine's memory. A source that joins files
 * holds the smaller ones.
 */
const YOUNG_MB = 48;
const ONE_FILE_MB = 256;
const JOINED_FILES_MB = 1024;
/** How long a thread that was told to close may take before it is ended. */
const CLOSE_MS = 5000;

/** Opens files in a thread that runs `file`; its death in any way rejects. `isJoined`: the source joins several files. */
export async function readInThread(file: URL, order: ReadingOrder, isJoined = false): Promise<Reading> {
  const resourceLimits = {
    maxOldGenerationSizeMb: isJoined ? JOINED_FILES_MB : ONE_FILE_MB,
    maxYoungGenerationSizeMb: YOUNG_MB,
  };
  const thread = new ReadingThread(
    new Worker(file, { workerData: order, name: 'import-reading', resourceLimits }),
  );
  try {
    const { fileNames, ignored } = await thread.opened;
    return { fileNames, ignored, read: (job) => thread.read(job), close: () => thread.close() };
  } catch (error) {
    await thread.close();
    throw error;
  }
}

interface Opened {
  fileNames: readonly string[];
  ignored: readonly string[];
}

class ReadingThread {
  readonly opened: Promise<Opened>;
  private readonly ended: Promise<void>;
  private readonly done: Promise<StagedRelease>;
  private job: ReadingJob | undefined;
  /** The thread has said its last word. */
  private isSettled = false;
  /** Storing of batches, one after the other. */
  private storing: Promise<void> = Promise.resolve();
  private fail: (error: Error) => void = () => undefined;
  private finish: (release: StagedRelease) => void = () => undefined;
  private open: (opened: Opened) => void = () => undefined;

  constructor(private readonly worker: Worker) {
    let failOpening: (error: Error) => void = () => undefined;
    this.opened = new Promise((resolve, reject) => {
      this.open = resolve;
      failOpening = reject;
    });
    this.done = new Promise((resolve, reject) => {
      this.finish = resolve;
      this.fail = (error) => {
        failOpening(error);
        reject(error);
      };
    });
    this.done.catch(() => undefined); // met by whoever reads; a thread that fails to open is never read from
    this.ended = new Promise((resolve) => {
      worker.once('exit', (code) => {
        this.fail(new Error(`the thread that reads the files ended with code ${code}`));
        resolve();
      });
    });
    worker.once('error', (error: Error) => this.fail(error));
    worker.on('message', (message: FromThread) => this.hear(message));
  }

  async read(job: ReadingJob): Promise<StagedRelease> {
    this.job = job;
    const { releaseId, known } = job;
    this.say({ type: 'read', releaseId, known });
    try {
      const release = await this.done;
      await this.storing;
      return release;
    } catch (error) {
      // The connection must be free before the transaction is rolled back.
      await this.storing.catch(() => undefined);
      throw error;
    }
  }

  /** Ends the thread: in good order where it reads nothing, at once where a reading was given up. */
  async close(): Promise<void> {
    if (this.job !== undefined && !this.isSettled) await this.worker.terminate();
    this.say({ type: 'close' });
    const patience = setTimeout(() => void this.worker.terminate(), CLOSE_MS);
    await this.ended;
    clearTimeout(patience);
  }

  private hear(message: FromThread): void {
    this.isSettled = message.type === 'done' || message.type === 'refused' || message.type === 'failed';
    switch (message.type) {
      case 'opened':
        return this.open(message);
      case 'batch':
        this.storing = this.storing
          .then(() => this.job?.send(message.batch))
          .then(() => this.say({ type: 'taken' }));
        this.storing.catch((error: unknown) =>
          this.fail(error instanceof Error ? error : new Error(String(error))),
        );
        return;
      case 'progress':
        return this.job?.onProgress(message.progress);
      case 'done':
        return this.finish(message.release);
      case 'refused':
        return this.fail(new ImportRefused(message.detail, message.params));
      case 'failed':
        return this.fail(message.error instanceof Error ? message.error : new Error(String(message.error)));
    }
  }

  private say(message: ToThread): void {
    this.worker.postMessage(message);
  }
}
