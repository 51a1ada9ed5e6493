import type { Server } from 'node:http';
import type { Server as SecureServer } from 'node:https';

import type { NestFastifyApplication } from '@nestjs/platform-fastify';

import { createApplication } from '../application.js';
import { backupSettings, type Installation } from '../installation.js';
import { MIN_PASSWORD_ALONE } from '../operational/auth/password.domain.js';
import { FirstStartService, type FirstStartReport } from '../operational/sample/first-start.service.js';
import type { Config } from '../platform/config/config.js';
import { Drain } from '../platform/http/drain.js';
import { redirectToHttps } from '../platform/http/redirect-server.js';
import { followRenewal, readTls } from '../platform/http/tls.js';
import type { Logger } from '../platform/log/logger.js';
import { serveMetrics, type MetricsServer } from '../platform/metrics/metrics-server.js';
import { Metrics } from '../platform/metrics/metrics.js';
import type { StorageSettings } from '../platform/storage/storage-watch.js';
import type { Tracing } from '../platform/tracing/otlp.js';

/** Answers under way get this long when the server stops, ms. */
const ANSWERS_MS = 8_000;

const print = (line: string): void => void process.stdout.write(`${line}\n`);

function announce(report: FirstStartReport, config: Config, port: number): void {
  const host = config.host === '0.0.0.0' || config.host === '::' ? 'localhost' : config.host;
  print('');
  const address = `${config.tls ? 'https' : 'http'}://${host}:${port}`;
  print(`  Meditory is open at ${address}`);
  if (report.setUpToken !== undefined) {
    // Behind # it is sent to no server and stands in no log.
    print('');
    print(
      `  Set the password of ${report.administrator?.username ?? 'admin'} in the browser, once and within a day:`,
    );
    print(`  ${address}/set-password#${report.setUpToken}`);
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
  const isPlain = config.tls === undefined && config.security.origin?.startsWith('https:') !== true;
  if (isPlain && !LOOPBACK.has(config.host) && !config.acceptsInsecureHttp)
    logger.warn(
      'Other computers may reach this server without TLS: whoever listens reads passwords and patients. Set MEDITORY_TLS_CERT and MEDITORY_TLS_KEY, or put a TLS proxy in front and set MEDITORY_ORIGIN=https://…; MEDITORY_INSECURE_HTTP=yes ends this warning.',
    );
  if (config.adminPassword !== undefined && [...config.adminPassword].length < MIN_PASSWORD_ALONE)
    logger.warn(
      `MEDITORY_ADMIN_PASSWORD has fewer than ${MIN_PASSWORD_ALONE} characters: set up a second factor for the administrator, or a longer one.`,
    );
}

/**
 * Answers requests on a database that is up and has this program's schema. `number`: which process of the installation it is; the first one prepares
 * a first start and tells the address. Answers what stops it in good order; the database is left as it is.
 */
export async function serve(
  installation: Installation,
  config: Config,
  logger: Logger,
  number = 1,
): Promise<() => Promise<void>> {
  const tracing = config.traces && (await tracingOf(config.traces.service, logger));
  let app: NestFastifyApplication | undefined;
  let redirect: Server | undefined;
  let metrics: MetricsServer | undefined;
  try {
    const tls = config.tls && (await readTls(config.tls));
    app = await createApplication(installation.server, config.poolMax, logger, {
      cdsOrigins: new Set(config.cdsOrigins),
      replicas: config.replicas,
      mail: config.mail,
      audit: config.audit,
      storage: storageOf(config, installation),
      backups: backupSettings(installation, config),
      clamd: config.clamd,
      tls,
      isTraced: tracing !== undefined,
      security: config.security,
    });
    await app.init();
    const report = number === 1 ? await firstStart(app, config) : undefined;
    // Each process has figures of its own, so a port of its own.
    if (config.metrics)
      metrics = await serveMetrics(
        app.get(Metrics),
        config.metrics.port === 0 ? 0 : config.metrics.port + number - 1,
        config.metrics.host,
      );
    await app.listen(config.port, config.host);
    const port = portOf(app, config.port);
    if (config.tls)
      followRenewal(app.getHttpServer() as SecureServer, config.tls, (line) => logger.warn(line));
    if (config.httpPort !== undefined)
      redirect = await redirectToHttps({ port: config.httpPort, host: config.host, httpsPort: port });
    if (report) {
      warnOf(config, logger);
      announce(report, config, port);
    }
  } catch (error) {
    await metrics?.close();
    redirect?.close();
    await app?.close();
    throw error;
  }
  const running = app;
  return async () => {
    redirect?.close();
    redirect?.closeAllConnections();
    const server = running.getHttpServer();
    if (!(await running.get(Drain).begin(server, config.drainMs, config.drainMs + ANSWERS_MS)))
      logger.error('Not all that was under way could be answered in time.');
    server.closeAllConnections();
    await running.close();
    await metrics?.close();
    await tracing?.close();
  };
}

async function firstStart(app: NestFastifyApplication, config: Config): Promise<FirstStartReport> {
  const report = await app.get(FirstStartService).prepare({
    ...(config.adminPassword === undefined ? {} : { adminPassword: config.adminPassword }),
    loadSample: config.loadSample,
  });
  if (config.isProduction && report.holdsSample)
    throw new Error(
      'This database holds the sample pharmacy: MEDITORY_PRODUCTION=yes wants another MEDITORY_HOME.',
    );
  return report;
}

/** What follows the server is loaded where it is wanted: who wants no traces does not wait for it. */
async function tracingOf(service: string, logger: Logger): Promise<Tracing> {
  const { startTracing } = await import('../platform/tracing/otlp.js');
  return startTracing(service, logger);
}

/** Folders to watch: those of the embedded database, or the one that was said to be another's. */
function storageOf({ storage }: Config, { cluster }: Installation): StorageSettings | undefined {
  const folders = cluster?.folders ?? (storage.folder === undefined ? undefined : { data: storage.folder });
  return folders && { ...storage, folders };
}

function portOf(app: NestFastifyApplication, configured: number): number {
  const address = app.getHttpServer().address() as { port: number } | string | null;
  return address && typeof address === 'object' ? address.port : configured;
}
