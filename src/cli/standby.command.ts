import { resolve } from 'node:path';

import { readConfig } from '../platform/config/config.js';
import {
  createStandby,
  openCluster,
  promoteStandby,
  standbyStatus,
  type StandbyStatus,
} from '../platform/database/replicas/standby.js';
import { notice, report } from './report.js';

export type StandbyAction = 'create' | 'start' | 'stop' | 'status' | 'promote';

interface Options {
  readonly home?: string;
  readonly from?: string;
  readonly name: string;
  readonly synchronous?: boolean;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** Makes a standby of an embedded database, runs it, tells how it stands, makes it the primary. */
export async function standby(action: StandbyAction, options: Options): Promise<void> {
  const config = readConfig();
  if (config.server)
    throw new Error(
      'This is for the embedded database. For a server of your own use pg_basebackup (docs/scaling.md).',
    );
  const home = resolve(options.home ?? config.home);
  if (action === 'create') return create(home, options);
  const cluster = await openCluster(home);
  if (action === 'start') await cluster.start();
  if (action === 'stop') {
    await cluster.stop();
    return report(options.json === true, { home, isRunning: false }, [`The database in ${home} is stopped.`]);
  }
  if (action === 'promote') await promoteStandby(cluster, options.force === true);
  const { host, port } = cluster.server('app');
  const status = await standbyStatus(cluster);
  report(options.json === true, { home, host, port, ...status }, [
    `The database in ${home} listens on ${host}:${port}.`,
    ...wordsOf(status),
  ]);
}

async function create(home: string, { from, name, synchronous, json }: Options): Promise<void> {
  if (from === undefined) throw new Error('--from: the folder of the installation that is followed.');
  notice(`Copying the database of ${from} …`);
  const isSynchronous = synchronous === true;
  const cluster = await createStandby({ from: resolve(from), home, name, isSynchronous });
  const { host, port } = cluster.server('app');
  report(json === true, { home, host, port, name, isSynchronous }, [
    `The standby ${name} follows, and listens on ${host}:${port}.`,
    `Reads that may be late: start the server with DB_REPLICA_HOSTS=${host}:${port}.`,
    ...(isSynchronous
      ? ['From now on nothing is acknowledged that it does not have: while it is away, nothing is.']
      : []),
  ]);
}

function wordsOf({ isStandby, lsn, from, standbys }: StandbyStatus): string[] {
  return [
    isStandby
      ? `It is a standby, has replayed the log up to ${lsn}, and follows ${from ?? 'nobody at the moment'}.`
      : `It takes writes; its log is at ${lsn}.`,
    ...standbys.map(
      ({ name, state, sync, bytesBehind }) =>
        `Standby ${name}: ${state}, ${sync}, ${bytesBehind ?? '?'} bytes of the log behind.`,
    ),
  ];
}
