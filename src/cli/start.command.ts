import cluster from 'node:cluster';

import {
  joinInstallation,
  migrateInstallation,
  openInstallation,
  requireCurrentSchema,
} from '../installation.js';
import { readConfig } from '../platform/config/config.js';
import { createLogger } from '../platform/log/logger.js';
import { PROCESS_NUMBER, startProcesses } from './processes.js';
import { serve } from './serving.js';
import { stopOnSignal, stopWhenTold } from './stopping.js';

const print = (line: string): void => void process.stdout.write(`${line}\n`);

/** Runs the server until a signal ends it: database, migrations, first start, HTTP; in as many processes as are configured. */
export async function start(options: { withoutProof?: boolean }): Promise<void> {
  const config = readConfig();
  const logger = createLogger(config.logLevel);
  if (cluster.isWorker) {
    const number = Number(process.env[PROCESS_NUMBER]);
    stopWhenTold(logger, await serve(await joinInstallation(config), config, logger, number));
    return;
  }
  const installation = await openInstallation(config, (line) => logger.warn(line));
  let stop: () => Promise<void>;
  try {
    if (installation.cluster)
      await migrateInstallation(installation, config, {
        withoutProof: options.withoutProof === true,
        say: print,
      });
    else await requireCurrentSchema(installation.server);
    installation.cluster?.supervise();
    stop =
      config.processes === 1
        ? await serve(installation, config, logger)
        : await startProcesses(config.processes, logger);
  } catch (error) {
    await installation.cluster?.stop();
    throw error;
  }
  stopOnSignal(logger, async () => {
    await stop();
    await installation.cluster?.stop();
  });
}
