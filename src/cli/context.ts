import { NestFactory } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';

import { AppModule } from '../app.module.js';
import {
  migrateInstallation,
  openInstallation,
  requireCurrentSchema,
  type Installation,
} from '../installation.js';
import { readConfig } from '../platform/config/config.js';
import { notice } from './report.js';

/**
 * Runs a command with the services of the program, on the running database or one started for it. With `migrate` the
 * embedded database is brought up to date first, and another server is refused when it is behind this program.
 */
export async function withServices<T>(
  work: (services: INestApplicationContext, installation: Installation) => Promise<T>,
  options: { migrate?: boolean } = {},
): Promise<T> {
  const config = readConfig();
  const installation = await openInstallation(config);
  try {
    if (options.migrate === true) {
      if (installation.cluster) await migrateInstallation(installation, config, { say: notice });
      else await requireCurrentSchema(installation.server);
    }
    const services = await NestFactory.createApplicationContext(
      AppModule.on(installation.server, 4, {
        audit: config.audit,
        security: config.security,
      }),
      {
        logger: ['error', 'fatal'],
        abortOnError: false,
      },
    );
    try {
      return await work(services, installation);
    } finally {
      await services.close();
    }
  } finally {
    await installation.close();
  }
}
