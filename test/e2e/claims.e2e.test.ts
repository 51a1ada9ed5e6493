// Claims over HTTP: two payers, refusal and correction, till and return, payment, batches, who may.
import { describe, expect, it } from 'vitest';

import { IntegrityService } from '../../src/operational/integrity/integrity.service.js';
import { aPlan } from '../builders/insurance.js';
import { daysFromNow } from '../builders/lot.js';
import { aWorldFor } from '../builders/world.js';
import { useInsured, type Claim, type FillClaims } from '../support/insured.js';

interface Problem {
  type: string;
  params?: Record<string, unknown>;
}

describe('claims', () => {
  const { db, app, me, post, get, aFill, submit, sell } = useInsured();
  const problem = (answer: { status: number; body: unknown }) => [
    answer.status,
    (answer.body as Problem).type.replace('/problems/', ''),
  ];
  const today = daysFromNow(0);

  it('go from a fill to two payers, the till, and back with the return', async () => {
    const { fillId, covers } = await aFill([{ payerPercent: '70' }, { copay: '12.50' }]);
    const submitted = await submit(fillId);
    expect(submitted.status).toBe(201);
    expect(submitted.body).toMatchObject({
      fillId,
      price: '100.00',
      patientShare: '12.50',
      isSettled: true,
      claims: [
        {
          status: 'adjudicated',
          payerId: covers[0]?.payerId,
          amountClaimed: '100.00',
          payerShare: '70.00',
          patientShare: '30.00',
          commands: ['pay', 'reverse'],
        },
        { status: 'adjudicated', amountClaimed: '30.00', payerShare: '17.50', patientShare: '12.50' },
      ],
    });
    const [first, second] = submitted.body.claims;
    expect((await get(`/sales/shares?fillIds=${fillId}`)).body).toMatchObject({
      data: [
        {
          fillId,
          price: '100.00',
          patientShare: '12.50',
          isSettled: true,
          payers: [{ payerShare: '70.00' }, { payerShare: '17.50' }],
        },
      ],
    });
    expect(problem(await sell(fillId, [{ method: 'cash', amount: '12.00' }]))).toEqual([
      422,
      'payment-short',
    ]);
    const sale = await sell(fillId, [{ method: 'cash', amount: '20' }]);
    expect(sale).toMatchObject({ status: 201, body: { total: '100.00', paid: '107.50', change: '7.50' } });
    const detail = await get<{ payments: object[]; items: { saleItemId: number }[] }>(
      `/sales/${sale.body.saleId}`,
    );
    expect(detail.body.payments).toMatchObject([
      { method: 'insurance', claimId: first?.claimId, amount: '70.00', payerName: covers[0]?.payerName },
      { method: 'insurance', claimId: second?.claimId, amount: '17.50', reference: second?.claimNumber },
      { method: 'cash', claimId: null, amount: '20.00', change: '7.50', payerName: null },
    ]);
    const receipt = await get<string>(`/sales/${sale.body.saleId}/receipt`);
    expect(receipt.body).toContain(covers[0]?.payerName);
    expect(problem(await post(`/claims/${first?.claimId}/reverse`, { reason: 'x' }))).toEqual([
      409,
      'claim-sold',
    ]);
    const saleItemId = sale.body.items[0]?.saleItemId;
    const back = (quantity: string, payments?: object[]) =>
      post<{ total: string; payments: object[] }>(`/sales/${sale.body.saleId}/return`, {
        reason: 'brought back',
        items: [{ saleItemId, quantity }],
        ...(payments ? { payments } : {}),
      });
    expect(problem(await back('10'))).toEqual([422, 'claimed-line-whole']);
    const returned = await back('30');
    expect(returned).toMatchObject({
      status: 201,
      body: {
        total: '-100.00',
        payments: [
          { method: 'insurance', amount: '-70.00' },
          { method: 'insurance', amount: '-17.50' },
          { method: 'cash', amount: '-12.50' },
        ],
      },
    });
    const claims = await get<{ data: Claim[] }>(`/claims?fillId=${fillId}`);
    expect(claims.body.data).toMatchObject([
      { status: 'reversed', isReversalPending: false },
      { status: 'reversed', isReversalPending: false },
    ]);
    const history = await get<{ events: object[] }>(`/claims/${first?.claimId}`);
    expect(history.body.events).toMatchObject([
      { fromStatus: null, toStatus: 'submitted' },
      { fromStatus: 'submitted', toStatus: 'adjudicated' },
      { fromStatus: 'adjudicated', toStatus: 'reversed', reason: 'brought back' },
    ]);
    expect(problem(await submit(fillId))).toEqual([409, 'fill-not-claimable']);
  });

  it('leave a patient nothing to pay where payers bear all, and round the rest in cash', async () => {
    const whole = await aFill([{ payerPercent: '100' }, { payerPercent: '100' }]);
    expect((await submit(whole.fillId)).body.claims).toHaveLength(1);
    expect(await sell(whole.fillId, [])).toMatchObject({
      status: 201,
      body: { total: '100.00', change: '0.00' },
    });
    await db.owner.query('update operational.branches set cash_rounding = 0.25 where branch_id = $1', [
      me().branchId,
    ]);
    const part = await aFill([{ copay: '12.30' }]);
    await submit(part.fillId);
    const sale = await sell(part.fillId, [{ method: 'cash', amount: '12.25' }]);
    expect(sale).toMatchObject({ status: 201, body: { total: '99.95', rounding: '-0.05', change: '0.00' } });
    const voided = await post<{ total: string }>(`/sales/${sale.body.saleId}/void`, {
      reason: 'wrong person',
    });
    expect(voided).toMatchObject({ status: 201, body: { total: '-99.95' } });
    await db.owner.query('update operational.branches set cash_rounding = 0 where branch_id = $1', [
      me().branchId,
    ]);
  });

  it('are corrected where a payer refuses, and block the till until then', async () => {
    const { fillId, patientId, covers } = await aFill([
      { memberFormat: 'A9999999', memberNumber: '1234567' },
      { payerPercent: '50' },
    ]);
    const refused = await submit(fillId);
    expect(refused.body).toMatchObject({
      isSettled: false,
      patientShare: '100.00',
      claims: [
        { status: 'rejected', rejectCode: 'member_unknown', commands: ['resubmit', 'write-off', 'reverse'] },
      ],
    });
    expect(refused.body.claims).toHaveLength(1);
    expect(problem(await sell(fillId, [{ method: 'cash', amount: '100' }]))).toEqual([
      409,
      'claim-unsettled',
    ]);
    const queue = await get<{ data: Claim[] }>(`/claims?status=rejected&patientId=${patientId}`);
    const [claim] = queue.body.data;
    expect(claim).toMatchObject({ fillId, status: 'rejected', ageDays: 0 });
    const corrected = await post(`/claims/${claim?.claimId}/resubmit`, { memberNumber: 'A1234567' });
    expect(corrected.status).toBe(201);
    expect(corrected.body).toMatchObject({
      patientShare: '10.00',
      isSettled: true,
      claims: [
        { status: 'resubmitted' },
        {
          status: 'adjudicated',
          previousClaimId: claim?.claimId,
          memberNumber: 'A1234567',
          payerShare: '80.00',
        },
        { status: 'adjudicated', payerId: covers[1]?.payerId, amountClaimed: '20.00' },
      ],
    });
    expect((await get(`/patients/${patientId}/insurance`)).body).toMatchObject({
      data: [{ memberNumber: 'A1234567', planId: covers[0]?.planId, planName: 'Basic' }, {}],
    });
    const again = await post(`/claims/${claim?.claimId}/resubmit`, {});
    expect(again).toMatchObject({ status: 409, body: { type: '/problems/invalid-transition' } });
  });

  it('pass with a prior authorisation, once it is on record', async () => {
    const { fillId, patientId } = await aFill([{ needsAuthorisation: true }]);
    const refused = await submit(fillId);
    expect(refused.body.claims).toMatchObject([{ rejectCode: 'prior_authorisation' }]);
    const authorisation = { number: 'PA-77', validTo: daysFromNow(30), quantity: '30' };
    const claimId = refused.body.claims[0]?.claimId;
    const passed = await post(`/claims/${claimId}/resubmit`, { authorisation });
    expect(passed.body.claims[1]).toMatchObject({ status: 'adjudicated', authorisationNumber: 'PA-77' });
    const list = await get<{ data: { authorisationId: number; version: number }[] }>(
      `/patients/${patientId}/authorisations`,
    );
    expect(list.body).toMatchObject({
      data: [{ number: 'PA-77', quantity: '30', used: '30', withdrawn: false }],
    });
  });

  it('are left to the patient by a write-off, behind which the next payer is asked', async () => {
    const { fillId } = await aFill([{ memberFormat: '9', memberNumber: 'x' }, { payerPercent: '50' }]);
    const claimId = (await submit(fillId)).body.claims[0]?.claimId;
    const off = await post(`/claims/${claimId}/write-off`, { reason: 'never a member' });
    expect(off.body).toMatchObject({
      patientShare: '50.00',
      isSettled: true,
      claims: [{ status: 'written_off', note: 'never a member' }, { status: 'adjudicated' }],
    });
    expect((await submit(fillId)).body.claims).toHaveLength(2);
  });

  it('are reversed with those behind them, and can be asked again', async () => {
    const { fillId } = await aFill([{ payerPercent: '60' }, { payerPercent: '50' }]);
    const [first] = (await submit(fillId)).body.claims;
    const reversed = await post(`/claims/${first?.claimId}/reverse`, { reason: 'wrong plan' });
    expect(reversed.body).toMatchObject({
      patientShare: '100.00',
      isSettled: true,
      claims: [{ status: 'reversed' }, { status: 'reversed' }],
    });
    expect((await submit(fillId)).body).toMatchObject({ patientShare: '20.00' });
  });

  it('use up deductible and cap over several fills', async () => {
    const { fillId, patientId, covers } = await aFill([
      { deductible: '150', periodCap: '60', payerPercent: '100' },
    ]);
    expect((await submit(fillId)).body.claims).toMatchObject([
      { payerShare: '0.00', deductibleApplied: '100.00' },
    ]);
    const { rows } = await db.owner.query<{ fill_id: number }>(
      `with made as (
         insert into operational.prescriptions (branch_id, patient_id, drug_id, prescriber_id, quantity, days_supply, sig, prescribed_date, expires_on)
         select branch_id, patient_id, drug_id, prescriber_id, 30, 30, 'x', prescribed_date, expires_on
         from operational.prescriptions where patient_id = $2 returning prescription_id
       )
       insert into operational.fills (branch_id, prescription_id, fill_number, drug_id, quantity, days_supply, unit_price, price, filled_by, screening)
       select f.branch_id, made.prescription_id, 0, f.drug_id, 30, 30, 3, 100, f.filled_by, '{}'
       from operational.fills f, made where f.fill_id = $1 returning fill_id`,
      [fillId, patientId],
    );
    // 50 of the deductible are left, 50 would be borne, 60 is the cap.
    const second = await submit(rows[0]?.fill_id ?? 0);
    expect(second.body.claims).toMatchObject([{ payerShare: '50.00', deductibleApplied: '50.00' }]);
    const { rows: used } = await db.owner.query(
      `select sum(deductible_applied)::float8 as deductible, sum(payer_share)::float8 as payer from operational.claims where insurance_id = $1`,
      [covers[0]?.insuranceId],
    );
    expect(used).toEqual([{ deductible: 150, payer: 50 }]);
  });

  it('are paid for what was handed over, and not before', async () => {
    const waiting = await aFill([{}], { dispensed: false });
    const [early] = (await submit(waiting.fillId)).body.claims;
    const body = { paidOn: today, reference: 'R-1' };
    expect(problem(await post(`/claims/${early?.claimId}/pay`, body))).toEqual([409, 'claim-not-payable']);
    const { fillId } = await aFill([{}]);
    const [claim] = (await submit(fillId)).body.claims;
    const paid = await post(`/claims/${claim?.claimId}/pay`, body, { key: `pay-${fillId}` });
    expect(paid.body.claims).toMatchObject([{ status: 'paid', paidOn: today, paidReference: 'R-1' }]);
    const retry = await post(`/claims/${claim?.claimId}/pay`, body, { key: `pay-${fillId}` });
    expect(retry.body).toEqual(paid.body);
    expect(problem(await post(`/claims/${claim?.claimId}/pay`, body))).toEqual([409, 'invalid-transition']);
  });

  it('go into one batch only, whose file stays what it was', async () => {
    const { fillId, covers } = await aFill([{}]);
    await submit(fillId);
    const payerId = covers[0]?.payerId;
    await db.owner.query(
      `update reference.drugs set name = '=cmd()' where drug_id in (select drug_id from operational.fills where fill_id = $1)`,
      [fillId],
    );
    const days = `payerId=${payerId}&from=${today}&to=${today}`;
    const csv = await get<string>(`/claims/export?${days}&format=csv`);
    expect(csv.headers['content-type']).toContain('text/csv');
    expect(csv.body).toContain(`'=cmd()`);
    const body = { payerId, from: today, to: today };
    const made = await post<{ batchId: number }>('/claims/batches', body, { key: `batch-${payerId}` });
    expect(made).toMatchObject({ status: 201, body: { claimCount: 1, total: '80.00' } });
    expect((await post('/claims/batches', body, { key: `batch-${payerId}` })).body).toEqual(made.body);
    expect(problem(await post('/claims/batches', body))).toEqual([422, 'nothing-to-export']);
    const file = () => get<string>(`/claims/batches/${made.body.batchId}?format=csv`);
    const before = await file();
    await db.owner.query(`update reference.drugs set name = 'Renamed' where name = '=cmd()'`);
    expect((await file()).body).toBe(before.body);
    expect(before.body).toBe(csv.body);
    expect((await get(`/claims?batchId=${made.body.batchId}`)).body).toMatchObject({ meta: { total: 1 } });
    expect((await get(`/claims/batches?payerId=${payerId}`)).body).toMatchObject({ meta: { total: 1 } });
  });

  it('are estimated without asking anybody', async () => {
    const { patientId, drugId, covers } = await aFill([
      { memberFormat: '9', memberNumber: 'x' },
      { payerPercent: '75' },
    ]);
    const estimate = await post('/claims/estimate', { patientId, drugId, quantity: '15', daysSupply: 15 });
    expect(estimate).toMatchObject({
      status: 200,
      body: {
        price: '50.00',
        patientShare: '12.50',
        payers: [
          { payerId: covers[0]?.payerId, payerShare: null, rejectCode: 'member_unknown' },
          { payerShare: '37.50', rejectCode: null },
        ],
      },
    });
    expect((await get(`/claims?patientId=${patientId}`)).body).toMatchObject({ meta: { total: 0 } });
  });

  it('need a cover, a price and a fill of the branch', async () => {
    const { fillId } = await aFill([]);
    expect(problem(await submit(fillId))).toEqual([422, 'no-cover']);
    expect(problem(await submit((await aFill([{}], { price: '0' })).fillId))).toEqual([
      409,
      'fill-not-claimable',
    ]);
    expect(problem(await submit(2_000_000_000))).toEqual([404, 'not-found']);
    const stranger = await aWorldFor(db, 'pharmacist');
    const mine = await aFill([{}]);
    expect(problem(await submit(mine.fillId, { world: stranger }))).toEqual([404, 'not-found']);
    const [claim] = (await submit(mine.fillId)).body.claims;
    for (const path of ['adjudicate', 'reverse', 'write-off', 'pay', 'resubmit'])
      expect(
        (await post(`/claims/${claim?.claimId}/${path}`, { reason: 'x', paidOn: today }, { world: stranger }))
          .status,
      ).toBeGreaterThanOrEqual(400);
    expect((await get(`/claims/${claim?.claimId}`, stranger)).status).toBe(404);
  });

  it('are for those with the right', async () => {
    const { fillId } = await aFill([{}]);
    const cashier = await aWorldFor(db, 'cashier', { branchId: me().branchId });
    const technician = await aWorldFor(db, 'technician', { branchId: me().branchId });
    expect((await submit(fillId, { world: cashier })).status).toBe(403);
    expect((await submit(fillId, { world: technician })).status).toBe(403);
    expect((await get('/claims', technician)).status).toBe(200);
    expect((await get('/claims', cashier)).status).toBe(403);
    expect((await get(`/sales/shares?fillIds=${fillId}`, cashier)).status).toBe(200);
  });

  it.each([
    ['GET', '/claims?status=open'],
    ['GET', '/claims?olderThanDays=-1'],
    ['GET', '/claims/export?payerId=1&from=2026-02-01&to=2026-01-01'],
    ['GET', '/claims/export?payerId=1&from=2026-02-30&to=2026-03-01'],
    ['GET', '/sales/shares?fillIds=1,,2'],
    ['POST', '/claims'],
    ['POST', '/claims/1/pay'],
    ['POST', '/claims/batches'],
  ] as const)('refuse what is malformed: %s %s', async (method, path) => {
    expect((await (method === 'GET' ? get(path) : post(path, { x: 1 }))).status).toBe(400);
  });

  it('keep plans and rules, each subject once', async () => {
    const payer = await post<{ payerId: number; version: number }>('/payers', {
      name: `New ${Date.now()}`,
      memberFormat: 'A99',
    });
    expect(payer.status).toBe(201);
    const at = `/payers/${payer.body.payerId}`;
    const plan = await post<{ planId: number; version: number }>(`${at}/plans`, {
      code: 'GOLD',
      name: 'Gold',
      validFrom: '2026-01-01',
      deductible: '100',
    });
    expect(plan).toMatchObject({ status: 201, body: { deductible: '100.00', period: 'year', ruleCount: 0 } });
    expect(
      problem(await post(`${at}/plans`, { code: 'GOLD', name: 'Gold', validFrom: '2026-01-01' })),
    ).toEqual([409, 'duplicate']);
    const bad = { code: 'B', name: 'B', validFrom: '2026-01-01', validTo: '2025-01-01' };
    expect(problem(await post(`${at}/plans`, bad))).toEqual([422, 'rule-violation']);
    const rules = `/plans/${plan.body.planId}/rules`;
    const rule = await post<{ ruleId: number; version: number }>(rules, {
      atcPrefix: 'n02',
      payerPercent: '70',
    });
    expect(rule).toMatchObject({
      status: 201,
      body: { atcPrefix: 'N02', payerPercent: '70', covered: true },
    });
    expect(problem(await post(rules, { atcPrefix: 'N02', copay: '5' }))).toEqual([409, 'duplicate']);
    expect((await post(rules, { covered: false, copay: '5' })).status).toBe(400);
    expect((await post(rules, {})).status).toBe(400);
    expect((await post(rules, { drugId: 1, atcPrefix: 'N', copay: '5' })).status).toBe(400);
    expect(problem(await post(rules, { drugId: 2_000_000_000, copay: '5' }))).toEqual([
      422,
      'rule-violation',
    ]);
    expect((await get(rules)).body).toMatchObject({ meta: { total: 1 } });
    expect((await get(`${at}/plans`)).body).toMatchObject({ data: [{ ruleCount: 1 }] });
  });

  it('are of a cover whose plan is the payer’s own', async () => {
    const { patientId } = await aFill([]);
    const [one, other] = [await aPlan(db), await aPlan(db)];
    const cover = { payerId: one.payerId, planId: other.planId, memberNumber: 'M' };
    expect(problem(await post(`/patients/${patientId}/insurance`, cover))).toEqual([422, 'rule-violation']);
    const kept = await post<FillClaims>(`/patients/${patientId}/insurance`, { ...cover, planId: one.planId });
    expect(kept).toMatchObject({ status: 201, body: { planId: one.planId, planName: 'Basic' } });
  });

  it('left everything sound', async () => {
    const reports = await app().get(IntegrityService, { strict: false }).check();
    expect(reports.filter((report) => report.broken.length > 0)).toEqual([]);
  });
});
