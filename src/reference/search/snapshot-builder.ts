import { Worker } from 'node:worker_threads';

import { Injectable } from '@nestjs/common';

import { OwnConnection } from '../../platform/database/own-connection.js';
import { makeSnapshot, type Snapshot, type SnapshotConnection } from './snapshot.js';

/** Run from TypeScript sources (tests), there is no compiled file a thread could load. */
const IS_COMPILED = import.meta.url.endsWith('.js');
const WORKER = new URL('./snapshot.worker.js', import.meta.url);

/** Makes snapshots of the catalogue away from the requests: in a thread, with a connection of its own. */
@Injectable()
export class SnapshotBuilder {
  constructor(private readonly connection: OwnConnection) {}

  /** Reads and indexes the catalogue. Rejects when the thread fails, or with the reason of the signal. */
  build(signal: AbortSignal): Promise<Snapshot> {
    const { settings } = this.connection;
    return IS_COMPILED ? makeInThread(WORKER, settings, signal) : makeSnapshot(settings, signal);
  }
}

/** Runs a worker that posts one snapshot; its death in any way rejects. */
export function makeInThread(
  file: URL,
  connection: SnapshotConnection,
  signal: AbortSignal,
): Promise<Snapshot> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const worker = new Worker(file, { workerData: connection, name: 'search-snapshot' });
    const stop = (): void => {
      reject(signal.reason instanceof Error ? signal.reason : new Error('stopped'));
      void worker.terminate();
    };
    signal.addEventListener('abort', stop, { once: true });
    worker.once('message', (snapshot: Snapshot) => {
      resolve(snapshot);
      void worker.terminate();
    });
    worker.once('error', reject);
    worker.once('exit', (code) => {
      signal.removeEventListener('abort', stop);
      reject(new Error(`the thread that makes the search snapshot ended with code ${code}`));
    });
  });
}
