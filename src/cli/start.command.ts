import type { Server } from 'node:http';
import type { Server as SecureServer } from 'node:https';

import type { NestFastifyApplication } from '@nestjs/platform-fastify';

import { createApplication } from '../application.js';
import {
  migrateInstallation,
  openInstallation,
  requireCurrentSchema,
  type Installation,
} from '../installation.js';
import { FirstStartService, type FirstStartReport } from '../operational/sample/first-start.service.js';
import { readConfig, type Config } from '../platform/config/config.js';
import { redirectToHttps } from '../platform/http/redirect-server.js';
import { followRenewal, readTls } from '../platform/http/tls.js';
import { createLogger } from '../platform/log/logger.js';

const print = (line: string): void => void process.stdout.write(`${line}\n`);

function announce(report: FirstStartReport, config: Config, port: number): void {
  const host = config.host === '0.0.0.0' || config.host === '::' ? 'localhost' : config.host;
  print('');
  print(`  Meditory is open at ${config.tls ? 'https' : 'http'}://${host}:${port}`);
  if (report.administrator) {
    print('');
    print(`  Sign in as      ${report.administrator.username}`);
    print(
      report.administrator.password === undefined
        ? '  with the password given in MEDITORY_ADMIN_PASSWORD'
        : `  with password   ${report.administrator.password}     (shown only now)`,
    );
  }
  if (report.sample) {
    print('');
    print(
      `  Sample pharmacy: ${report.sample.drugs} products, ${report.sample.patients} patients, ${report.sample.branches} branches.`,
    );
    print(`  Sample staff    ${report.sample.usernames.join(', ')}`);
    print(`  with password   ${report.sample.password}     (shown only now)`);
  }
  print('');
}

/** Runs the server until a signal ends it: database, migrations, first start, HTTP. */
export async function start(): Promise<void> {
  const config = readConfig();
  const logger = createLogger(config.logLevel);
  const installation = await openInstallation(config, (line) => logger.warn(line));
  let app: NestFastifyApplication | undefined;
  let redirect: Server | undefined;
  try {
    const tls = config.tls && (await readTls(config.tls));
    if (installation.cluster) await migrateInstallation(installation);
    else await requireCurrentSchema(installation.server);
    installation.cluster?.supervise();
    app = await createApplication(installation.server, config.poolMax, logger, {
      cdsOrigins: new Set(config.cdsOrigins),
      mail: config.mail,
      tls,
    });
    await app.init();
    const report = await app.get(FirstStartService).prepare({
      ...(config.adminPassword === undefined ? {} : { adminPassword: config.adminPassword }),
      loadSample: config.loadSample,
    });
    await app.listen(config.port, config.host);
    const port = portOf(app, config.port);
    if (config.tls)
      followRenewal(app.getHttpServer() as SecureServer, config.tls, (line) => logger.warn(line));
    if (config.httpPort !== undefined)
      redirect = await redirectToHttps({ port: config.httpPort, host: config.host, httpsPort: port });
    announce(report, config, port);
  } catch (error) {
    redirect?.close();
    await app?.close();
    await installation.cluster?.stop();
    throw error;
  }
  const running = app;
  const redirecting = redirect;
  stopOnSignal(() => {
    redirecting?.close();
    redirecting?.closeAllConnections();
    return shutDown(running, installation);
  });
}

function portOf(app: NestFastifyApplication, configured: number): number {
  const address = app.getHttpServer().address() as { port: number } | string | null;
  return address && typeof address === 'object' ? address.port : configured;
}

async function shutDown(app: NestFastifyApplication, installation: Installation): Promise<void> {
  await app.close(); // stops listening, lets requests in flight finish
  await installation.cluster?.stop();
}

/** Ends the process on the first signal in good order, within 15 s; a second signal ends it at once. */
function stopOnSignal(stop: () => Promise<void>): void {
  let stopping = false;
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      setTimeout(() => process.exit(1), 15_000).unref();
      stop().then(
        () => process.exit(0),
        (error: unknown) => {
          process.stderr.write(`${String(error)}\n`);
          process.exit(1);
        },
      );
    });
  }
}
