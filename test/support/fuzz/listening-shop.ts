import type { AddressInfo } from 'node:net';

import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll } from 'vitest';

import { createApplication } from '../../../src/application.js';
import { FirstStartService } from '../../../src/operational/sample/first-start.service.js';
import { syncAccess } from '../../../src/operational/auth/first-start.js';
import { migrateUp } from '../../../src/platform/database/migrator.js';
import { openApiDocument } from '../../../src/platform/http/openapi.js';
import { createLogger } from '../../../src/platform/log/logger.js';
import { useTestDatabase, type TestDatabase } from '../db.js';
import { aFieldKey } from '../field-key.js';
import { ADMIN_PASSWORD } from '../server-process.js';
import { eachOf, RawClient } from './client.js';
import { operationsOf, type OpenApi, type Operation } from './document.js';
import { KnownIds, RequestMaker } from './maker.js';
import { Random } from './random.js';

/** The server with its sample pharmacy behind a real socket, its administrator signed in, and what its document says of it. */
export interface ListeningShop {
  readonly db: TestDatabase;
  app: NestFastifyApplication;
  client: RawClient;
  /** Where it listens, such as http://127.0.0.1:4711. */
  address: string;
  token: string;
  document: OpenApi;
  operations: readonly Operation[];
  random: Random;
  ids: KnownIds;
  /** Makes requests that give all that may be given. */
  maker: RequestMaker;
}

/** Calls that would end or shut the session of a test that makes every call. */
export const ENDS_THE_SESSION = new Set(['POST /api/auth/logout', 'POST /api/auth/lock']);

/** Learns ids of rows there are, by reading every list and one row of each kind. */
export async function learnIds(
  shop: Pick<ListeningShop, 'client' | 'operations' | 'token' | 'ids' | 'maker'>,
): Promise<void> {
  const readings = shop.operations.filter((operation) => operation.method === 'GET');
  const lists = readings.filter(({ pathParameters }) => pathParameters.length === 0);
  for (const round of [lists, readings])
    await eachOf(round, 4, async (operation) => {
      const path = round === lists ? operation.path : shop.maker.pathOf(operation);
      const answer = await shop.client.json('GET', path, shop.token);
      if (answer.status === 200 && /json/.test(answer.headers['content-type'] ?? ''))
        shop.ids.learn(JSON.parse(answer.body));
    });
}

/** Starts one before the tests of a file. Use the answer inside tests only. */
export function useListeningShop(seed = 20_261_201): ListeningShop {
  const shop = { db: useTestDatabase() } as ListeningShop;
  beforeAll(async () => {
    await migrateUp(shop.db.superuser, { afterUp: syncAccess });
    shop.app = await createApplication(shop.db.app, 16, createLogger('silent'), {
      security: await aFieldKey(),
    });
    await shop.app.init();
    await shop.app
      .get(FirstStartService, { strict: false })
      .prepare({ adminPassword: ADMIN_PASSWORD, loadSample: true });
    await shop.app.listen(0, '127.0.0.1');
    shop.address = `http://127.0.0.1:${(shop.app.getHttpServer().address() as AddressInfo).port}`;
    shop.client = new RawClient(shop.address);
    const login = await shop.client.send({
      method: 'POST',
      path: '/api/auth/login',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'admin', password: ADMIN_PASSWORD }),
    });
    shop.token = (JSON.parse(login.body) as { token: string }).token;
    shop.document = JSON.parse(JSON.stringify(openApiDocument(shop.app))) as OpenApi;
    shop.operations = operationsOf(shop.document).filter(
      ({ method, path }) => !ENDS_THE_SESSION.has(`${method} ${path}`),
    );
    shop.random = new Random(seed);
    shop.ids = new KnownIds();
    shop.maker = new RequestMaker(shop.document, shop.random, shop.ids, 1);
    await learnIds(shop);
  }, 300_000);
  afterAll(async () => {
    shop.client?.close();
    await shop.app?.close();
  });
  return shop;
}

export const nameOf = ({ method, path }: Operation): string => `${method} ${path}`;
