// Every verdict can be given again, whatever was changed since.
import { describe, expect, it } from 'vitest';

import { daysFromNow } from '../builders/lot.js';
import { aPrescriber } from '../builders/patient.js';
import { aWorldFor } from '../builders/world.js';
import { override, useGate, type Alert, type Filled } from '../support/gate.js';

describe('a verdict kept', () => {
  const { aPair, anOrder, db, get, post, stopOf } = useGate();

  it('gives the verdict of a fill again after its rules, products and groups changed, with the same hash', async () => {
    const pair = await aPair('major');
    const rx = await anOrder(pair.own, pair.patientId);
    const at = `/prescriptions/${rx.prescriptionId}/fill`;
    const overrides = override(await stopOf(at));
    const { fillId } = (await post<Filled>(at, { complete: true, overrides })).body;
    interface Replay {
      matches: boolean;
      verdictSha256: string;
      replayVerdictSha256: string;
      contentSha256: string;
      rules: { id: number; version: number }[];
      alerts: (Alert & { overrides: object[] })[];
    }
    const before = await get<Replay>(`/fills/${fillId}/screening`);
    expect(before.status, JSON.stringify(before.body)).toBe(200);
    expect(before.body).toMatchObject({
      matches: true,
      purpose: 'fill',
      rules: [{ id: pair.ruleId, version: 1 }],
      alerts: [{ severity: 'major', ruleVersion: 1, overrides: [{ reason: 'prescriber_consulted' }] }],
    });
    expect(before.body.replayVerdictSha256).toBe(before.body.verdictSha256);
    await pair.nextVersion('moderate');
    await db.owner.query(
      `update reference.drugs set name = name || ' renamed', route = null where drug_id = $1`,
      [pair.own],
    );
    await db.owner.query('update reference.drug_ingredients set ingredient_id = null where drug_id = $1', [
      pair.own,
    ]);
    await db.owner.query(
      'update operational.patient_medications set ended_on = current_date - 1 where patient_id = $1',
      [pair.patientId],
    );
    const after = await get<Replay>(`/fills/${fillId}/screening`);
    expect(after.body).toEqual(before.body);
    // An altered verdict shows.
    await db.owner.query('alter table operational.screenings disable trigger user');
    await db.owner.query(
      `update operational.screenings set facts = jsonb_set(facts, '{today}', '"2020-01-01"') where fill_id = $1`,
      [fillId],
    );
    await db.owner.query('alter table operational.screenings enable trigger user');
    expect((await get<Replay>(`/fills/${fillId}/screening`)).body.matches).toBe(false);
    const elsewhere = await aWorldFor(db, 'pharmacist');
    expect((await get(`/fills/${fillId}/screening`, elsewhere)).status).toBe(404);
  });

  it('gives the verdict of an entry again after its rules and products changed, with the same hash', async () => {
    const pair = await aPair('major');
    const entered = await post<{ prescriptionId: number; alerts: Alert[] }>('/prescriptions', {
      patientId: pair.patientId,
      drugId: pair.own,
      prescriberId: await aPrescriber(db),
      quantity: '10',
      daysSupply: 5,
      sig: '1 tablet twice daily',
      dose: { amount: '1', unit: 'tablet', frequencyPerDay: '2' },
      prescribedDate: daysFromNow(0),
    });
    expect(entered.status, JSON.stringify(entered.body)).toBe(201);
    const at = `/prescriptions/${entered.body.prescriptionId}/screening`;
    interface Replay {
      matches: boolean;
      verdictSha256: string;
      replayVerdictSha256: string;
    }
    const before = await get<Replay>(at);
    expect(before.status, JSON.stringify(before.body)).toBe(200);
    expect(before.body).toMatchObject({
      matches: true,
      purpose: 'entry',
      prescriptionId: entered.body.prescriptionId,
      rules: [{ id: pair.ruleId, version: 1 }],
      alerts: [{ severity: 'major', ruleVersion: 1, stops: true }],
    });
    expect(before.body.replayVerdictSha256).toBe(before.body.verdictSha256);
    await pair.nextVersion('moderate');
    await db.owner.query(`update reference.drugs set name = name || ' renamed' where drug_id = $1`, [
      pair.own,
    ]);
    await db.owner.query('update operational.prescriptions set dose_amount = 3 where prescription_id = $1', [
      entered.body.prescriptionId,
    ]);
    expect((await get<Replay>(at)).body).toEqual(before.body);
    // What is shown of the prescription is of today.
    const shown = await get<{ alerts: Alert[] }>(`/prescriptions/${entered.body.prescriptionId}`);
    expect(shown.body.alerts).toMatchObject([{ severity: 'moderate', ruleVersion: 2 }]);
    const elsewhere = await aWorldFor(db, 'pharmacist');
    expect((await get(at, elsewhere)).status).toBe(404);
    // One that was entered past validation, or before verdicts were kept, has none.
    const rx = await anOrder(pair.own, pair.patientId);
    expect((await get(`/prescriptions/${rx.prescriptionId}/screening`)).status).toBe(404);
    const { rows } = await db.owner.query<{ n: number }>(
      `select count(*)::int as n from operational.audit_logs where action = 'read' and table_name = 'patients' and row_key = $1 and after is null`,
      [String(pair.patientId)],
    );
    expect(rows[0]?.n).toBe(2);
  });
});
