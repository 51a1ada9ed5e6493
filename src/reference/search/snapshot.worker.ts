// The thread that makes a snapshot: reads and indexes the catalogue, hands the arrays over without copying, and ends.
import { parentPort, workerData } from 'node:worker_threads';

import { installTypeParsers } from '../../platform/database/data-source-options.js';
import { runInBackground } from '../../platform/background-thread.js';
import { transferablesOf } from './engine/index-builder.domain.js';
import { makeSnapshot, type SnapshotConnection } from './snapshot.js';

runInBackground();
installTypeParsers();
const snapshot = await makeSnapshot(workerData as SnapshotConnection);
parentPort?.postMessage(snapshot, transferablesOf(snapshot.data));
