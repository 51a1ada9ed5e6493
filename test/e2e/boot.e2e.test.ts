import { describe, expect, it } from 'vitest';

import { useTestApp } from '../support/app.js';

describe('the door', () => {
  const { call } = useTestApp();

  it('refuses a route without a session with a problem', async () => {
    const answer = await call('GET', '/reference/dosage-forms');
    expect(answer.status).toBe(401);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.body).toMatchObject({ type: '/problems/unauthenticated', status: 401 });
  });
});
