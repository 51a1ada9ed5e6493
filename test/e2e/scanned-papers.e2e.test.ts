// Papers of strangers pass the malware scanner of the installation, where there is one, before they are kept.
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createApplication } from '../../src/application.js';
import { createLogger } from '../../src/platform/log/logger.js';
import { aForm, aPng, FORM } from '../builders/paper.js';
import { aWorldFor, type World } from '../builders/world.js';
import { EICAR, TestClamd } from '../support/clamd.js';
import { useTestDatabase } from '../support/db.js';

describe('papers', () => {
  const db = useTestDatabase();
  let [app, clamd]: [NestFastifyApplication?, TestClamd?] = [];
  let me: World;
  beforeAll(async () => {
    clamd = await TestClamd.that();
    app = await createApplication(db.app, 4, createLogger('silent'), { clamd: clamd.endpoint });
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    me = await aWorldFor(db, 'pharmacist');
  });
  afterAll(async () => {
    await app?.close();
    await clamd?.close();
  });

  const upload = async (content: Buffer) => {
    if (!app) throw new Error('ask inside a test');
    return app.inject({
      method: 'POST',
      url: '/api/prescription-documents',
      headers: { authorization: `Bearer ${me.token}`, ...FORM },
      payload: aForm({ content }),
    });
  };
  const kept = async (): Promise<number> => {
    const { rows } = await db.owner.query<{ n: number }>(
      'select count(*)::int as n from operational.prescription_documents',
    );
    return rows[0]?.n ?? 0;
  };

  it('are kept only where the scanner of the installation knows nothing of them', async () => {
    expect((await upload(aPng())).statusCode).toBe(201);
    expect(await kept()).toBe(1);
    // A picture by its first and last bytes, with something in between.
    const picture = aPng();
    const infected = Buffer.concat([picture.subarray(0, -12), Buffer.from(EICAR), picture.subarray(-12)]);
    const refused = await upload(infected);
    expect(refused.statusCode).toBe(422);
    expect(refused.json()).toMatchObject({
      type: '/problems/document-refused',
      params: { reason: 'malware' },
    });
    expect(await kept()).toBe(1);
  });

  it('are not taken while it gives no verdict', async () => {
    await clamd?.close();
    const refused = await upload(aPng());
    expect(refused.statusCode).toBe(503);
    expect(refused.json()).toMatchObject({ type: '/problems/temporarily-unavailable' });
    expect(await kept()).toBe(1);
  });
});
