import { join } from 'node:path';

import { DiscoveryService, MetadataScanner, NestFactory, Reflector } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

import { AppModule, type ServerSettings } from './app.module.js';
import type { DatabaseServer } from './platform/config/config.js';
import { WrittenMarks } from './platform/database/replicas/written-marks.js';
import { allowOrigins } from './platform/http/cross-origin.js';
import { takeCspReports } from './platform/http/csp-reports.js';
import { createAdapter, prepareFastify } from './platform/http/fastify.js';
import { serveOpenApi } from './platform/http/openapi.js';
import { Drain } from './platform/http/drain.js';
import { ProblemFilter } from './platform/http/problem.filter.js';
import type { TlsMaterial } from './platform/http/tls.js';
import { serveWebUi } from './platform/http/web-ui.js';
import type { Logger } from './platform/log/logger.js';
import { NestLogger } from './platform/log/nest-logger.js';
import { Metrics } from './platform/metrics/metrics.js';
import { packageRoot } from './platform/package-root.js';
import { PersonMaskInterceptor } from './platform/security/person-mask.interceptor.js';
import { ReadingPaceGuard } from './platform/security/reading-pace.guard.js';
import { listRoutes } from './platform/security/route-audit.js';
import { StorageWatch } from './platform/storage/storage-watch.js';
import { followRequests } from './platform/tracing/request-spans.js';

/** What a server may have beside its database and what answers from other pages. */
export interface ApplicationOptions extends ServerSettings {
  /** Origins whose pages may call the decision-support services from a browser. */
  readonly cdsOrigins?: ReadonlySet<string>;
  /** Without it the server speaks HTTP. */
  readonly tls?: TlsMaterial | undefined;
  /** Requests have spans; where they go was set up before (otlp.ts). */
  readonly isTraced?: boolean;
}

/** Makes the server on a migrated database, ready to listen; refuses when a route declares no access rule. */
export async function createApplication(
  server: DatabaseServer,
  poolMax: number,
  logger: Logger,
  { cdsOrigins = new Set(), tls, isTraced = false, ...settings }: ApplicationOptions = {},
): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.on(server, poolMax, settings),
    createAdapter(tls),
    { logger: new NestLogger(logger), abortOnError: false },
  );
  app.setGlobalPrefix('api');
  app.useGlobalFilters(new ProblemFilter(logger));
  app.useGlobalInterceptors(new PersonMaskInterceptor(app.get(Reflector)));
  app.useGlobalGuards(new ReadingPaceGuard(app.get(Reflector), logger));
  if (isTraced) followRequests(app.getHttpAdapter().getInstance());
  await prepareFastify(app, logger, {
    metrics: app.get(Metrics),
    drain: app.get(Drain),
    storage: app.get(StorageWatch, { strict: false }),
    marks: app.get(WrittenMarks, { strict: false }),
    isTls: tls !== undefined || settings.security?.origin?.startsWith('https:') === true,
  });
  allowOrigins(app, cdsOrigins);
  takeCspReports(app, logger);
  listRoutes(app.get(DiscoveryService), app.get(MetadataScanner), app.get(Reflector));
  serveOpenApi(app);
  await serveWebUi(app, join(packageRoot(), 'web', 'dist'));
  return app;
}
