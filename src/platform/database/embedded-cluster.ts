import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import pg from 'pg';

import type { DatabaseServer } from '../config/config.js';
import { loginOf } from './login.js';
import { findBinaries, hasLibrary, postgresIdentity, type Binaries } from './embedded-binaries.js';
import { allowSubscribers, LOGICAL_SETTINGS, type Subscribers } from './embedded-publisher.js';

const run = promisify(execFile);
const DATABASE = 'meditory_erp';
const START_TIMEOUT_MS = 60_000;
const RETRY_MS = 200;
/** A server that was started has no process for a moment; one that is not found so often has ended. */
const MISSING_TIMES = 10;

/** Secrets and port of the cluster, kept in a file only its owner can read. */
interface ClusterSecrets {
  readonly port: number;
  readonly superuserPassword: string;
  readonly appPassword: string;
  /** Address beside loopback at which subscribers of other machines find the cluster. */
  readonly listen?: string;
}

export interface EmbeddedOptions {
  /** Settings of a throw-away test cluster: no fsync. Never for a pharmacy. */
  readonly unsafeFast?: boolean;
  readonly onNotice?: (line: string) => void;
}

/** A free TCP port of the loopback interface. */
async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

/**
 * The PostgreSQL that comes with Meditory: made in `<home>/postgres` on first use, run by pg_ctl apart from this
 * process, so that a killed server process leaves the database running and the next start finds it.
 */
export class EmbeddedCluster {
  private supervisor: NodeJS.Timeout | undefined;
  private restarting = false;

  private constructor(
    private readonly home: string,
    private readonly binaries: Binaries,
    private readonly identity: { uid?: number; gid?: number },
    private secrets: ClusterSecrets,
    private readonly options: EmbeddedOptions,
  ) {}

  /** Opens the cluster of a home folder, making it first where there is none. Does not start it. */
  static async open(home: string, options: EmbeddedOptions = {}): Promise<EmbeddedCluster> {
    const binaries = await findBinaries();
    const identity = await postgresIdentity();
    await mkdir(home, { recursive: true });
    const secretsFile = join(home, 'cluster.json');
    if (!existsSync(secretsFile)) await EmbeddedCluster.initialise(home, binaries, identity, secretsFile);
    const secrets = JSON.parse(await readFile(secretsFile, 'utf8')) as ClusterSecrets;
    return new EmbeddedCluster(home, binaries, identity, secrets, options);
  }

  private static async initialise(
    home: string,
    binaries: Binaries,
    identity: { uid?: number; gid?: number },
    secretsFile: string,
  ): Promise<void> {
    const directory = join(home, 'postgres');
    // A folder without secrets is left from a start that was cut off before the cluster was complete.
    await rm(directory, { recursive: true, force: true });
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const secrets: ClusterSecrets = {
      port: await freePort(),
      superuserPassword: randomBytes(24).toString('base64url'),
      appPassword: randomBytes(24).toString('base64url'),
    };
    const passwordFile = join(tmpdir(), `meditory-${randomBytes(8).toString('hex')}`);
    await writeFile(passwordFile, `${secrets.superuserPassword}\n`, { mode: 0o600 });
    if (identity.uid !== undefined && identity.gid !== undefined) {
      await chown(directory, identity.uid, identity.gid);
      await chown(passwordFile, identity.uid, identity.gid);
    }
    try {
      // The builtin provider sorts and folds alike on every system. LC_CTYPE must know UTF-8 as well: with C, pg_trgm
      // makes no trigrams from Arabic or accented text.
      const ctype =
        process.platform === 'linux' ? 'C.UTF-8' : process.platform === 'darwin' ? 'en_US.UTF-8' : 'C';
      const locale = [
        '--encoding=UTF8',
        `--locale=${ctype}`,
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
      ];
      const access = ['--username=postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
      await run(binaries.initdb, ['-D', directory, ...locale, ...access], { ...identity, cwd: directory });
    } catch (error) {
      throw new Error(
        `The database folder could not be made in ${home}. When started by root, the folder and the program must be ` +
          `reachable for the system user "postgres" (not below /root). ${error instanceof Error ? error.message : ''}`,
        { cause: error },
      );
    } finally {
      await rm(passwordFile, { force: true });
    }
    await writeSecrets(secretsFile, secrets);
  }

  private get secretsFile(): string {
    return join(this.home, 'cluster.json');
  }

  private get directory(): string {
    return join(this.home, 'postgres');
  }

  /** It follows another cluster and takes no writes. */
  get isStandby(): boolean {
    return existsSync(join(this.directory, 'standby.signal'));
  }

  /** What the database writes to: its files, and its log, which may be given a volume of its own by a link. */
  get folders(): Readonly<Record<'data' | 'wal', string>> {
    return { data: this.directory, wal: join(this.directory, 'pg_wal') };
  }

  /** The cluster as its superuser, for migrations, or as the server's own role. */
  server(role: 'superuser' | 'app', database: string = DATABASE): DatabaseServer {
    return {
      host: '127.0.0.1',
      port: this.secrets.port,
      username: role === 'superuser' ? 'postgres' : 'pharmacy_app',
      password: role === 'superuser' ? this.secrets.superuserPassword : this.secrets.appPassword,
      database,
    };
  }

  /** Password the server's role logs in with; set by the migration. */
  get appPassword(): string {
    return this.secrets.appPassword;
  }

  async isRunning(): Promise<boolean> {
    try {
      await run(this.binaries.pg_ctl, ['status', '-D', this.directory], {
        ...this.identity,
        cwd: this.directory,
      });
    } catch {
      return false; // pg_ctl status answers 3 when no server runs
    }
    return true;
  }

  /**
   * Starts the cluster unless it runs, and waits until it answers; says whether this call started it. Tries for a
   * minute: after a kill -9 the dead server looks alive until the system has reaped it, its orphaned backends hold the
   * shared memory for a moment, and recovery takes its time.
   */
  async start(): Promise<boolean> {
    const deadline = Date.now() + START_TIMEOUT_MS;
    let started = false;
    let fault: unknown = new Error('the database does not answer');
    while (Date.now() < deadline) {
      const refusal = await this.refusal();
      if (refusal === undefined) {
        if (started) await this.ensureDatabase();
        return started;
      }
      if (await this.isRunning()) {
        fault = refusal;
      } else {
        try {
          await this.launch();
          started = true;
          continue;
        } catch (error) {
          fault = error;
          await this.replaceTakenPort();
        }
      }
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
    throw fault;
  }

  private get logFile(): string {
    return join(this.home, 'postgres', 'server.log');
  }

  private async launch(isWaiting = true): Promise<void> {
    // Another process may have opened the cluster to subscribers since this one began.
    const { listen } = JSON.parse(await readFile(this.secretsFile, 'utf8')) as ClusterSecrets;
    const settings = [
      `-p ${this.secrets.port}`,
      `-c listen_addresses=${['127.0.0.1', ...(listen === undefined ? [] : [listen])].join(',')}`,
      "-c unix_socket_directories=''",
      '-c max_connections=120',
      // A statement locks each part of the ledger it may read, and their indexes where it is planned.
      '-c max_locks_per_transaction=256',
      '-c timezone=UTC',
      // Messages of failed statements quote values and their details whole rows: the server tells its own log of failures, without
      // them. Here is what the database says of itself: starts, checkpoints, crashes.
      '-c log_min_messages=log',
      '-c log_min_error_statement=panic',
      '-c log_error_verbosity=terse',
      // What costs time, by statement (docs/operating.md). Bounded; constants are not kept.
      ...(hasLibrary(this.binaries, 'pg_stat_statements')
        ? [
            '-c shared_preload_libraries=pg_stat_statements',
            '-c pg_stat_statements.max=2000',
            '-c pg_stat_statements.track_utility=off',
          ]
        : []),
      this.options.unsafeFast
        ? '-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c shared_buffers=128MB -c max_connections=300'
        : '-c shared_buffers=256MB',
      // A load of a catalogue writes hundreds of megabytes of log. A sale that commits meanwhile must not wait until new
      // segments are filled with zeros, nor for a checkpoint every few seconds (docs/performance.md, "The till meanwhile").
      '-c wal_init_zero=off',
      '-c max_wal_size=2GB',
      // An archive of the log that nobody reads any more must not fill the disk (docs/recovery.md).
      '-c max_slot_wal_keep_size=4GB',
      // A copy must not take what is meant for the one it was made from.
      ...(isWaiting ? [] : ['-c max_logical_replication_workers=0']),
    ].join(' ');
    const wait = isWaiting ? ['-w', '-t', '60'] : ['-W'];
    const args = ['start', '-D', this.directory, '-l', this.logFile, ...wait, '-o', settings];
    await run(this.binaries.pg_ctl, args, { ...this.identity, cwd: this.directory });
  }

  private async replaceTakenPort(): Promise<void> {
    const log = await readFile(this.logFile, 'utf8').catch(() => '');
    if (/Address already in use/.test(log.slice(-2000))) await this.moveToFreePort();
  }

  /** Gives a cluster that does not run another port: a copy must not take that of the one it was made from. */
  async moveToFreePort(): Promise<void> {
    this.secrets = { ...this.secrets, port: await freePort() };
    await writeSecrets(this.secretsFile, this.secrets);
  }

  /**
   * Makes the cluster one that others may subscribe to: `settings.role` logs in from `settings.from` for this database alone. Answers whether it had to be
   * started anew for that; who is connected comes again by himself.
   */
  async serveSubscribers(settings: Subscribers): Promise<boolean> {
    await allowSubscribers(join(this.directory, 'pg_hba.conf'), DATABASE, settings);
    const isElsewhere = settings.listen !== undefined && settings.listen !== this.secrets.listen;
    if (isElsewhere) {
      this.secrets = { ...this.secrets, listen: settings.listen };
      await writeSecrets(this.secretsFile, this.secrets);
    }
    const client = this.superuserClient('postgres');
    await client.connect();
    try {
      const { rows } = await client.query<{ level: string }>("select current_setting('wal_level') as level");
      await client.query('select pg_reload_conf()');
      if (rows[0]?.level === 'logical' && !isElsewhere) return false;
      for (const setting of LOGICAL_SETTINGS) await client.query(setting);
    } finally {
      await client.end();
    }
    await this.stop();
    await this.start();
    return true;
  }

  /**
   * Starts a cluster that was put in place from a backup, once, and waits until it has recovered and lets us in. Throws with the last words of its
   * log when it ends instead.
   */
  async recover(withinMs: number): Promise<void> {
    const before = (await readFile(this.logFile, 'utf8').catch(() => '')).length;
    const deadline = Date.now() + withinMs;
    await this.launch(false);
    for (let missing = 0; missing < MISSING_TIMES; missing = (await this.isRunning()) ? 0 : missing + 1) {
      if ((await this.refusal()) === undefined) return;
      if (Date.now() > deadline) {
        await this.stop();
        throw new Error(`The recovery was not over within ${Math.round(withinMs / 60_000)} minutes.`);
      }
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
    const log = (await readFile(this.logFile, 'utf8').catch(() => '')).slice(before);
    // That it does not let anybody in yet, it tells as well.
    const faults = log
      .split('\n')
      .filter((line) => /\b(FATAL|PANIC|ERROR):/.test(line) && !/the database system is/.test(line));
    throw new Error(`The database could not be recovered. ${faults.slice(-3).join(' ')}`.trim());
  }

  /** Why the cluster does not let us in at the moment; undefined when it does. */
  private async refusal(): Promise<unknown> {
    const client = this.superuserClient('postgres');
    try {
      await client.connect();
      return undefined;
    } catch (error) {
      return error;
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  private async ensureDatabase(): Promise<void> {
    const client = this.superuserClient('postgres');
    await client.connect();
    try {
      const missing = await client.query<{ command: string }>(
        "select format('create database %I', $1::text) as command where not pg_is_in_recovery() and not exists (select from pg_database where datname = $1)",
        [DATABASE],
      );
      for (const { command } of missing.rows) await client.query(command);
    } finally {
      await client.end();
    }
  }

  private superuserClient(database: string): pg.Client {
    const client = new pg.Client({
      ...loginOf(this.server('superuser', database)),
      connectionTimeoutMillis: 3000,
    });
    client.on('error', () => undefined); // the pending call rejects; an unheard event would end the process
    return client;
  }

  /** Looks after the cluster every second and starts it again when it died. */
  supervise(): void {
    this.supervisor = setInterval(() => {
      if (this.restarting) return;
      this.restarting = true;
      this.revive()
        .catch((error: unknown) =>
          this.options.onNotice?.(`The database cannot be started: ${String(error)}`),
        )
        .finally(() => (this.restarting = false));
    }, 1000);
    this.supervisor.unref();
  }

  private async revive(): Promise<void> {
    if (await listens(this.secrets.port)) return;
    if (await this.start()) this.options.onNotice?.('The database had stopped and was started again.');
  }

  /** Stops the cluster in an orderly way: open transactions are rolled back, everything committed is kept. */
  async stop(): Promise<void> {
    clearInterval(this.supervisor);
    while (this.restarting) await new Promise((resolve) => setTimeout(resolve, 50));
    if (!(await this.isRunning())) return;
    await run(this.binaries.pg_ctl, ['stop', '-D', this.directory, '-m', 'fast', '-w', '-t', '60'], {
      ...this.identity,
      cwd: this.directory,
    });
  }
}

/** Whether something accepts connections on a loopback port. */
function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, timeout: 2000 });
    const answer = (open: boolean): void => {
      socket.destroy();
      resolve(open);
    };
    socket.once('connect', () => answer(true));
    socket.once('error', () => answer(false));
    socket.once('timeout', () => answer(false));
  });
}

/** Written beside and moved into place, so that a crash leaves either no file or a whole one. */
async function writeSecrets(file: string, secrets: ClusterSecrets): Promise<void> {
  const handle = await open(`${file}.new`, 'w', 0o600);
  await handle.writeFile(`${JSON.stringify(secrets, null, 2)}\n`);
  await handle.sync();
  await handle.close();
  await rename(`${file}.new`, file);
}
