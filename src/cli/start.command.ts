import type { NestFastifyApplication } from '@nestjs/platform-fastify';

import { createApplication } from '../application.js';
import {
  migrateInstallation,
  openInstallation,
  requireCurrentSchema,
  type Installation,
} from '../installation.js';
import { MIN_PASSWORD_ALONE } from '../operational/auth/password.domain.js';
import { FirstStartService, type FirstStartReport } from '../operational/sample/first-start.service.js';
import { readConfig, type Config } from '../platform/config/config.js';
import { createLogger, type Logger } from '../platform/log/logger.js';

const print = (line: string): void => void process.stdout.write(`${line}\n`);

function announce(report: FirstStartReport, config: Config, port: number): void {
  const host = config.host === '0.0.0.0' || config.host === '::' ? 'localhost' : config.host;
  print('');
  print(`  Meditory is open at http://${host}:${port}`);
  if (report.setUpToken !== undefined) {
    // Behind # it is sent to no server and stands in no log.
    print('');
    print(
      `  Set the password of ${report.administrator?.username ?? 'admin'} in the browser, once and within a day:`,
    );
    print(`  http://${host}:${port}/set-password#${report.setUpToken}`);
  }
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

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

/** What an operator should know of how this installation is reached. */
function warnOf(config: Config, logger: Logger): void {
  const isPlain = config.security.origin?.startsWith('https:') !== true;
  if (isPlain && !LOOPBACK.has(config.host) && !config.acceptsInsecureHttp)
    logger.warn(
      'Other computers may reach this server without TLS: whoever listens reads passwords and patients. Put a TLS proxy in front and set MEDITORY_ORIGIN=https://…; MEDITORY_INSECURE_HTTP=yes ends this warning.',
    );
  if (config.adminPassword !== undefined && [...config.adminPassword].length < MIN_PASSWORD_ALONE)
    logger.warn(
      `MEDITORY_ADMIN_PASSWORD has fewer than ${MIN_PASSWORD_ALONE} characters: set up a second factor for the administrator, or a longer one.`,
    );
}

/** Runs the server until a signal ends it: database, migrations, first start, HTTP. */
export async function start(): Promise<void> {
  const config = readConfig();
  const logger = createLogger(config.logLevel);
  const installation = await openInstallation(config, (line) => logger.warn(line));
  let app: NestFastifyApplication | undefined;
  try {
    if (installation.cluster) await migrateInstallation(installation);
    else await requireCurrentSchema(installation.server);
    installation.cluster?.supervise();
    const origins = new Set(config.cdsOrigins);
    app = await createApplication(
      installation.server,
      config.poolMax,
      logger,
      origins,
      config.mail,
      config.security,
    );
    await app.init();
    const report = await app.get(FirstStartService).prepare({
      ...(config.adminPassword === undefined ? {} : { adminPassword: config.adminPassword }),
      loadSample: config.loadSample,
    });
    if (config.isProduction && report.holdsSample)
      throw new Error(
        'This database holds the sample pharmacy: MEDITORY_PRODUCTION=yes wants another MEDITORY_HOME.',
      );
    await app.listen(config.port, config.host);
    warnOf(config, logger);
    announce(report, config, portOf(app, config.port));
  } catch (error) {
    await app?.close();
    await installation.cluster?.stop();
    throw error;
  }
  const running = app;
  stopOnSignal(() => shutDown(running, installation));
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
