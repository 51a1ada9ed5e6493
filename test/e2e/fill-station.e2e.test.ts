// What a station asks of a fill: its shelf, scans and rules, a label to look at that is no print, another lot with a reason, and
// the counter's way from in progress to dispensed in one call.
import { beforeAll, describe, expect, it } from 'vitest';

import { aDrug } from '../builders/drug.js';
import { aLot, discrepancies } from '../builders/lot.js';
import { aPrescription } from '../builders/prescription.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

const GTIN = '09521234543213';

interface Station {
  fill: { fillId: number; status: string; lots: { lotNumber: string; quantity: string }[] };
  policy: Record<string, unknown>;
  scans: { stage: string; result: string; lot: { lotNumber: string } | null; userName: string }[];
  missing: { fill: { lotNumber: string }[]; verify: { lotNumber: string }[] };
  shelf: {
    lotId: number;
    lotNumber: string;
    bin: string | null;
    quantityKept: string;
    quantityFree: string;
  }[];
  labelsPrinted: number;
  needsCounselling: boolean;
}

describe('a station', () => {
  const { db, call, app } = useTestApp();
  let drugId = 0;
  let otherId = 0;
  beforeAll(async () => {
    drugId = (await aDrug(db, { ingredients: ['loratadine'], barcode: GTIN })).drugId;
    otherId = (await aDrug(db, { ingredients: ['loratadine'] })).drugId;
  });
  const post = <Body = Record<string, unknown>>(world: World, path: string, body: unknown = {}) =>
    call<Body>('POST', path, { token: world.token, body });
  const look = async (world: World, at: string): Promise<Station> =>
    (await call<Station>('GET', `${at}/station`, { token: world.token })).body;

  async function aFill(settings = 'code = code'): Promise<{ me: World; at: string; lots: number[] }> {
    const me = await aWorldFor(db, 'pharmacist');
    await db.owner.query(`update operational.branches set ${settings} where branch_id = $1`, [me.branchId]);
    const lots: number[] = [];
    for (const [lotNumber, expiryDate, quantity] of [
      ['AB12', '2031-12-31', '20'],
      ['CD34', '2032-06-30', '40'],
      ['EF56', '2033-06-30', '5'],
    ] as const)
      lots.push((await aLot(db, { branchId: me.branchId, drugId, lotNumber, expiryDate, quantity })).lotId);
    await db.owner.query(`update operational.inventory_lots set bin = 'S-3' where lot_id = $1`, [lots[0]]);
    const { prescriptionId } = await aPrescription(db, me, { drugId, refillsAuthorized: 1 });
    const made = await post<{ fillId: number }>(me, `/prescriptions/${prescriptionId}/fill`);
    return { me, at: `/fills/${made.body.fillId}`, lots };
  }

  it('shows the rules of the branch, the shelf first expiry first, and what is scanned', async () => {
    const { me, at } = await aFill(`scan_policy = 'product', counselling_policy = 'first_fill'`);
    expect(await look(me, at)).toMatchObject({
      fill: { status: 'in_progress' },
      policy: { dispensingPolicy: 'counter', scanPolicy: 'product', counsellingPolicy: 'first_fill' },
      scans: [],
      missing: { fill: [{ lotNumber: 'AB12' }, { lotNumber: 'CD34' }], verify: [{}, {}] },
      shelf: [
        { lotNumber: 'AB12', bin: 'S-3', quantityKept: '20', quantityFree: '0' },
        { lotNumber: 'CD34', bin: null, quantityKept: '10', quantityFree: '30' },
        { lotNumber: 'EF56', quantityKept: '0', quantityFree: '5' },
      ],
      labelsPrinted: 0,
      needsCounselling: true,
    });
    await post(me, `${at}/scan`, { code: `01${GTIN}17311231` + `10AB12` });
    const after = await look(me, at);
    expect(after.scans).toMatchObject([{ stage: 'fill', result: 'matched', lot: { lotNumber: 'AB12' } }]);
    expect(after.missing).toMatchObject({ fill: [], verify: [{}, {}] });
  });

  it('is not shown to another branch', async () => {
    const { at } = await aFill();
    const stranger = await aWorldFor(db, 'pharmacist');
    for (const [method, path, body] of [
      ['GET', 'station', undefined],
      ['POST', 'complete', {}],
      ['POST', 'choose-lot', { lotId: 1, reason: 'the box on top' }],
    ] as const)
      expect((await call(method, `${at}/${path}`, { token: stranger.token, body })).status).toBe(404);
  });

  it('looks at a label without printing one', async () => {
    const { me, at } = await aFill();
    const label = async (query: string): Promise<string> =>
      (
        await app().inject({
          method: 'GET',
          url: `/api${at}/label${query}`,
          headers: { authorization: `Bearer ${me.token}` },
        })
      ).body;
    expect(await label('?preview=true&lang=en')).toContain('>PREVIEW<');
    expect((await look(me, at)).labelsPrinted).toBe(0);
    const original = await label('?lang=en');
    expect(original).not.toContain('>PREVIEW<');
    expect(original).not.toContain('>COPY<');
    expect((await look(me, at)).labelsPrinted).toBe(1);
    expect(await label('?preview=true&lang=ar')).toContain('PREVIEW');
    expect((await look(me, at)).labelsPrinted).toBe(1);
  });

  describe('at the counter', () => {
    it('goes through to dispensed in one call, after one scan that counts for both', async () => {
      const { me, at } = await aFill(`scan_policy = 'product'`);
      expect((await post(me, `${at}/complete`)).body).toMatchObject({ type: '/problems/scan-required' });
      expect((await post(me, `${at}/scan`, { code: GTIN, stage: 'both' })).body).toMatchObject({
        stage: 'both',
        result: 'matched',
        missing: [],
      });
      expect((await look(me, at)).scans.map(({ stage }) => stage)).toEqual(['fill', 'verify']);
      expect((await post(me, `${at}/complete`)).body).toMatchObject({
        status: 'dispensed',
        lots: [
          { lotNumber: 'AB12', quantity: '20' },
          { lotNumber: 'CD34', quantity: '10' },
        ],
      });
      const again = await post(me, `${at}/complete`);
      expect(again.body).toMatchObject({ status: 409, type: '/problems/invalid-transition' });
      expect(await discrepancies(db)).toEqual([]);
    });

    it('asks for what a hand-over asks for', async () => {
      const { me, at } = await aFill(`counselling_policy = 'always'`);
      expect((await post(me, `${at}/complete`)).body).toMatchObject({
        type: '/problems/counselling-required',
      });
      const pickUp = { counselling: { outcome: 'declined' } };
      expect((await post(me, `${at}/complete`, { pickUp })).body).toMatchObject({ status: 'dispensed' });
    });

    it.each([
      [`dispensing_policy = 'station'`, 'counter-policy-off'],
      ['two_person_rule = true', 'second-person-required'],
    ])('is refused where the branch has %s', async (settings, code) => {
      const { me, at } = await aFill(settings);
      const type = `/problems/${code}`;
      expect((await post(me, `${at}/complete`)).body).toMatchObject({ type });
      expect((await post(me, `${at}/scan`, { code: GTIN, stage: 'both' })).body).toMatchObject({ type });
      const bypass = { stage: 'both', reason: 'no_barcode', note: 'loose tablets' };
      expect((await post(me, `${at}/bypass-scan`, bypass)).body).toMatchObject({ type });
      expect(await look(me, at)).toMatchObject({ fill: { status: 'in_progress' }, scans: [] });
    });

    it('is done by who may verify', async () => {
      const { me, at } = await aFill();
      const technician = await aWorldFor(db, 'technician', { branchId: me.branchId });
      expect((await post(technician, `${at}/complete`)).status).toBe(403);
      expect((await post(technician, `${at}/scan`, { code: GTIN, stage: 'both' })).status).toBe(403);
    });

    it('goes on without a scan for both', async () => {
      const { me, at } = await aFill(`scan_policy = 'lot'`);
      const bypass = { stage: 'both', reason: 'no_barcode', note: 'loose tablets' };
      expect((await post(me, `${at}/bypass-scan`, bypass)).body).toMatchObject({ missing: [] });
      expect((await post(me, `${at}/complete`)).body).toMatchObject({ status: 'dispensed' });
    });
  });

  describe('that takes another lot', () => {
    const reason = 'the box is open already';

    it('keeps it for the fill, with the reason in the history', async () => {
      const { me, at, lots } = await aFill();
      expect((await post(me, `${at}/choose-lot`, { lotId: lots[1], reason })).body).toMatchObject({
        status: 'in_progress',
        lots: [{ lotNumber: 'CD34', quantity: '30' }],
      });
      const { shelf, fill } = await look(me, at);
      expect(shelf.map(({ quantityKept, quantityFree }) => [quantityKept, quantityFree])).toEqual([
        ['0', '20'],
        ['30', '10'],
        ['0', '5'],
      ]);
      const { rows } = await db.owner.query(
        'select reason from operational.prescription_events where fill_id = $1 order by event_id desc limit 1',
        [fill.fillId],
      );
      expect(rows).toEqual([{ reason: `lot AB12, CD34 → CD34: ${reason}` }]);
      expect((await post(me, `${at}/complete`)).body).toMatchObject({ lots: [{ lotNumber: 'CD34' }] });
      expect(await discrepancies(db)).toEqual([]);
    });

    it('refuses one that has too little, is not of the product, or may not leave, and changes nothing', async () => {
      const { me, at, lots } = await aFill();
      const foreign = await aLot(db, { branchId: me.branchId, drugId: otherId, quantity: '90' });
      const held = await aLot(db, { branchId: me.branchId, drugId, quantity: '90', lotNumber: 'HELD' });
      await db.owner.query(`update operational.inventory_lots set status = 'on_hold' where lot_id = $1`, [
        held.lotId,
      ]);
      const before = await look(me, at);
      for (const [lotId, status] of [
        [lots[2], 409],
        [foreign.lotId, 404],
        [held.lotId, 409],
        [2_000_000_000, 404],
      ] as const)
        expect((await post(me, `${at}/choose-lot`, { lotId, reason })).status, String(lotId)).toBe(status);
      expect((await post(me, `${at}/choose-lot`, { lotId: lots[1], reason: 'x' })).status).toBe(400);
      expect(await look(me, at)).toEqual(before);
    });
  });
});
