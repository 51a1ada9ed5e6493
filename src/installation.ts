import type { Config, DatabaseServer } from './platform/config/config.js';
import { EmbeddedCluster } from './platform/database/embedded-cluster.js';
import { migrateUp, migrationStatus } from './platform/database/migrator.js';
import { syncAccess } from './operational/auth/first-start.js';

/** The database of this installation, ready to log in to. */
export interface Installation {
  /** How the server logs in. */
  readonly server: DatabaseServer;
  /** How migrations log in. */
  readonly migrationServer: DatabaseServer;
  readonly cluster: EmbeddedCluster | undefined;
  /** Stops the embedded database if this process started it; does nothing for another server. */
  close(): Promise<void>;
}

/**
 * Finds the database: the one DB_HOST names, or the embedded one, which is started when it does not run yet. Commands
 * work beside a running server (the cluster runs already and is left running) and without one.
 */
export async function openInstallation(
  config: Config,
  onNotice?: (line: string) => void,
): Promise<Installation> {
  if (config.server) {
    const server = config.server;
    return { server, migrationServer: server, cluster: undefined, close: () => Promise.resolve() };
  }
  const cluster = await EmbeddedCluster.open(config.home, onNotice ? { onNotice } : {});
  const startedHere = await cluster.start();
  return {
    get server() {
      return cluster.server('app');
    },
    get migrationServer() {
      return cluster.server('superuser');
    },
    cluster,
    close: () => (startedHere ? cluster.stop() : Promise.resolve()),
  };
}

/** Brings the schema up to date and the permission catalogue with it; answers the migrations applied. */
export function migrateInstallation(installation: Installation): Promise<string[]> {
  return migrateUp(installation.migrationServer, {
    appPassword: installation.cluster?.appPassword,
    afterUp: syncAccess,
  });
}

/** Throws when the schema of another server is behind this program: it is migrated deliberately, after a backup. */
export async function requireCurrentSchema(server: DatabaseServer): Promise<void> {
  const pending = (await migrationStatus(server)).filter((migration) => !migration.applied);
  if (pending.length > 0)
    throw new Error(
      `The database is ${pending.length} migrations behind this program. Run "npm run migrate" first.`,
    );
}
