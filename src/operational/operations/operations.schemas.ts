import { z } from 'zod';

import { Instant } from '../../platform/http/schemas.js';

export const HealthReport = z
  .object({
    state: z.enum(['ok', 'degraded', 'failed']),
    parts: z.array(
      z.object({ part: z.string(), state: z.enum(['ok', 'degraded', 'failed']), words: z.string() }),
    ),
  })
  .meta({ id: 'HealthReport' });

export const ServerReport = z
  .object({
    version: z.string(),
    nodeVersion: z.string(),
    databaseVersion: z.string(),
    startedAt: Instant,
    memoryBytes: z.int(),
    requestsInFlight: z.int(),
    pools: z.array(
      z.object({ name: z.string(), max: z.int(), open: z.int(), idle: z.int(), waiting: z.int() }),
    ),
    /** Copies of the database that are read for what may be late; `ok` ones alone. */
    replicas: z.array(
      z.object({
        name: z.string(),
        state: z.enum(['ok', 'late', 'unfit', 'down']),
        /** How old what it holds is at the most; null where it is not known. */
        lagMs: z.int().nullable(),
        words: z.string(),
      }),
    ),
  })
  .meta({ id: 'ServerReport' });

export const JobReport = z
  .object({
    name: z.string(),
    everySeconds: z.int(),
    isRunning: z.boolean(),
    startedAt: Instant.nullable(),
    finishedAt: Instant.nullable(),
    succeededAt: Instant.nullable(),
    /** When it looks next; null while it runs, and before it looked for the first time. */
    nextAt: Instant.nullable(),
    durationMs: z.int().nullable(),
    /** `waiting`: as is to be expected now and then, tried again. */
    outcome: z.enum(['none', 'done', 'waiting', 'failed']),
    /** What it said; of a failure its code. */
    words: z.string(),
    failures: z.int(),
  })
  .meta({ id: 'JobReport' });
export type JobReport = z.output<typeof JobReport>;
export const JobReports = z.object({ data: z.array(JobReport) }).meta({ id: 'JobReports' });
export const JobName = z.string().regex(/^[a-z]+(-[a-z]+){0,4}$/, 'must be the name of a job');

export const StorageReport = z
  .object({
    /** Changes are refused until there is space. */
    isLow: z.boolean(),
    /** Empty where the database is on another machine. */
    volumes: z.array(z.object({ name: z.string(), freeBytes: z.number(), sizeBytes: z.number() })),
    databaseBytes: z.number(),
    /** Size of the write-ahead log; null where the server may not ask. */
    walBytes: z.number().nullable(),
    tables: z.array(z.object({ name: z.string(), bytes: z.number() })),
  })
  .meta({ id: 'StorageReport' });

export const StatementQuery = z.strictObject({
  sort: z.enum(['total', 'mean', 'calls']).default('total'),
});

export const StatementReport = z
  .object({
    /** `ok`, or why there are none: the extension is not there, or the database did not load it. */
    source: z.enum(['ok', 'not-installed', 'not-loaded']),
    since: Instant.nullable(),
    data: z.array(
      z.object({
        /** The name the statement carries (`slice.name`); null: it carries none. */
        name: z.string().nullable(),
        text: z.string(),
        calls: z.number(),
        rows: z.number(),
        totalMs: z.number(),
        meanMs: z.number(),
        maxMs: z.number(),
        /** Of the time of all statements, in percent. */
        share: z.number(),
      }),
    ),
  })
  .meta({ id: 'StatementReport' });
export type StatementReport = z.output<typeof StatementReport>;

export const LicenceReport = z
  .object({ data: z.array(z.object({ licence: z.string(), packages: z.array(z.string()) })) })
  .meta({ id: 'LicenceReport' });
