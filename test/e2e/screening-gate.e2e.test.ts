// Nothing leaves without a screening of exactly that content: stale verdicts, allergies and rules that came in between,
// forged identities, an engine that fails, and plain SQL are all tried.
import { describe, expect, it } from 'vitest';

import { discrepancies } from '../builders/lot.js';
import { dispensedDaysAgo } from '../builders/prescription.js';
import { aStepUp, aWorldFor, signedInLongAgo } from '../builders/world.js';
import { connectAs } from '../support/db.js';
import { override, useGate, type Alert, type Filled, type Stop } from '../support/gate.js';

interface Shown {
  alerts: {
    raisedAt: string;
    overrides: {
      note: string;
      reason: string;
      fillId: number;
      isRemembered: boolean;
      overriddenBy: string | null;
      rememberedFrom: object | null;
    }[];
  }[];
  rememberedOverrides: object[];
}

describe('the gate of screening', () => {
  const { aPair, anOrder, db, fillsOf, get, me, post, stopOf } = useGate();

  it('asks for the password again for a contraindicated finding, once for each command', async () => {
    const pair = await aPair('contraindicated');
    const rx = await anOrder(pair.own, pair.patientId);
    const at = `/prescriptions/${rx.prescriptionId}/fill`;
    const overrides = override(await stopOf(at, { complete: true }));
    const colleague = await aWorldFor(db, 'pharmacist', { branchId: me().branchId });
    const good = await aStepUp(db, me());
    await signedInLongAgo(db, me());
    for (const stepUp of [
      undefined,
      'made up',
      await aStepUp(db, me(), { expired: true }),
      await aStepUp(db, colleague),
    ])
      expect((await post(at, { complete: true, overrides, stepUp })).body).toMatchObject({
        status: 403,
        type: '/problems/step-up-required',
      });
    expect(await fillsOf(rx.prescriptionId)).toBe(0);
    expect((await post(at, { complete: true, overrides, stepUp: good })).status).toBe(201);
    // The same token does not serve a second command, and a contraindicated finding is never remembered.
    const second = await anOrder(pair.own, pair.patientId);
    const again = `/prescriptions/${second.prescriptionId}/fill`;
    const answer = { complete: true, overrides: override(await stopOf(again)), stepUp: good };
    expect((await post(again, answer)).body).toMatchObject({ type: '/problems/step-up-required' });
    const refill = `/prescriptions/${rx.prescriptionId}/refill`;
    await dispensedDaysAgo(db, rx.prescriptionId, 30);
    expect((await stopOf(refill)).map(({ severity }) => severity)).toEqual(['contraindicated']);
  });

  it('screens at each step: an allergy recorded after verifying stops the handing over', async () => {
    const pair = await aPair('moderate');
    const rx = await anOrder(pair.own, pair.patientId);
    const { fillId } = (await post<Filled>(`/prescriptions/${rx.prescriptionId}/fill`, {})).body;
    expect((await post(`/fills/${fillId}/verify`)).status).toBe(200);
    expect((await post(`/fills/${fillId}/ready`)).status).toBe(200);
    const { rows } = await db.owner.query<{ id: number }>(
      'select ingredient_id as id from reference.drug_ingredients where drug_id = $1',
      [pair.own],
    );
    const recorded = await post(`/patients/${pair.patientId}/allergies`, { ingredientId: rows[0]?.id });
    expect(recorded.status).toBe(201);
    const stops = await stopOf(`/fills/${fillId}/dispense`);
    expect(stops.map(({ kind }) => kind)).toEqual(['allergy']);
    expect((await get(`/fills/${fillId}`)).body).toMatchObject({ status: 'ready' });
    const answer = { overrides: override(stops), stepUp: await aStepUp(db, me()) };
    expect((await post(`/fills/${fillId}/dispense`, answer)).body).toMatchObject({ status: 'dispensed' });
    expect(await discrepancies(db)).toEqual([]);
  });

  it('takes no override of what was shown before a rule was published anew', async () => {
    const pair = await aPair('major');
    const rx = await anOrder(pair.own, pair.patientId);
    const at = `/prescriptions/${rx.prescriptionId}/fill`;
    const stale = override(await stopOf(at));
    await pair.nextVersion('contraindicated');
    const refused = await post<Stop>(at, { overrides: stale, stepUp: await aStepUp(db, me()) });
    expect(refused.body.type).toBe('/problems/screening-stop');
    expect(refused.body.params.alerts).toMatchObject([{ severity: 'contraindicated', ruleVersion: 2 }]);
    expect(await fillsOf(rx.prescriptionId)).toBe(0);
  });

  it('stops what was only shown before, once a rule makes it a stop', async () => {
    const pair = await aPair('moderate');
    const rx = await anOrder(pair.own, pair.patientId);
    expect((await get<{ alerts: Alert[] }>(`/prescriptions/${rx.prescriptionId}`)).body.alerts).toMatchObject(
      [{ severity: 'moderate', ruleVersion: 1 }],
    );
    await pair.nextVersion('major');
    expect(await stopOf(`/prescriptions/${rx.prescriptionId}/fill`, { complete: true })).toMatchObject([
      { severity: 'major', ruleVersion: 2 },
    ]);
  });

  it('remembers an override of the same finding and dose, and no other', async () => {
    const pair = await aPair('major');
    const rx = await anOrder(pair.own, pair.patientId);
    const fill = `/prescriptions/${rx.prescriptionId}/fill`;
    const overrides = override(await stopOf(fill), 'INR is checked weekly');
    expect((await post(fill, { complete: true, overrides })).status).toBe(201);
    await dispensedDaysAgo(db, rx.prescriptionId, 29);
    const refill = `/prescriptions/${rx.prescriptionId}/refill`;
    const again = await post<Filled>(refill, { complete: true });
    expect(again.status, JSON.stringify(again.body)).toBe(201);
    expect(again.body.rememberedOverrides).toMatchObject([{ note: 'INR is checked weekly' }]);
    // Whoever verifies sees both: the decision, and that it was remembered the second time.
    const { body: shown } = await get<Shown>(`/prescriptions/${rx.prescriptionId}`);
    const decision = { reason: 'prescriber_consulted', note: 'INR is checked weekly' };
    expect(shown.rememberedOverrides).toMatchObject([
      { ...decision, fillId: again.body.fillId, kind: 'interaction', severity: 'major' },
    ]);
    expect(shown.alerts[0]?.overrides).toMatchObject([
      { ...decision, isRemembered: false, rememberedFrom: null },
      {
        ...decision,
        isRemembered: true,
        fillId: again.body.fillId,
        rememberedFrom: {
          overriddenBy: shown.alerts[0]?.overrides[0]?.overriddenBy,
          overriddenAt: expect.any(String) as string,
        },
      },
    ]);
    expect(Number.isNaN(Date.parse(shown.alerts[0]?.raisedAt ?? ''))).toBe(false);
    // Another dose of it, by another prescription, is asked about.
    await db.owner.query(
      'update operational.fills set dispensed_on = dispensed_on - 60 where prescription_id = $1',
      [rx.prescriptionId],
    );
    await db.owner.query(
      `update operational.prescriptions set status = 'cancelled' where prescription_id = $1`,
      [rx.prescriptionId],
    );
    const other = await anOrder(pair.own, pair.patientId);
    await db.owner.query(
      `update operational.prescriptions set dose_amount = 2, dose_unit = 'tablet', frequency_per_day = 2 where prescription_id = $1`,
      [other.prescriptionId],
    );
    await stopOf(`/prescriptions/${other.prescriptionId}/fill`);
    // So is the same dose by another version of the rule, and everything where the branch remembers nothing.
    const third = await anOrder(pair.own, pair.patientId);
    await db.owner.query(
      `update operational.prescriptions set status = 'cancelled' where prescription_id = $1`,
      [other.prescriptionId],
    );
    await db.owner.query('update operational.branches set override_memory_days = 0 where branch_id = $1', [
      me().branchId,
    ]);
    await stopOf(`/prescriptions/${third.prescriptionId}/fill`);
    await db.owner.query('update operational.branches set override_memory_days = 180 where branch_id = $1', [
      me().branchId,
    ]);
    expect((await post(`/prescriptions/${third.prescriptionId}/fill`, {})).status).toBe(201);
    await pair.nextVersion('major');
    const fourth = await anOrder(pair.own, pair.patientId);
    await stopOf(`/prescriptions/${fourth.prescriptionId}/fill`);
  });

  it('lets nothing leave when the engine fails', async () => {
    const pair = await aPair('moderate');
    const rx = await anOrder(pair.own, pair.patientId);
    const { fillId } = (await post<Filled>(`/prescriptions/${rx.prescriptionId}/fill`, {})).body;
    await db.owner.query('revoke select on reference.rule_changes from pharmacy_app');
    try {
      expect((await post(`/fills/${fillId}/verify`)).status).toBe(500);
      expect(
        (await post(`/prescriptions/${rx.prescriptionId}/refill`, { complete: true })).status,
      ).toBeGreaterThan(400);
      const sale = {
        patientId: pair.patientId,
        items: [{ drugId: pair.own, quantity: '1' }],
        payments: [{ method: 'cash', amount: '100.00' }],
      };
      expect((await post('/sales', sale)).status).toBe(500);
    } finally {
      await db.owner.query('grant select on reference.rule_changes to pharmacy_app');
    }
    expect((await get(`/fills/${fillId}`)).body).toMatchObject({ status: 'in_progress' });
    expect((await post(`/fills/${fillId}/verify`)).status).toBe(200);
  });

  it('holds in the database: plain SQL verifies and dispenses nothing without a screening of that moment', async () => {
    const pair = await aPair('major');
    const rx = await anOrder(pair.own, pair.patientId);
    const at = `/prescriptions/${rx.prescriptionId}/fill`;
    const { fillId } = (await post<Filled>(at, { overrides: override(await stopOf(at)) })).body;
    const app = await connectAs(db, 'pharmacy_app');
    try {
      const asMe = `select set_config('app.branches', '${me().branchId}', true), set_config('app.user_id', '${me().userId}', true)`;
      const attempt = async (before: string): Promise<unknown> => {
        await app.query('begin');
        await app.query(asMe);
        try {
          if (before !== '') await app.query(before);
          return await app.query(
            `update operational.fills set status = 'verified', verified_by = ${me().userId}, verified_at = now() where fill_id = ${fillId}`,
          );
        } finally {
          await app.query('rollback');
        }
      };
      await expect(attempt('')).rejects.toMatchObject({ code: 'MD010' });
      // Nor with a copy of an old screening, nor with one whose stop was overridden for another fill.
      const copy = (verdict: string, drug = 'drug_id') => `
        insert into operational.screenings (branch_id, patient_id, purpose, prescription_id, fill_id, drug_id, facts, knowledge, rule_ids, verdict,
          content_sha256, verdict_sha256, engine)
        select branch_id, patient_id, 'verify', prescription_id, fill_id, ${drug}, facts, knowledge, rule_ids, ${verdict}, content_sha256, verdict_sha256, engine
        from operational.screenings where fill_id = ${fillId} limit 1`;
      await expect(
        attempt(copy(`jsonb_set(verdict, '{alerts,0,identity}', '"something else"')`)),
      ).rejects.toMatchObject({ code: 'MD010' });
      await expect(attempt(copy('verdict', `${pair.other}`))).rejects.toMatchObject({ code: 'MD010' });
      await expect(
        app.query(`update operational.screenings set verdict = '{"alerts": []}' where fill_id = ${fillId}`),
      ).rejects.toMatchObject({ code: '42501' });
    } finally {
      await app.end();
    }
  });

  it('publishes a rule before a dispensing or after it, never in between', async () => {
    const pair = await aPair('moderate');
    const rx = await anOrder(pair.own, pair.patientId);
    const { fillId } = (await post<Filled>(`/prescriptions/${rx.prescriptionId}/fill`, {})).body;
    const writer = await connectAs(db, 'meditory_owner');
    try {
      await writer.query('begin');
      await writer.query(
        `update reference.drug_interactions set valid_to = now() where valid_to is null and id = ${pair.ruleId}`,
      );
      // Not published yet: the verdict is by the rule as it stands.
      expect((await post(`/fills/${fillId}/verify`)).body).toMatchObject({ status: 'verified' });
      const holder = await connectAs(db, 'pharmacy_app');
      await holder.query('begin');
      await holder.query('select pg_advisory_xact_lock_shared(1381321797)');
      let isPublished = false;
      const publishing = writer.query('commit').then(() => (isPublished = true));
      await new Promise((resolve) => setTimeout(resolve, 150));
      expect(isPublished).toBe(false);
      await holder.query('commit');
      await publishing;
      await holder.end();
    } finally {
      await writer.end();
    }
  });
});
