// What payers were asked about a patient belongs to what is held about him.
import { describe, expect, it } from 'vitest';

import { aWorldFor } from '../builders/world.js';
import { useInsured } from '../support/insured.js';

describe('the claims of a patient', () => {
  const { db, me, call, get, post, aFill, submit } = useInsured();

  it('are in his export, on the page of it, and among what happened to him', async () => {
    const chief = await aWorldFor(db, 'administrator', { branchId: me().branchId });
    const fill = await aFill([{ payerPercent: '80', memberNumber: 'M-77' }]);
    const made = await submit(fill.fillId);
    expect(made.status).toBe(201);
    const [claim] = made.body.claims;
    const timeline = await get<{ data: object[] }>(`/patients/${fill.patientId}/timeline`);
    expect(timeline.body.data).toContainEqual(
      expect.objectContaining({ kind: 'claim', id: claim?.claimId, detail: 'adjudicated' }),
    );
    const exported = await post<{ claims: object[] }>(
      `/patients/${fill.patientId}/exports`,
      { reason: 'asked by letter' },
      { world: chief },
    );
    expect(exported.body.claims).toMatchObject([
      {
        claimNumber: claim?.claimNumber,
        memberNumber: 'M-77',
        payerShare: claim?.payerShare,
        patientShare: claim?.patientShare,
        status: 'adjudicated',
      },
    ]);
    const page = await call<string>('POST', `/patients/${fill.patientId}/exports/print`, {
      token: chief.token,
      body: { reason: 'asked by letter', language: 'en' },
    });
    expect(page.body).toContain(claim?.claimNumber);
  });
});
