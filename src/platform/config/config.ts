import { resolve } from 'node:path';

import { z } from 'zod';

import type { MailSettings } from '../mail/mailer.js';

/** True for a scheme, host and port alone; never '*' or 'null'. */
function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { origin, protocol } = new URL(text);
  return origin === text && (protocol === 'https:' || protocol === 'http:');
}

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
  MEDITORY_SAMPLE: z.enum(['demo', 'none']).default('demo'),
  MEDITORY_ADMIN_PASSWORD: z.string().min(12).max(200).optional(),
  DB_HOST: z.string().min(1).optional(),
  DB_PORT: Port.default(5432),
  DB_USERNAME: z.string().min(1).default('pharmacy_app'),
  DB_PASSWORD: z.string().optional(),
  DB_DATABASE: z.string().min(1).default('meditory_erp'),
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
  readonly adminPassword: string | undefined;
  /** An existing server; undefined: the embedded one. */
  readonly server: DatabaseServer | undefined;
  readonly poolMax: number;
  readonly logLevel: string;
  /** Origins whose pages may call the decision-support services from a browser; none unless configured. */
  readonly cdsOrigins: readonly string[];
  /** Where mail leaves from; undefined: none is sent. */
  readonly mail: MailSettings | undefined;
}

/** Absolute paths of a certificate (with the chain below it) and its private key, both PEM. */
export interface TlsFiles {
  readonly cert: string;
  readonly key: string;
}

/** Where a PostgreSQL server listens and whom to log in as. */
export interface DatabaseServer {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly password: string | undefined;
  readonly database: string;
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
  const tls = tlsOf(env.MEDITORY_TLS_CERT, env.MEDITORY_TLS_KEY);
  if (env.MEDITORY_HTTP_PORT !== undefined && tls === undefined)
    throw new Error('The environment is not usable. MEDITORY_HTTP_PORT: is for a server that speaks TLS');
  return {
    port: env.PORT,
    host: env.HOST,
    tls,
    httpPort: env.MEDITORY_HTTP_PORT,
    home: resolve(env.MEDITORY_HOME),
    loadSample: env.MEDITORY_SAMPLE === 'demo',
    adminPassword: env.MEDITORY_ADMIN_PASSWORD,
    server: env.DB_HOST
      ? {
          host: env.DB_HOST,
          port: env.DB_PORT,
          username: env.DB_USERNAME,
          password: env.DB_PASSWORD,
          database: env.DB_DATABASE,
        }
      : undefined,
    poolMax: env.DB_POOL_MAX,
    logLevel: env.LOG_LEVEL,
    cdsOrigins: env.MEDITORY_CDS_ORIGINS,
    mail: mailOf(env.MEDITORY_SMTP_URL, env.MEDITORY_MAIL_FROM),
  };
}

function mailOf(url: string | undefined, from: string | undefined): MailSettings | undefined {
  if (url !== undefined && from !== undefined) return { url, from };
  return neither('mail', { MEDITORY_SMTP_URL: url, MEDITORY_MAIL_FROM: from });
}

function tlsOf(cert: string | undefined, key: string | undefined): TlsFiles | undefined {
  if (cert !== undefined && key !== undefined) return { cert: resolve(cert), key: resolve(key) };
  return neither('TLS', { MEDITORY_TLS_CERT: cert, MEDITORY_TLS_KEY: key });
}

/** Both of two settings or none; throws an Error that names the one that is missing. */
function neither(of: string, settings: Readonly<Record<string, string | undefined>>): undefined {
  const missing = Object.keys(settings).filter((name) => settings[name] === undefined);
  if (missing.length === 1)
    throw new Error(
      `The environment is not usable. ${missing.join()}: is needed with the other setting of ${of}`,
    );
}
