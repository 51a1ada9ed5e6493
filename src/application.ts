import { join } from 'node:path';

import { DiscoveryService, MetadataScanner, NestFactory, Reflector } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

import { AppModule } from './app.module.js';
import type { DatabaseServer } from './platform/config/config.js';
import { allowOrigins } from './platform/http/cross-origin.js';
import { takeCspReports } from './platform/http/csp-reports.js';
import { createAdapter, prepareFastify } from './platform/http/fastify.js';
import { serveOpenApi } from './platform/http/openapi.js';
import { ProblemFilter } from './platform/http/problem.filter.js';
import type { TlsMaterial } from './platform/http/tls.js';
import { serveWebUi } from './platform/http/web-ui.js';
import type { MailSettings } from './platform/mail/mailer.js';
import type { Logger } from './platform/log/logger.js';
import { packageRoot } from './platform/package-root.js';
import { ReadingPaceGuard } from './platform/security/reading-pace.guard.js';
import { listRoutes } from './platform/security/route-audit.js';

/** What a server may have beside its database. */
export interface ApplicationOptions {
  /** Origins whose pages may call the decision-support services from a browser. */
  readonly cdsOrigins?: ReadonlySet<string>;
  /** Without it no mail is sent. */
  readonly mail?: MailSettings | undefined;
  /** Without it the server speaks HTTP. */
  readonly tls?: TlsMaterial | undefined;
}

/** Makes the server on a migrated database, ready to listen; refuses when a route declares no access rule. */
export async function createApplication(
  server: DatabaseServer,
  poolMax: number,
  logger: Logger,
  { cdsOrigins = new Set(), mail, tls }: ApplicationOptions = {},
): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.on(server, poolMax, mail),
    createAdapter(tls),
    {
      logger: ['error', 'warn', 'fatal'],
      abortOnError: false,
    },
  );
  app.setGlobalPrefix('api');
  app.useGlobalFilters(new ProblemFilter(logger));
  app.useGlobalGuards(new ReadingPaceGuard(app.get(Reflector), logger));
  await prepareFastify(app, logger);
  allowOrigins(app, cdsOrigins);
  takeCspReports(app, logger);
  listRoutes(app.get(DiscoveryService), app.get(MetadataScanner), app.get(Reflector));
  serveOpenApi(app);
  await serveWebUi(app, join(packageRoot(), 'web', 'dist'));
  return app;
}
