import { join } from 'node:path';

import { DiscoveryService, MetadataScanner, NestFactory, Reflector } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

import { AppModule } from './app.module.js';
import type { DatabaseServer } from './platform/config/config.js';
import { allowOrigins } from './platform/http/cross-origin.js';
import { createAdapter, prepareFastify } from './platform/http/fastify.js';
import { serveOpenApi } from './platform/http/openapi.js';
import { ProblemFilter } from './platform/http/problem.filter.js';
import { serveWebUi } from './platform/http/web-ui.js';
import type { MailSettings } from './platform/mail/mailer.js';
import type { Logger } from './platform/log/logger.js';
import { packageRoot } from './platform/package-root.js';
import { listRoutes } from './platform/security/route-audit.js';
import type { SecuritySettings } from './platform/security/security.module.js';

/**
 * Makes the server on a migrated database, ready to listen; refuses when a route declares no access rule. Pages of
 * `cdsOrigins` may call the decision-support services from a browser; without `mail` none is sent.
 */
export async function createApplication(
  server: DatabaseServer,
  poolMax: number,
  logger: Logger,
  cdsOrigins: ReadonlySet<string> = new Set(),
  mail?: MailSettings,
  security: SecuritySettings = {},
): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.on(server, poolMax, mail, security),
    createAdapter(),
    {
      logger: ['error', 'warn', 'fatal'],
      abortOnError: false,
    },
  );
  app.setGlobalPrefix('api');
  app.useGlobalFilters(new ProblemFilter(logger));
  await prepareFastify(app, logger, security.origin?.startsWith('https:') === true);
  allowOrigins(app, cdsOrigins);
  listRoutes(app.get(DiscoveryService), app.get(MetadataScanner), app.get(Reflector));
  serveOpenApi(app);
  await serveWebUi(app, join(packageRoot(), 'web', 'dist'));
  return app;
}
