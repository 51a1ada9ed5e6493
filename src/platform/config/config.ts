import { join, resolve } from 'node:path';

import { z } from 'zod';

import type { MailSettings } from '../mail/mailer.js';
import type { SecuritySettings } from '../security/security.module.js';

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
  MEDITORY_HOME: z.string().min(1).default('./data'),
  MEDITORY_SAMPLE: z.enum(['demo', 'none']).optional(),
  MEDITORY_PRODUCTION: z.enum(['yes', 'no']).default('no'),
  MEDITORY_INSECURE_HTTP: z.enum(['yes', 'no']).default('no'),
  MEDITORY_ORIGIN: z
    .string()
    .refine(isOrigin, 'must be an origin such as https://pharmacy.example')
    .optional(),
  MEDITORY_FIELD_KEY_FILE: z.string().min(1).optional(),
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
  readonly poolMax: number;
  readonly logLevel: string;
  /** Origins whose pages may call the decision-support services from a browser; none unless configured. */
  readonly cdsOrigins: readonly string[];
  /** Where mail leaves from; undefined: none is sent. */
  readonly mail: MailSettings | undefined;
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
  const home = resolve(env.MEDITORY_HOME);
  const isProduction = env.MEDITORY_PRODUCTION === 'yes';
  if (isProduction && env.MEDITORY_SAMPLE === 'demo')
    throw new Error(
      'The environment is not usable. MEDITORY_SAMPLE: is not loaded with MEDITORY_PRODUCTION=yes',
    );
  return {
    port: env.PORT,
    host: env.HOST,
    home,
    loadSample: !isProduction && env.MEDITORY_SAMPLE !== 'none',
    isProduction,
    acceptsInsecureHttp: env.MEDITORY_INSECURE_HTTP === 'yes',
    security: {
      fieldKeyFile: resolve(env.MEDITORY_FIELD_KEY_FILE ?? join(home, 'field.key')),
      origin: env.MEDITORY_ORIGIN,
    },
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

/** Both settings of mail or none; throws an Error that names the one that is missing. */
function mailOf(url: string | undefined, from: string | undefined): MailSettings | undefined {
  if (url !== undefined && from !== undefined) return { url, from };
  if (url === undefined && from === undefined) return undefined;
  const missing = url === undefined ? 'MEDITORY_SMTP_URL' : 'MEDITORY_MAIL_FROM';
  throw new Error(`The environment is not usable. ${missing}: is needed with the other setting of mail`);
}
