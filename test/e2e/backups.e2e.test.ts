import { describe, expect, it } from 'vitest';

import { aWorldFor } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

describe('backups where nobody said where they go', () => {
  const { db, call } = useTestApp();

  it('says so, and begins none', async () => {
    const { token } = await aWorldFor(db, 'administrator');
    const list = await call('GET', '/backups', { token });
    expect(list).toMatchObject({
      status: 200,
      body: { directory: null, isRunning: false, rpoSeconds: null, lastFailure: null, data: [] },
    });
    const started = await call('POST', '/backups', { token });
    expect(started).toMatchObject({ status: 409, body: { type: '/problems/backups-not-set-up' } });
  });

  it('are for who may manage them', async () => {
    const { token } = await aWorldFor(db, 'pharmacist');
    expect((await call('GET', '/backups', { token })).status).toBe(403);
    expect((await call('POST', '/backups', { token })).status).toBe(403);
  });
});
