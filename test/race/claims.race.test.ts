// Claims under contention and between two steps: two people submit one fill, twenty pay one claim, many fills use one cap, a process dies
// between asking the payer and keeping his answer, a payer that does not answer.
import { randomUUID } from 'node:crypto';

import { afterEach, describe, expect, it, vi } from 'vitest';

import { PayerUnavailable } from '../../src/operational/insurance/insurance.errors.js';
import { PAYER_PORT, type PayerPort } from '../../src/operational/insurance/payer-port.types.js';
import { IntegrityService } from '../../src/operational/integrity/integrity.service.js';
import { aBareFill } from '../builders/bare-fill.js';
import { aCover, aPlan } from '../builders/insurance.js';
import { daysFromNow } from '../builders/lot.js';
import { useInsured, type Claim, type FillClaims } from '../support/insured.js';

describe('claims', () => {
  const { db, app, me, post, get, aFill, submit, sell } = useInsured();
  const port = (): PayerPort => app().get<PayerPort>(PAYER_PORT, { strict: false });
  afterEach(() => vi.restoreAllMocks());

  it('are submitted once by many at once, each payer asked in his turn', async () => {
    const { fillId } = await aFill([{ payerPercent: '60' }, { payerPercent: '50' }]);
    const answers = await Promise.all(Array.from({ length: 12 }, () => submit(fillId)));
    expect([...new Set(answers.map((answer) => answer.status))]).toEqual([201]);
    const claims = await get<{ data: Claim[] }>(`/claims?fillId=${fillId}`);
    expect(claims.body.data.map(({ status, payerShare }) => [status, payerShare])).toEqual([
      ['adjudicated', '20.00'],
      ['adjudicated', '60.00'],
    ]);
  });

  it('are paid once by twenty at once', async () => {
    const { fillId } = await aFill([{}]);
    const claimId = (await submit(fillId)).body.claims[0]?.claimId;
    const body = { paidOn: daysFromNow(0) };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => post(`/claims/${claimId}/pay`, body, { key: randomUUID() })),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([
      201,
      ...Array.from({ length: 19 }, () => 409),
    ]);
  });

  it('never use more of a cap or a deductible than there is, however many are answered at once', async () => {
    const plan = await aPlan(db, { deductible: '120', periodCap: '250', payerPercent: '100' });
    const first = await aFill([]);
    await aCover(db, me(), { patientId: first.patientId, plan });
    const fills = [first.fillId];
    for (let n = 0; n < 5; n++) {
      const { fillId, prescriptionId } = await aBareFill(db, me(), {
        drugId: first.drugId,
        quantity: '30',
        price: '100.00',
        dispensed: true,
      });
      await db.owner.query(
        'update operational.prescriptions set patient_id = $2 where prescription_id = $1',
        [prescriptionId, first.patientId],
      );
      fills.push(fillId);
    }
    const answers = await Promise.all(fills.map((fillId) => submit(fillId)));
    expect([...new Set(answers.map((answer) => answer.status))]).toEqual([201]);
    const { rows } = await db.owner.query(
      `select count(*)::int as claims, sum(payer_share)::float8 as payer, sum(deductible_applied)::float8 as deductible
       from operational.claims c join operational.patient_insurance i using (insurance_id) where i.patient_id = $1`,
      [first.patientId],
    );
    expect(rows).toEqual([{ claims: 6, payer: 250, deductible: 120 }]);
  });

  it('are sold with the share that was answered, or reversed, when both are tried at once', async () => {
    const { fillId } = await aFill([{ payerPercent: '60' }]);
    const [claim] = (await submit(fillId)).body.claims;
    const [sale, reversed] = await Promise.all([
      sell(fillId, [{ method: 'card', amount: '40' }]),
      post(`/claims/${claim?.claimId}/reverse`, { reason: 'at the same time' }),
    ]);
    // Whoever came first: sold with the share, or reversed and the patient short of the whole price.
    expect([
      [201, 409],
      [422, 201],
    ]).toContainEqual([sale.status, reversed.status]);
  });

  it('stay submitted when the process dies after the payer was asked, and are answered once when asked again', async () => {
    const { fillId } = await aFill([{ payerPercent: '60' }, { payerPercent: '50' }]);
    const ask = vi.spyOn(port(), 'adjudicate').mockImplementationOnce(() => {
      throw new Error('the process is gone');
    });
    const key = randomUUID();
    expect((await submit(fillId, { key })).status).toBe(500);
    const left = await get<{ data: Claim[] }>(`/claims?fillId=${fillId}`);
    expect(left.body.data).toMatchObject([{ status: 'submitted', commands: ['adjudicate', 'reverse'] }]);
    expect((await sell(fillId, [{ method: 'cash', amount: '100' }])).body.type).toBe(
      '/problems/claim-unsettled',
    );
    const again = await submit(fillId, { key });
    expect(again).toMatchObject({ status: 201, body: { patientShare: '20.00' } });
    expect(again.body.claims).toHaveLength(2);
    const numbers = ask.mock.calls.map(([, claim]) => claim.claimNumber);
    expect(numbers).toHaveLength(3);
    expect(numbers[0]).toBe(numbers[1]);
    expect((await submit(fillId, { key })).body.claims).toHaveLength(2);
  });

  it('wait where the payer does not answer, and can be asked by their number', async () => {
    const { fillId } = await aFill([{}]);
    vi.spyOn(port(), 'adjudicate').mockRejectedValueOnce(new PayerUnavailable());
    expect(await submit(fillId)).toMatchObject({
      status: 503,
      body: { type: '/problems/payer-unavailable' },
    });
    const claims = await get<{ data: Claim[] }>(`/claims?fillId=${fillId}&status=submitted`);
    const asked = await post(`/claims/${claims.body.data[0]?.claimId}/adjudicate`);
    expect(asked).toMatchObject({ status: 201, body: { isSettled: true, patientShare: '20.00' } });
  });

  it('are reversed at once, and their payer told later where he does not answer', async () => {
    const { fillId } = await aFill([{}]);
    const [claim] = (await submit(fillId)).body.claims;
    const tell = vi.spyOn(port(), 'reverse').mockRejectedValueOnce(new PayerUnavailable());
    const at = `/claims/${claim?.claimId}/reverse`;
    const reversed = await post<FillClaims>(at, { reason: 'wrong fill' });
    expect(reversed.body.claims).toMatchObject([{ status: 'reversed', isReversalPending: true }]);
    const told = await post<FillClaims>(at, { reason: 'once more' });
    expect(told.body.claims).toMatchObject([
      { status: 'reversed', isReversalPending: false, note: 'wrong fill' },
    ]);
    expect(tell.mock.calls.map(([, number]) => number)).toEqual([claim?.claimNumber, claim?.claimNumber]);
    expect((await post(at, { reason: 'and again' })).status).toBe(409);
  });

  it('left everything sound', async () => {
    const reports = await app().get(IntegrityService, { strict: false }).check();
    expect(reports.filter((report) => report.broken.length > 0)).toEqual([]);
  });
});
