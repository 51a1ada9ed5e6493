// Directions for use over HTTP: read, computed for a medicine, kept with a prescription.
import { beforeAll, describe, expect, it } from 'vitest';

import { aDrug } from '../builders/drug.js';
import { daysFromNow } from '../builders/lot.js';
import { aPatient, aPrescriber } from '../builders/patient.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

interface Reading {
  shorthand: string;
  english: string;
  arabic: string;
  unread: string[];
  warnings: { found: string; readAs: string | null }[];
  quantity: { amount: string; unit: string; baseUnits: string | null } | null;
  days: number | null;
  daysOfQuantity: number | null;
}
interface Rx {
  prescriptionId: number;
  sig: string;
  dose: { amount: string; unit: string; frequencyPerDay: string } | null;
  directions: { shorthand: string; english: string; arabic: string } | null;
}

describe('directions for use', () => {
  const { db, call } = useTestApp();
  let me: World;
  let tablets = 0;
  let prescriberId = 0;
  beforeAll(async () => {
    me = await aWorldFor(db, 'pharmacist');
    tablets = (
      await aDrug(db, {
        baseUnit: 'tablet',
        dosageForm: 'tablet',
        route: 'oral',
        ingredients: [{ name: 'prednisolone', amount: '5', unit: 'mg' }],
      })
    ).drugId;
    prescriberId = await aPrescriber(db);
  });
  const post = <Body>(path: string, body: unknown) => call<Body>('POST', path, { token: me.token, body });
  const enter = async (sig: string, values: object = {}) =>
    post<Rx>('/prescriptions', {
      patientId: await aPatient(db, me),
      drugId: tablets,
      prescriberId,
      quantity: '30',
      daysSupply: 30,
      sig,
      prescribedDate: daysFromNow(-1),
      ...values,
    });

  it('are read in both languages, with quantity and days of the medicine', async () => {
    const read = await post<Reading>('/sig/parse', {
      sig: '20 mg daily x3d then 10 mg daily x3d then 5 mg daily x3d',
      drugId: tablets,
    });
    expect(read.status).toBe(200);
    expect(read.body).toMatchObject({
      quantity: { amount: '105', unit: 'mg', baseUnits: '21' },
      days: 9,
      unread: [],
      warnings: [{ found: 'x3d', readAs: 'for 3 days' }],
    });
    expect(read.body.english).toContain('Then take 10 mg once daily for 3 days.');
    expect(read.body.arabic).toContain('ثم يؤخذ');
    const again = await post<Reading>('/sig/parse', { sig: '1 tab bid', drugId: tablets, quantity: '30' });
    expect(again.body).toMatchObject({ days: null, daysOfQuantity: 15 });
  });

  it('say what was not understood and what is dangerous', async () => {
    const read = await post<Reading>('/sig/parse', { sig: '1 gtt od, gently please' });
    expect(read.body.unread).toContain('gently please');
    expect(read.body.warnings).toMatchObject([{ found: 'od', readAs: null }]);
  });

  it('give a prescription its dose, unless it is stated, and are kept as they were understood', async () => {
    const made = await enter('1-2 tab po q6h prn pain mdd 6');
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      sig: '1-2 tab po q6h prn pain mdd 6',
      dose: { amount: '2', unit: 'tablet', frequencyPerDay: '3' },
      directions: {
        english:
          'Take 1 to 2 tablets by mouth every 6 hours as needed for pain. No more than 6 tablets in 24 hours.',
      },
    });
    const stated = await enter('1 tab bid', { dose: { amount: '5', unit: 'mg', frequencyPerDay: '2' } });
    expect(stated.body.dose).toEqual({ amount: '5', unit: 'mg', frequencyPerDay: '2' });
  });

  it('stay as written alone where a word has two meanings or nothing was understood', async () => {
    for (const sig of ['قرص ثلاث مرات يوميا', '1 tab od bid', 'see the leaflet'])
      expect((await enter(sig)).body).toMatchObject({ sig, dose: null, directions: null });
  });

  it('refuse what is no direction, with nothing changed', async () => {
    for (const body of [
      {},
      { sig: '' },
      { sig: 'x'.repeat(501) },
      { sig: 'a', drugId: '1' },
      { sig: 'a', more: 1 },
    ])
      expect((await post('/sig/parse', body)).status).toBe(400);
    expect((await post('/sig/parse', { sig: '1 tab', drugId: 2_000_000_000 })).status).toBe(404);
    for (const sig of ['__proto__ valueOf constructor toString', '\u202eabc\u2066', '"'.repeat(99)])
      expect((await post('/sig/parse', { sig })).status).toBe(200);
  });

  it('are held to their shape by the database', async () => {
    const { body } = await enter('1 tab bid');
    for (const structure of ['[]', '{"steps": []}', '{"steps": 1}', '"text"'])
      await expect(
        db.owner.query(
          'update operational.prescriptions set sig_structure = $2::jsonb where prescription_id = $1',
          [body.prescriptionId, structure],
        ),
      ).rejects.toMatchObject({ constraint: 'prescriptions_sig_structure_check' });
  });
});
