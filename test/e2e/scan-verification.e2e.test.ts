// Packs scanned against fills: what matches, what is refused out loud and kept as a near miss, what is bypassed, and the
// register of near misses that names nobody.
import { beforeAll, describe, expect, it } from 'vitest';

import type { Permission } from '../../src/platform/security/permissions.js';
import { aDrug } from '../builders/drug.js';
import { aLot } from '../builders/lot.js';
import { aPrescription } from '../builders/prescription.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

const GTIN = '09521234543213';
const OTHER = '09521234543220';
/** GS1 element string of a pack; expiry as YYMMDD. */
const pack = (lot: string, expiry: string, gtin = GTIN): string => `01${gtin}17${expiry}10${lot}`;

interface NearMiss {
  kind: string;
  stage: string;
  fillId: number | null;
  userName: string | null;
  occurredAt: string;
}

describe('scanning', () => {
  const { db, call } = useTestApp();
  let drugId = 0;
  let otherId = 0;
  beforeAll(async () => {
    drugId = (await aDrug(db, { ingredients: ['loratadine'], barcode: GTIN, name: 'Claritine' })).drugId;
    otherId = (await aDrug(db, { ingredients: ['loratadine'], barcode: OTHER, name: 'Clarinase' })).drugId;
  });
  const post = <Body = Record<string, unknown>>(world: World, path: string, body: unknown = {}) =>
    call<Body>('POST', path, { token: world.token, body });
  const get = async <Body>(world: World, path: string): Promise<Body> =>
    (await call<Body>('GET', path, { token: world.token })).body;

  /** A branch with a scan policy, stock of two lots, and a fill of both in progress. */
  async function aStation(policy: string, settings = ''): Promise<{ me: World; at: string; fillId: number }> {
    const me = await aWorldFor(db, 'pharmacist');
    await db.owner.query(`update operational.branches set scan_policy = $2${settings} where branch_id = $1`, [
      me.branchId,
      policy,
    ]);
    const lot = { branchId: me.branchId, drugId, quantity: '20' };
    await aLot(db, { ...lot, lotNumber: 'AB12', expiryDate: '2031-12-31' });
    await aLot(db, { ...lot, lotNumber: 'CD34', expiryDate: '2032-06-30' });
    await aLot(db, { ...lot, lotNumber: 'EF56', expiryDate: '2033-06-30' });
    const { prescriptionId } = await aPrescription(db, me, { drugId, refillsAuthorized: 1 });
    const made = await post<{ fillId: number }>(me, `/prescriptions/${prescriptionId}/fill`);
    return { me, at: `/fills/${made.body.fillId}`, fillId: made.body.fillId };
  }
  const misses = async (world: World): Promise<NearMiss[]> =>
    (await get<{ data: NearMiss[] }>(world, '/near-misses')).data;

  it('a pack of every lot, in filling and again in verifying, lets a fill be verified', async () => {
    const { me, at } = await aStation('lot');
    const both = [pack('AB12', '311231'), pack('CD34', '320630')];
    expect((await post(me, `${at}/verify`)).body).toMatchObject({
      status: 409,
      type: '/problems/scan-required',
      params: { stage: 'fill', lots: [{ lotNumber: 'AB12' }, { lotNumber: 'CD34' }] },
    });
    expect((await post(me, `${at}/scan`, { code: both[0] })).body).toMatchObject({
      stage: 'fill',
      result: 'matched',
      lot: { lotNumber: 'AB12', expiryDate: '2031-12-31' },
      missing: [{ lotNumber: 'CD34' }],
    });
    expect((await post(me, `${at}/scan`, { code: both[1] })).body).toMatchObject({ missing: [] });
    expect((await post(me, `${at}/verify`)).body).toMatchObject({ params: { stage: 'verify' } });
    for (const code of both) await post(me, `${at}/scan`, { code, stage: 'verify' });
    expect((await post(me, `${at}/verify`)).body).toMatchObject({ status: 'verified' });
    expect(await misses(me)).toEqual([]);
  });

  it('for the verification is done by who verifies, and by a pharmacist', async () => {
    const { me, at } = await aStation('product');
    const technician = await aWorldFor(db, 'technician', { branchId: me.branchId });
    const colleague = await aWorldFor(db, 'pharmacist', { branchId: me.branchId });
    const scan = { code: GTIN };
    expect((await post(technician, `${at}/scan`, scan)).status).toBe(200);
    expect((await post(technician, `${at}/scan`, { ...scan, stage: 'verify' })).status).toBe(403);
    expect((await post(me, `${at}/scan`, { ...scan, stage: 'verify' })).status).toBe(200);
    expect((await post(colleague, `${at}/verify`)).body).toMatchObject({
      type: '/problems/scan-required',
      params: { stage: 'verify' },
    });
    expect((await post(me, `${at}/verify`)).status).toBe(200);
  });

  it('is asked for by the database too', async () => {
    const { me, fillId } = await aStation('lot');
    await expect(
      db.owner.query(
        `update operational.fills set status = 'verified', verified_by = $2 where fill_id = $1`,
        [fillId, me.userId],
      ),
    ).rejects.toMatchObject({ code: 'MD024' });
  });

  it.each([
    ['another product', pack('AB12', '311231', OTHER), 'wrong_product'],
    ['a product nobody knows', pack('AB12', '311231', '09521234543237'), 'unknown_product'],
    ['a lot that is not kept for it', pack('EF56', '330630'), 'wrong_lot'],
    ['a wrong expiry', pack('AB12', '311130'), 'wrong_expiry'],
    ['an expired pack', pack('AB12', '250131'), 'expired_pack'],
  ])('stops at %s, and keeps it without a name', async (_, code, kind) => {
    const { me, at } = await aStation('lot');
    const refused = await post<{ detail: string }>(me, `${at}/scan`, { code });
    expect(refused.body).toMatchObject({
      status: 409,
      type: '/problems/scan-mismatch',
      params: { reason: kind, expected: { drugId, drugName: 'Claritine' } },
    });
    expect(refused.body.detail).toMatch(/^STOP\./);
    expect(await misses(me)).toMatchObject([
      {
        kind,
        stage: 'fill',
        source: 'scan',
        expectedDrugId: drugId,
        expectedLot: 'AB12 (2031-12-31), CD34 (2032-06-30)',
        fillId: null,
        userName: null,
        occurredAt: expect.stringMatching(/:00:00/) as unknown,
      },
    ]);
    // Nothing in the database leads to who it was.
    const { rows } = await db.owner.query(
      'select user_id, fill_id from operational.near_misses where branch_id = $1',
      [me.branchId],
    );
    expect(rows).toEqual([{ user_id: null, fill_id: null }]);
    const audit = await db.owner.query(`select from operational.audit_logs where table_name = 'near_misses'`);
    expect(audit.rowCount).toBe(0);
  });

  it('keeps who it was where the branch says so', async () => {
    const { me, at, fillId } = await aStation('lot', ', near_miss_names = true');
    await post(me, `${at}/scan`, { code: pack('AB12', '311231', OTHER), stage: 'verify' });
    expect(await misses(me)).toMatchObject([
      { kind: 'wrong_product', stage: 'verify', fillId, userName: expect.any(String) as unknown },
    ]);
    await db.owner.query('update operational.branches set near_miss_names = false where branch_id = $1', [
      me.branchId,
    ]);
    expect(await misses(me)).toMatchObject([{ fillId: null, userName: null }]);
  });

  it('asks for lot and expiry where the code does not say them, and checks what was read', async () => {
    const { me, at } = await aStation('lot');
    expect((await post(me, `${at}/scan`, { code: GTIN })).body).toMatchObject({
      status: 422,
      type: '/problems/scan-incomplete',
      params: { missing: ['lotNumber', 'expiryDate'] },
    });
    const typed = { code: GTIN, lotNumber: 'ab12', expiryDate: '2031-12-31' };
    expect((await post(me, `${at}/scan`, typed)).body).toMatchObject({ lot: { lotNumber: 'AB12' } });
    expect((await post(me, `${at}/scan`, { ...typed, lotNumber: 'AB13' })).body).toMatchObject({
      params: { reason: 'wrong_lot', found: { lotNumber: 'AB13' } },
    });
    expect((await misses(me)).length).toBe(1);
  });

  it.each([['4006381333932'], ['hello'], ['1017123110AB12']])('of %s is no near miss', async (code) => {
    const { me, at } = await aStation('lot');
    expect((await post(me, `${at}/scan`, { code })).status).toBe(422);
    expect(await misses(me)).toEqual([]);
  });

  it('is bypassed by those who may, for a reason, and stays on record', async () => {
    const { me, at, fillId } = await aStation('lot');
    const technician = await aWorldFor(db, 'technician', { branchId: me.branchId });
    const bypass = { stage: 'fill', reason: 'damaged_barcode', note: 'Label torn by the cold chain tape' };
    expect((await post(technician, `${at}/bypass-scan`, bypass)).body).toMatchObject({ status: 403 });
    expect((await post(me, `${at}/bypass-scan`, { ...bypass, note: 'ok....' })).body).toMatchObject({
      type: '/problems/override-reason-needed',
      errors: [{ pointer: '/note' }],
    });
    expect((await post(me, `${at}/bypass-scan`, { ...bypass, reason: 'late' })).status).toBe(400);
    expect((await post(me, `${at}/bypass-scan`, bypass)).body).toMatchObject({
      result: 'bypassed',
      missing: [],
    });
    expect((await post(me, `${at}/verify`)).body).toMatchObject({ params: { stage: 'verify' } });
    await post(me, `${at}/bypass-scan`, { ...bypass, stage: 'verify' });
    expect((await post(me, `${at}/verify`)).status).toBe(200);
    const { rows } = await db.owner.query(
      `select a.after ->> 'bypass_note' as note, a.user_id from operational.audit_logs a
       where a.table_name = 'fill_scans' and a.after ->> 'fill_id' = $1 order by 1`,
      [String(fillId)],
    );
    expect(rows).toEqual(Array.from({ length: 2 }, () => ({ note: bypass.note, user_id: me.userId })));
    expect((await post(me, `${at}/bypass-scan`, bypass)).status).toBe(409);
  });

  it('at the counter comes with the fill, all of it or nothing', async () => {
    const { me } = await aStation('lot');
    const { prescriptionId } = await aPrescription(db, me, { drugId, quantity: '5' });
    const fill = (scans: object[]) =>
      post(me, `/prescriptions/${prescriptionId}/fill`, { complete: true, scans });
    expect((await fill([])).body).toMatchObject({
      type: '/problems/scan-required',
      params: { lots: [{ lotNumber: 'CD34' }] },
    });
    expect((await fill([{ code: pack('EF56', '330630') }])).body).toMatchObject({
      type: '/problems/scan-mismatch',
      params: { reason: 'wrong_lot' },
    });
    expect(await misses(me)).toMatchObject([{ kind: 'wrong_lot', fillId: null }]);
    expect((await fill([{ code: pack('CD34', '320630') }])).body).toMatchObject({ status: 'dispensed' });
  });

  describe('feeds the register of near misses', () => {
    const readers: Permission[] = ['ReadReports'];
    it('with reports of people, in pages, and statistics as JSON and CSV', async () => {
      const { me, at } = await aStation('lot');
      await post(me, `${at}/scan`, { code: pack('AB12', '311231', OTHER) });
      await post(me, `${at}/scan`, { code: pack('AB12', '311231') });
      const told = {
        kind: 'wrong_strength',
        stage: 'entry',
        cause: 'handwriting',
        description: '=1+1 read as 10 mg instead of 1.0 mg',
      };
      const cashier = await aWorldFor(db, 'cashier', { branchId: me.branchId });
      expect((await post(cashier, '/near-misses', told)).status).toBe(201);
      expect((await post(cashier, '/near-misses', { ...told, expectedDrugId: 2_000_000_000 })).status).toBe(
        422,
      );
      const auditor = await aWorldFor(db, 'auditor', { branchId: me.branchId });
      expect((await post(auditor, '/near-misses', told)).status).toBe(403);
      const reader = await aWorldFor(db, readers, { branchId: me.branchId });
      const first = await get<{ data: NearMiss[]; nextCursor: number }>(reader, '/near-misses?limit=1');
      expect(first.data).toMatchObject([{ kind: 'wrong_strength', userName: null, cause: 'handwriting' }]);
      const rest = await get<{ data: NearMiss[] }>(reader, `/near-misses?limit=1&cursor=${first.nextCursor}`);
      expect(rest.data).toMatchObject([{ kind: 'wrong_product' }]);
      expect(await get(reader, '/near-misses?kind=wrong_lot')).toMatchObject({ data: [] });
      expect(await get(reader, '/reports/near-misses')).toMatchObject({
        total: 2,
        kinds: [{ count: 1 }, { count: 1 }],
        pairs: [
          { expectedDrugName: 'Claritine', foundDrugId: otherId, foundDrugName: 'Clarinase', count: 1 },
        ],
        scans: [{ result: 'matched', count: 1 }],
      });
      const csv = await call<string>('GET', '/reports/near-misses?format=csv&by=pair', {
        token: reader.token,
      });
      expect(csv.headers['content-type']).toContain('text/csv');
      expect(csv.body).toContain('Clarinase,1');
      expect((await call('GET', '/reports/near-misses', { token: cashier.token })).status).toBe(403);
      expect(
        (await call('GET', '/near-misses?from=2026-02-01&to=2026-01-01', { token: reader.token })).status,
      ).toBe(400);
    });

    it('of its branch alone, and never changed', async () => {
      const { me, at } = await aStation('lot');
      await post(me, `${at}/scan`, { code: pack('AB12', '311231', OTHER) });
      expect(await misses(await aWorldFor(db, 'pharmacist'))).toEqual([]);
      for (const statement of [
        `update operational.near_misses set kind = 'other'`,
        'delete from operational.near_misses',
        `update operational.fill_scans set stage = 'fill'`,
      ])
        await expect(db.owner.query(statement)).rejects.toMatchObject({ code: 'MD004' });
    });
  });
});
