import type { Config, DatabaseServer } from './platform/config/config.js';
import { EmbeddedCluster } from './platform/database/embedded-cluster.js';
import { requireTls } from './platform/database/login.js';
import { migrateUp, migrationStatus } from './platform/database/migrator.js';
import { findPrimary } from './platform/database/replicas/primary-locator.js';
import { BackupSettings } from './platform/database/recovery/backup-settings.js';
import type { BackupSource } from './platform/database/recovery/base-backup.js';
import { syncAccess } from './operational/auth/first-start.js';
import { requireProof } from './operational/backups/upgrade-guard.js';
import { programVersion } from './platform/package-root.js';

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
    if (config.server.tls && !config.server.hosts) await requireTls(config.server);
    const server = await findPrimary(config.server);
    return { server, migrationServer: server, cluster: undefined, close: () => Promise.resolve() };
  }
  const cluster = await EmbeddedCluster.open(config.home, onNotice ? { onNotice } : {});
  if (cluster.isStandby)
    throw new Error(
      `The database in ${config.home} follows another one and takes no writes: "standby promote" ends that.`,
    );
  const startedHere = await cluster.start();
  return asInstallation(cluster, () => (startedHere ? cluster.stop() : Promise.resolve()));
}

/** The database of an installation that another process of it has opened and looks after. */
export async function joinInstallation(config: Config): Promise<Installation> {
  if (config.server) return openInstallation(config);
  return asInstallation(await EmbeddedCluster.open(config.home), () => Promise.resolve());
}

function asInstallation(cluster: EmbeddedCluster, close: () => Promise<void>): Installation {
  return {
    get server() {
      return cluster.server('app');
    },
    get migrationServer() {
      return cluster.server('superuser');
    },
    cluster,
    close,
  };
}

/** What is backed up of an installation, and as whom. */
export function backupSource(installation: Installation, config: Config): BackupSource {
  return {
    server: { ...installation.migrationServer, ...(installation.cluster ? {} : config.backups.login) },
    home: config.home,
    program: programVersion(),
    isCluster: installation.cluster !== undefined,
    audit: config.audit,
    // Without a password: that of the backup must let the server in.
    bringUp: (copy) => migrateUp(copy, { afterUp: syncAccess }),
  };
}

/** How the server of an installation makes its backups. */
export function backupSettings(installation: Installation, config: Config): BackupSettings {
  const { cluster } = installation;
  return new BackupSettings(config.backups, cluster && (() => cluster.server('superuser')));
}

/**
 * Brings the schema up to date and the permission catalogue with it; answers the migrations applied. A database with data is not touched without a backup
 * of the last day that was proved: an embedded one makes it here. `withoutProof`: somebody said that he answers for it.
 */
export async function migrateInstallation(
  installation: Installation,
  config: Config,
  options: { withoutProof?: boolean; say: (line: string) => void },
): Promise<string[]> {
  const status = await migrationStatus(installation.migrationServer);
  const isUpgrade = status.some(({ applied }) => applied) && status.some(({ applied }) => !applied);
  if (isUpgrade)
    await requireProof(backupSource(installation, config), config.backups, {
      isOverridden: options.withoutProof === true,
      say: options.say,
    });
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
