import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll } from 'vitest';

import { createApplication } from '../../src/application.js';
import type { AuditSettings } from '../../src/platform/config/audit-settings.module.js';
import type { ReplicaSettings } from '../../src/platform/config/config.js';
import type { MailSettings } from '../../src/platform/mail/mailer.js';
import { createLogger } from '../../src/platform/log/logger.js';
import { SnapshotKeeper } from '../../src/reference/search/snapshot-keeper.js';
import { useTestDatabase, type TestDatabase } from './db.js';
import { aFieldKey } from './field-key.js';

/** An answer of the server under test. */
export interface Answer<Body = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Body;
}

/**
 * The server on a database of this file's own, called in process (no socket). Use the answer inside tests only. With `mail` it sends
 * mail as that says; with `audit` it seals the audit trail; with `replicas` it reads from them what may be late.
 */
export function useTestApp(
  mail?: () => Promise<MailSettings>,
  audit?: AuditSettings,
  replicas?: () => ReplicaSettings,
): {
  db: TestDatabase;
  call: typeof call;
  app: () => NestFastifyApplication;
} {
  const db = useTestDatabase();
  let application: NestFastifyApplication | undefined;
  beforeAll(async () => {
    application = await createApplication(db.app, 16, createLogger('silent'), {
      mail: await mail?.(),
      audit,
      replicas: replicas?.(),
      security: await aFieldKey(),
    });
    await application.init();
    await application.getHttpAdapter().getInstance().ready();
    // Both ways of searching answer at any time; a test must know which one it asks.
    await application.get(SnapshotKeeper, { strict: false }).ready();
  });
  afterAll(() => application?.close());

  async function call<Body = Record<string, unknown>>(
    method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE' | 'HEAD',
    path: string,
    options: {
      token?: string;
      branchId?: number;
      key?: string;
      body?: unknown;
      headers?: Record<string, string>;
    } = {},
  ): Promise<Answer<Body>> {
    const answer = await app().inject({
      method,
      url: `/api${path}`,
      headers: {
        ...(options.token ? { authorization: `Bearer ${options.token}` } : {}),
        ...(options.branchId ? { 'x-branch-id': String(options.branchId) } : {}),
        ...(options.key ? { 'idempotency-key': options.key } : {}),
        ...options.headers,
      },
      ...(options.body === undefined ? {} : { payload: options.body as object }),
    });
    const json = /json/.test(String(answer.headers['content-type']));
    return {
      status: answer.statusCode,
      headers: answer.headers,
      body: (json && answer.body ? JSON.parse(answer.body) : answer.body) as Body,
    };
  }
  const app = (): NestFastifyApplication => {
    if (!application) throw new Error('ask for the server inside a test');
    return application;
  };
  return { db, call, app };
}
