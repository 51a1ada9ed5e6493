// The product's own services in this process, on the database of an installation: what they do without HTTP.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { root } from '../../tools/build-if-stale.mjs';

export const compiled = (path) => import(pathToFileURL(join(root, 'dist', `${path}.js`)).href);

/** Opens the installation of an environment; one that is not `isMigrated` gets its schema first. */
export async function openProduct(env, { connections = 16, isMigrated = true } = {}) {
  const { readConfig } = await compiled('platform/config/config');
  const { openInstallation, migrateInstallation } = await compiled('installation');
  const { createApplication } = await compiled('application');
  const { createLogger } = await compiled('platform/log/logger');
  const installation = await openInstallation(readConfig(env));
  if (!isMigrated) await migrateInstallation(installation);
  const app = await createApplication(installation.server, connections, createLogger('error'));
  await app.init();
  return {
    installation,
    service: async (path, name) => app.get((await compiled(path))[name], { strict: false }),
    async close() {
      await app.close();
      await installation.close();
    },
  };
}
