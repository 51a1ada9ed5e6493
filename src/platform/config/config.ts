import { join, resolve } from 'node:path';

import { z } from 'zod';

import type { MailSettings } from '../mail/mailer.js';
import type { AuditSettings } from './audit-settings.module.js';
import { parseEndpoints, type Endpoint } from './endpoints.js';
import type { StorageLimits } from '../storage/storage.domain.js';
import { DEFAULT_GRACE_DAYS } from '../security/factor-grace.js';
import type { SecuritySettings } from '../security/security.module.js';

/** True for a scheme, host and port alone; never '*' or 'null'. */
function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { origin, protocol } = new URL(text);
  return origin === text && (protocol === 'https:' || protocol === 'http:');
}

/** True for an address of HTTP. */
const isWebAddress = (text: string): boolean =>
  URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);

/** Where clamd listens unless told otherwise. */
const CLAMD_PORT = 3310;

const Port = z.coerce.number().int().min(0).max(65535);

/** True for the address of a mail server: `smtp://` or `smtps://` with a host. */
function isMailServer(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return (protocol === 'smtp:' || protocol === 'smtps:') && hostname !== '';
}

const Environment = z.object({
  PORT: Port.default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  MEDITORY_TLS_CERT: z.string().min(1).optional(),
  MEDITORY_TLS_KEY: z.string().min(1).optional(),
  MEDITORY_HTTP_PORT: Port.optional(),
  MEDITORY_HOME: z.string().min(1).default('./data'),
  MEDITORY_SAMPLE: z.enum(['demo', 'none']).optional(),
  MEDITORY_PRODUCTION: z.enum(['yes', 'no']).default('no'),
  MEDITORY_INSECURE_HTTP: z.enum(['yes', 'no']).default('no'),
  MEDITORY_ORIGIN: z
    .string()
    .refine(isOrigin, 'must be an origin such as https://pharmacy.example')
    .optional(),
  MEDITORY_FIELD_KEY_FILE: z.string().min(1).optional(),
  MEDITORY_SECOND_FACTOR_GRACE_DAYS: z.coerce.number().int().min(0).max(90).default(DEFAULT_GRACE_DAYS),
  MEDITORY_ADMIN_PASSWORD: z.string().min(12).max(200).optional(),
  DB_HOST: z.string().min(1).optional(),
  DB_PORT: Port.default(5432),
  DB_USERNAME: z.string().min(1).default('pharmacy_app'),
  DB_PASSWORD: z.string().optional(),
  DB_DATABASE: z.string().min(1).default('meditory_erp'),
  DB_REPLICA_HOSTS: z.string().optional(),
  DB_REPLICA_MAX_LAG_SECONDS: z.coerce.number().min(1).max(3600).default(30),
  DB_SSL: z.enum(['disable', 'require', 'verify-ca', 'verify-full']).optional(),
  DB_SSL_ROOT_CERT: z.string().min(1).optional(),
  MEDITORY_PROCESSES: z.coerce.number().int().min(1).max(64).default(1),
  DB_POOL_MAX: z.coerce.number().int().min(2).max(200).default(16),
  MEDITORY_CDS_ORIGINS: z
    .string()
    .transform((list) => list.split(',').map((origin) => origin.trim()))
    .pipe(z.array(z.string().refine(isOrigin, 'must be origins such as https://ehr.example.org')))
    .default([]),
  MEDITORY_SMTP_URL: z
    .string()
    .refine(isMailServer, 'must be like smtp://user:password@host:587, or smtps://…')
    .optional(),
  MEDITORY_MAIL_FROM: z
    .string()
    .max(320)
    .regex(/^[^@\r\n]*[^@\s]+@[^@\s]+$/, 'must be an address, or Name <address>')
    .optional(),
  MEDITORY_CLAMD: z.string().optional(),
  MEDITORY_AUDIT_KEY_FILE: z.string().min(1).optional(),
  MEDITORY_ANCHOR_FILE: z.string().min(1).optional(),
  METRICS_PORT: Port.optional(),
  METRICS_HOST: z.string().min(1).default('127.0.0.1'),
  MEDITORY_DRAIN_SECONDS: z.coerce.number().min(0).max(5).default(0),
  MEDITORY_STORAGE_MIN_MB: z.coerce.number().int().min(0).max(1_000_000).default(512),
  MEDITORY_STORAGE_MIN_PERCENT: z.coerce.number().min(0).max(50).default(3),
  MEDITORY_STORAGE_WARN_PERCENT: z.coerce.number().min(1).max(100).default(85),
  MEDITORY_STORAGE_FOLDER: z.string().min(1).optional(),
  MEDITORY_BACKUP_DIR: z.string().min(1).optional(),
  MEDITORY_BACKUP_HOUR: z.coerce.number().int().min(0).max(23).default(3),
  MEDITORY_BACKUP_KEEP: z.coerce.number().int().min(1).max(365).default(7),
  MEDITORY_BACKUP_KEY_FILE: z.string().min(1).optional(),
  MEDITORY_BACKUP_DB_USERNAME: z.string().min(1).optional(),
  MEDITORY_BACKUP_DB_PASSWORD: z.string().optional(),
  MEDITORY_HUB_PASSWORD: z.string().min(1).max(200).optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .string()
    .refine(isWebAddress, 'must be an address such as http://collector:4318')
    .optional(),
  OTEL_SERVICE_NAME: z.string().min(1).max(200).default('meditory'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

/** Settings of the process, read once from the environment. */
export interface Config {
  readonly port: number;
  readonly host: string;
  /** Files of the certificate the server shows; undefined: it speaks HTTP. */
  readonly tls: TlsFiles | undefined;
  /** Beside TLS: where plain HTTP is answered by the address of HTTPS; undefined: nowhere. */
  readonly httpPort: number | undefined;
  /** Folder of the embedded database and its secrets, absolute. */
  readonly home: string;
  readonly loadSample: boolean;
  /** True: an installation of invented patients and sample staff does not start. */
  readonly isProduction: boolean;
  /** True: the operator knows that passwords and patients travel without TLS. */
  readonly acceptsInsecureHttp: boolean;
  readonly security: SecuritySettings;
  readonly adminPassword: string | undefined;
  /** An existing server; undefined: the embedded one. */
  readonly server: DatabaseServer | undefined;
  /** Copies of the database that follow it, for reads that may be late. */
  readonly replicas: ReplicaSettings;
  /** How many processes answer; each with its own pools, search index and rules. */
  readonly processes: number;
  readonly poolMax: number;
  readonly logLevel: string;
  /** Origins whose pages may call the decision-support services from a browser; none unless configured. */
  readonly cdsOrigins: readonly string[];
  /** Where mail leaves from; undefined: none is sent. */
  readonly mail: MailSettings | undefined;
  /** Where a clamd answers; undefined: files of others are not scanned for malware. */
  readonly clamd: Endpoint | undefined;
  /** Where the audit trail has its keys and anchors; undefined: it is not sealed. */
  readonly audit: AuditSettings | undefined;
  /** Where metrics are answered; undefined: nowhere. */
  readonly metrics: { readonly port: number; readonly host: string } | undefined;
  /** As what traces are sent to the collector of OTEL_EXPORTER_OTLP_ENDPOINT; undefined: there are none. */
  readonly traces: { readonly service: string } | undefined;
  /** How long a server that stops goes on taking requests while it says that it is not ready. */
  readonly drainMs: number;
  /** How much of the disk must stay free, and the folder of another server's database, where it is on this machine. */
  readonly storage: StorageLimits & { readonly folder: string | undefined };
  readonly backups: BackupConfig;
  /** What a branch shows its hub; needed by commands of the hub alone. */
  readonly hubPassword: string | undefined;
}

/** Where backups go and when they are made. */
export interface BackupConfig {
  /** Absolute; undefined: nobody said, and none is made by itself. */
  readonly directory: string | undefined;
  readonly hour: number;
  readonly keep: number;
  readonly keyFile: string;
  /** As whom a server of one's own is exported; undefined: as the login of the program. */
  readonly login: Pick<DatabaseServer, 'username' | 'password'> | undefined;
}

/** Absolute paths of a certificate (with the chain below it) and its private key, both PEM. */
export interface TlsFiles {
  readonly cert: string;
  readonly key: string;
}

/** Copies of the database, and how far behind one may be and still be read. */
export interface ReplicaSettings {
  readonly hosts: readonly Endpoint[];
  readonly maxLagMs: number;
}

/** Where a PostgreSQL server listens and whom to log in as. */
export interface DatabaseServer {
  /** Where it may be, `host` among them: the one that takes writes is looked for. Undefined: it is nowhere else. */
  readonly hosts?: readonly Endpoint[];
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly password: string | undefined;
  readonly database: string;
  /** Undefined: plain, as on the loopback interface. */
  readonly tls?: DatabaseTls | undefined;
}

/** How far the certificate of a PostgreSQL is believed, by the names PostgreSQL gives it. */
export interface DatabaseTls {
  readonly mode: 'require' | 'verify-ca' | 'verify-full';
  /** Absolute path of the certificates (PEM) its own must come from; undefined: those Node.js comes with. */
  readonly rootCert: string | undefined;
}

/** Reads and checks the environment; throws an Error that names the variable at fault, never its value. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = Environment.safeParse(present);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`The environment is not usable. ${faults.join('; ')}`);
  }
  const env = parsed.data;
  const home = resolve(env.MEDITORY_HOME);
  const replicaHosts =
    env.DB_REPLICA_HOSTS === undefined
      ? []
      : endpointsOf('DB_REPLICA_HOSTS', env.DB_REPLICA_HOSTS, env.DB_PORT);
  const isProduction = env.MEDITORY_PRODUCTION === 'yes';
  if (isProduction && env.MEDITORY_SAMPLE === 'demo')
    throw new Error(
      'The environment is not usable. MEDITORY_SAMPLE: is not loaded with MEDITORY_PRODUCTION=yes',
    );
  const tls = tlsOf(env.MEDITORY_TLS_CERT, env.MEDITORY_TLS_KEY);
  if (env.MEDITORY_HTTP_PORT !== undefined && tls === undefined)
    throw new Error('The environment is not usable. MEDITORY_HTTP_PORT: is for a server that speaks TLS');
  return {
    port: env.PORT,
    host: env.HOST,
    tls,
    httpPort: env.MEDITORY_HTTP_PORT,
    home,
    loadSample: !isProduction && env.MEDITORY_SAMPLE !== 'none',
    isProduction,
    acceptsInsecureHttp: env.MEDITORY_INSECURE_HTTP === 'yes',
    security: {
      fieldKeyFile: resolve(env.MEDITORY_FIELD_KEY_FILE ?? join(home, 'field.key')),
      origin: env.MEDITORY_ORIGIN,
      factorGraceDays: env.MEDITORY_SECOND_FACTOR_GRACE_DAYS,
    },
    adminPassword: env.MEDITORY_ADMIN_PASSWORD,
    server: serverOf(env, replicaHosts),
    replicas: {
      hosts: replicaHosts,
      maxLagMs: env.DB_REPLICA_MAX_LAG_SECONDS * 1000,
    },
    processes: env.MEDITORY_PROCESSES,
    poolMax: env.DB_POOL_MAX,
    logLevel: env.LOG_LEVEL,
    cdsOrigins: env.MEDITORY_CDS_ORIGINS,
    mail: mailOf(env.MEDITORY_SMTP_URL, env.MEDITORY_MAIL_FROM),
    clamd: clamdOf(env.MEDITORY_CLAMD),
    audit: auditOf(env),
    backups: {
      directory: env.MEDITORY_BACKUP_DIR === undefined ? undefined : resolve(env.MEDITORY_BACKUP_DIR),
      hour: env.MEDITORY_BACKUP_HOUR,
      keep: env.MEDITORY_BACKUP_KEEP,
      keyFile: resolve(env.MEDITORY_BACKUP_KEY_FILE ?? join(env.MEDITORY_HOME, 'backup.key')),
      login:
        env.MEDITORY_BACKUP_DB_USERNAME === undefined
          ? undefined
          : { username: env.MEDITORY_BACKUP_DB_USERNAME, password: env.MEDITORY_BACKUP_DB_PASSWORD },
    },
    hubPassword: env.MEDITORY_HUB_PASSWORD,
    metrics: env.METRICS_PORT === undefined ? undefined : { port: env.METRICS_PORT, host: env.METRICS_HOST },
    traces: env.OTEL_EXPORTER_OTLP_ENDPOINT === undefined ? undefined : { service: env.OTEL_SERVICE_NAME },
    drainMs: env.MEDITORY_DRAIN_SECONDS * 1000,
    storage: {
      minFreeBytes: env.MEDITORY_STORAGE_MIN_MB * 1024 * 1024,
      minFreePercent: env.MEDITORY_STORAGE_MIN_PERCENT,
      warnPercent: env.MEDITORY_STORAGE_WARN_PERCENT,
      folder: env.MEDITORY_STORAGE_FOLDER === undefined ? undefined : resolve(env.MEDITORY_STORAGE_FOLDER),
    },
  };
}

/**
 * The embedded database has its keys beside it, and a first one is made; keys of another server are made deliberately, once for all
 * programs that seal it.
 */
function auditOf(env: z.output<typeof Environment>): AuditSettings | undefined {
  const home = resolve(env.MEDITORY_HOME);
  const own = env.DB_HOST === undefined ? join(home, 'audit-keys.json') : undefined;
  const keyFile = env.MEDITORY_AUDIT_KEY_FILE ? resolve(env.MEDITORY_AUDIT_KEY_FILE) : own;
  if (keyFile === undefined) return undefined;
  return {
    keyFile,
    mayMakeKey: keyFile === own,
    anchorFile: env.MEDITORY_ANCHOR_FILE
      ? resolve(env.MEDITORY_ANCHOR_FILE)
      : join(home, 'anchors', 'audit-anchors.ndjson'),
  };
}

function serverOf(
  env: z.output<typeof Environment>,
  replicaHosts: readonly Endpoint[],
): DatabaseServer | undefined {
  if (env.DB_HOST === undefined) return undefined;
  const hosts = endpointsOf('DB_HOST', env.DB_HOST, env.DB_PORT);
  const [first] = hosts;
  if (first === undefined) return undefined;
  return {
    ...first,
    ...(hosts.length > 1 ? { hosts } : {}),
    username: env.DB_USERNAME,
    password: env.DB_PASSWORD,
    database: env.DB_DATABASE,
    tls: databaseTls([...hosts, ...replicaHosts], env.DB_SSL, env.DB_SSL_ROOT_CERT),
  };
}

function endpointsOf(name: string, text: string, port: number): readonly Endpoint[] {
  const found = parseEndpoints(text, port);
  if (found) return found;
  throw new Error(
    `The environment is not usable. ${name}: must be like host, or host:port,host:port with at most 8, each once`,
  );
}

/** Like `127.0.0.1:3310`, or the file of a socket. */
function clamdOf(text: string | undefined): Endpoint | undefined {
  const [clamd, other] = text === undefined ? [] : endpointsOf('MEDITORY_CLAMD', text, CLAMD_PORT);
  if (other) throw new Error('The environment is not usable. MEDITORY_CLAMD: is one scanner');
  return clamd;
}

function mailOf(url: string | undefined, from: string | undefined): MailSettings | undefined {
  if (url !== undefined && from !== undefined) return { url, from };
  return neither('mail', { MEDITORY_SMTP_URL: url, MEDITORY_MAIL_FROM: from });
}

function tlsOf(cert: string | undefined, key: string | undefined): TlsFiles | undefined {
  if (cert !== undefined && key !== undefined) return { cert: resolve(cert), key: resolve(key) };
  return neither('TLS', { MEDITORY_TLS_CERT: cert, MEDITORY_TLS_KEY: key });
}

/** A socket of this machine, or its loopback interface. */
const isLocal = (host: string): boolean => /^(?:\/|localhost$|127\.|\[?::1\]?$)/i.test(host);

/** Without a word of the operator: checked in full where the way leads over a network. Plain there only where he said so. */
function databaseTls(
  servers: readonly Endpoint[],
  said: 'disable' | DatabaseTls['mode'] | undefined,
  rootCert: string | undefined,
): DatabaseTls | undefined {
  const isChecked =
    said === undefined
      ? rootCert !== undefined || !servers.every(({ host }) => isLocal(host))
      : said.startsWith('verify');
  if (rootCert !== undefined && !isChecked)
    throw new Error(
      'The environment is not usable. DB_SSL_ROOT_CERT: is for DB_SSL=verify-ca and DB_SSL=verify-full',
    );
  const mode = said ?? (isChecked ? 'verify-full' : 'disable');
  if (mode === 'disable') return undefined;
  return { mode, rootCert: rootCert === undefined ? undefined : resolve(rootCert) };
}

/** Both of two settings or none; throws an Error that names the one that is missing. */
function neither(of: string, settings: Readonly<Record<string, string | undefined>>): undefined {
  const missing = Object.keys(settings).filter((name) => settings[name] === undefined);
  if (missing.length === 1)
    throw new Error(
      `The environment is not usable. ${missing.join()}: is needed with the other setting of ${of}`,
    );
}
