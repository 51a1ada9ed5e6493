// Nothing leaves without a screening of exactly that content: stale verdicts, allergies and rules that came in between,
// forged identities, an engine that fails, and plain SQL are all tried. And every verdict can be given again.
import { beforeAll, describe, expect, it } from 'vitest';

import { anInteractionRule } from '../builders/clinical.js';
import { aDrug } from '../builders/drug.js';
import { aLot, discrepancies } from '../builders/lot.js';
import { aPatient } from '../builders/patient.js';
import { aPrescription, dispensedDaysAgo } from '../builders/prescription.js';
import { aTillShift } from '../builders/sale.js';
import { aStepUp, aWorldFor, signedInLongAgo, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';
import { connectAs } from '../support/db.js';

interface Alert {
  alertId: number;
  kind: string;
  severity: string;
  ruleVersion: number | null;
}
interface Stop {
  status: number;
  type: string;
  params: { alerts: Alert[] };
}
interface Filled {
  fillId: number;
  status: string;
  rememberedOverrides: { overrideId: number; note: string }[];
}

describe('the gate of screening', () => {
  const { db, call } = useTestApp();
  let me: World;
  let serial = 0;
  beforeAll(async () => {
    me = await aWorldFor(db, 'pharmacist');
    await aTillShift(db, me);
  });
  const post = <Body = Record<string, unknown>>(path: string, body: unknown = undefined, world = me) =>
    call<Body>('POST', path, { token: world.token, body });
  const get = <Body = Record<string, unknown>>(path: string, world = me) =>
    call<Body>('GET', path, { token: world.token });

  /** A pair of products under a rule, both in stock, and a patient who takes the second. */
  const aPair = async (severity: 'contraindicated' | 'major' | 'moderate' = 'major') => {
    serial += 1;
    const own = await aDrug(db, { ingredients: [`gate own ${serial}`] });
    const other = await aDrug(db, { ingredients: [`gate other ${serial}`] });
    for (const { drugId } of [own, other]) await aLot(db, { branchId: me.branchId, drugId, quantity: '900' });
    const sides = [{ ingredientId: own.ingredientIds[0] }, { ingredientId: other.ingredientIds[0] }] as const;
    const ruleId = await anInteractionRule(db, ...sides, severity);
    return {
      own: own.drugId,
      other: other.drugId,
      ruleId,
      /** Publishes the next version of the rule. */
      nextVersion: async (next: 'contraindicated' | 'major' | 'moderate', version = 2) => {
        await db.owner.query(
          'update reference.drug_interactions set valid_to = now() where valid_to is null and code = (select code from reference.drug_interactions where id = $1)',
          [ruleId],
        );
        return anInteractionRule(db, ...sides, next, version);
      },
      patientId: await aPatient(db, me, { takes: [other.drugId] }),
    };
  };
  const anOrder = (drugId: number, patientId: number, values: object = {}) =>
    aPrescription(db, me, { drugId, patientId, refillsAuthorized: 3, ...values });
  const override = (alerts: readonly Alert[], note = 'Prescriber was called and agrees') =>
    alerts.map(({ alertId }) => ({ alertId, reason: 'prescriber_consulted', note }));
  const stopOf = async (path: string, body: object = {}): Promise<Alert[]> => {
    const refused = await post<Stop>(path, body);
    expect([refused.status, refused.body.type]).toEqual([422, '/problems/screening-stop']);
    return refused.body.params.alerts;
  };
  const fillsOf = async (prescriptionId: number): Promise<number> =>
    (
      await db.owner.query<{ n: number }>(
        'select count(*)::int as n from operational.fills where prescription_id = $1',
        [prescriptionId],
      )
    ).rows[0]?.n ?? -1;

  it('asks for the password again for a contraindicated finding, once for each command', async () => {
    const pair = await aPair('contraindicated');
    const rx = await anOrder(pair.own, pair.patientId);
    const at = `/prescriptions/${rx.prescriptionId}/fill`;
    const overrides = override(await stopOf(at, { complete: true }));
    const colleague = await aWorldFor(db, 'pharmacist', { branchId: me.branchId });
    const good = await aStepUp(db, me);
    await signedInLongAgo(db, me);
    for (const stepUp of [
      undefined,
      'made up',
      await aStepUp(db, me, { expired: true }),
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
    const answer = { overrides: override(stops), stepUp: await aStepUp(db, me) };
    expect((await post(`/fills/${fillId}/dispense`, answer)).body).toMatchObject({ status: 'dispensed' });
    expect(await discrepancies(db)).toEqual([]);
  });

  it('takes no override of what was shown before a rule was published anew', async () => {
    const pair = await aPair('major');
    const rx = await anOrder(pair.own, pair.patientId);
    const at = `/prescriptions/${rx.prescriptionId}/fill`;
    const stale = override(await stopOf(at));
    await pair.nextVersion('contraindicated');
    const refused = await post<Stop>(at, { overrides: stale, stepUp: await aStepUp(db, me) });
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
      me.branchId,
    ]);
    await stopOf(`/prescriptions/${third.prescriptionId}/fill`);
    await db.owner.query('update operational.branches set override_memory_days = 180 where branch_id = $1', [
      me.branchId,
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
      const asMe = `select set_config('app.branches', '${me.branchId}', true), set_config('app.user_id', '${me.userId}', true)`;
      const attempt = async (before: string): Promise<unknown> => {
        await app.query('begin');
        await app.query(asMe);
        try {
          if (before !== '') await app.query(before);
          return await app.query(
            `update operational.fills set status = 'verified', verified_by = ${me.userId}, verified_at = now() where fill_id = ${fillId}`,
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

  it('screens what a known patient buys over the counter, and nobody else', async () => {
    const pair = await aPair('major');
    const sale = {
      items: [{ drugId: pair.own, quantity: '1' }],
      payments: [{ method: 'cash', amount: '100.00' }],
    };
    expect((await post('/sales', sale)).body).toMatchObject({ alerts: [], notChecked: [] });
    const known = { ...sale, patientId: pair.patientId };
    const stops = await stopOf('/sales', known);
    expect(stops).toMatchObject([{ kind: 'interaction', severity: 'major' }]);
    const cashier = await aWorldFor(db, 'cashier', { branchId: me.branchId });
    await aTillShift(db, cashier);
    expect((await post('/sales', { ...known, overrides: override(stops) }, cashier)).status).toBe(403);
    expect((await post('/sales', { ...known, overrides: override(stops, 'n/a') })).body).toMatchObject({
      type: '/problems/override-reason-needed',
    });
    const sold = await post<{ saleId: number; alerts: Alert[] }>('/sales', {
      ...known,
      overrides: override(stops),
    });
    expect(sold.status, JSON.stringify(sold.body)).toBe(201);
    expect(sold.body.alerts).toMatchObject([{ severity: 'major' }]);
    const { rows } = await db.owner.query(
      `select s.purpose, o.reason from operational.screenings s join operational.alert_overrides o using (sale_id) where s.sale_id = $1`,
      [sold.body.saleId],
    );
    expect(rows).toEqual([{ purpose: 'sale', reason: 'prescriber_consulted' }]);
    expect(await discrepancies(db)).toEqual([]);
  });

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

  it('says before a rule is kept what it would have fired in the last months, and keeps nothing', async () => {
    const world = await aWorldFor(db, 'pharmacist');
    const one = await aDrug(db, { ingredients: ['preview one'] });
    const other = await aDrug(db, { ingredients: ['preview other'] });
    for (const takes of [[other.drugId], [other.drugId], []]) {
      await aLot(db, { branchId: world.branchId, drugId: one.drugId, quantity: '100' });
      const patientId = await aPatient(db, world, { takes });
      const { prescriptionId } = await aPrescription(db, world, { drugId: one.drugId, patientId });
      expect((await post(`/prescriptions/${prescriptionId}/fill`, {}, world)).status).toBe(201);
    }
    const rule = {
      code: 'preview:pair',
      a: { ingredientId: one.ingredientIds[0] },
      b: { ingredientId: other.ingredientIds[0] },
      severity: 'major',
      description: 'Harm.',
      management: 'Avoid.',
      evidence: 'probable',
      source: 'test source',
    };
    const preview = await post('/clinical/interactions/preview', rule, world);
    expect(preview.body).toMatchObject({
      months: 12,
      judged: 3,
      isComplete: true,
      before: null,
      after: { screenings: 2, patients: 2, stops: 2 },
      examples: [expect.stringContaining('Harm.') as unknown],
    });
    const listed = await get<{ data: object[] }>('/clinical/interactions?q=preview:pair', world);
    expect(listed.body.data).toEqual([]);
    const made = await post<{ id: number }>('/clinical/interactions', rule, world);
    expect(made.status).toBe(201);
    const at = `/clinical/interactions/${made.body.id}/preview`;
    expect((await post(at, { version: 1, severity: 'minor' }, world)).body).toMatchObject({
      before: { screenings: 2, stops: 2 },
      after: { screenings: 2, stops: 0 },
      examples: [],
    });
    // It meets the refusals keeping it would meet.
    expect((await post('/clinical/interactions/preview', rule, world)).status).toBe(409);
    expect((await post(at, { version: 7, severity: 'minor' }, world)).status).toBe(409);
    const dose = {
      subject: { ingredientId: one.ingredientIds[0] },
      maxDurationDays: 7,
      unit: 'mg',
      message: 'Seven days.',
      source: 'test source',
    };
    expect((await post('/clinical/dosage-guidelines/preview', dose, world)).body).toMatchObject({
      after: { screenings: 3, patients: 3, stops: 0 },
    });
    const cashier = await aWorldFor(db, 'cashier');
    expect((await post('/clinical/interactions/preview', rule, cashier)).status).toBe(403);
  });

  it('tells of a product on the shelf that may be taken for the one asked about, and stops nothing', async () => {
    const world = await aWorldFor(db, 'pharmacist');
    const stocked = async (name: string): Promise<number> => {
      const { drugId } = await aDrug(db, { name, ingredients: [`of ${name}`] });
      await aLot(db, { branchId: world.branchId, drugId, quantity: '9' });
      return drugId;
    };
    const [own] = [await stocked('Celebrex 200 mg'), await stocked('Cerebyx'), await stocked('Augmentin')];
    const check = await post<{ alerts: (Alert & { message: string; stops: boolean })[] }>(
      '/clinical/check',
      { patient: { allergies: [] }, drugs: [{ drugId: own }] },
      world,
    );
    expect(check.body.alerts).toMatchObject([{ kind: 'look_alike', severity: 'minor', stops: false }]);
    expect(check.body.alerts[0]?.message).toMatch(/ceLEBREx .* ceREBYx/);
  });

  it('reports how often each rule is overridden, and by whom, as JSON and CSV', async () => {
    const world = await aWorldFor(db, 'pharmacist');
    const pair = await aPair('major');
    await aLot(db, { branchId: world.branchId, drugId: pair.own, quantity: '900' });
    for (const heeded of [true, false]) {
      const patientId = await aPatient(db, world, { takes: [pair.other] });
      const { prescriptionId } = await aPrescription(db, world, { drugId: pair.own, patientId });
      const refused = await post<Stop>(`/prescriptions/${prescriptionId}/fill`, {}, world);
      const overrides = override(refused.body.params.alerts);
      if (!heeded)
        expect((await post(`/prescriptions/${prescriptionId}/fill`, { overrides }, world)).status).toBe(201);
    }
    const report = await get<{ rules: object[]; users: object[] }>('/reports/overrides', world);
    expect(report.body.rules).toMatchObject([
      { kind: 'interaction', severity: 'major', raised: 2, overridden: 1, users: 1, ratePercent: '50.0' },
    ]);
    expect(report.body.users).toMatchObject([
      { userId: world.userId, overridden: 1, contraindicated: 0, commonReason: 'prescriber_consulted' },
    ]);
    const csv = await get<string>('/reports/overrides?format=csv&by=user', world);
    expect(String(csv.headers['content-type'])).toContain('text/csv');
    expect(csv.body.split('\n')[0]).toContain('userId,userName,overridden');
    const cashier = await aWorldFor(db, 'cashier');
    expect((await get('/reports/overrides', cashier)).status).toBe(403);
    expect((await get('/reports/overrides?from=2026-02-02&to=2026-01-01', world)).status).toBe(400);
  });
});
