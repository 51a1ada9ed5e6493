// A refill before its day is an alert of screening: it stops, is answered with a coded reason by who may, and by nobody once for
// all. The API calls the refusal refill-too-soon.
import { describe, expect, it } from 'vitest';

import { aDrug } from '../builders/drug.js';
import { aLot, daysFromNow, discrepancies } from '../builders/lot.js';
import { aPatient } from '../builders/patient.js';
import { dispensedDaysAgo } from '../builders/prescription.js';
import { aWorldFor } from '../builders/world.js';
import { useGate, type Alert, type Filled } from '../support/gate.js';

interface TooSoon {
  status: number;
  type: string;
  params: { eligibleOn: string; alerts: (Alert & { stops: boolean })[]; notChecked: object[] };
}

describe('an early refill', () => {
  const { aPair, anOrder, db, get, me, post, stopOf } = useGate();

  /** A prescription of which a supply for thirty days was given ten days ago. */
  const supplied = async (): Promise<{ prescriptionId: number; refill: string }> => {
    const { drugId } = await aDrug(db, { ingredients: ['taken for long'] });
    await aLot(db, { branchId: me().branchId, drugId, quantity: '900' });
    const { prescriptionId } = await anOrder(drugId, await aPatient(db, me()));
    expect((await post(`/prescriptions/${prescriptionId}/fill`, { complete: true })).status).toBe(201);
    await dispensedDaysAgo(db, prescriptionId, 10);
    return { prescriptionId, refill: `/prescriptions/${prescriptionId}/refill` };
  };
  const tooSoon = async (path: string, body: object = {}) => {
    const refused = await post<TooSoon>(path, body);
    expect([refused.status, refused.body.type]).toEqual([422, '/problems/refill-too-soon']);
    return refused.body.params;
  };
  const answer = (alerts: readonly Alert[], reason: string, note = 'Travels for two months') => ({
    overrides: alerts.map(({ alertId }) => ({ alertId, reason, note })),
  });

  it('is refused by its name, with the alert an override must name; nothing is taken', async () => {
    const { prescriptionId, refill } = await supplied();
    const { eligibleOn, alerts } = await tooSoon(refill, { complete: true });
    // 23 of 30 days, three quarters rounded up, of which ten are over.
    expect(eligibleOn).toBe(daysFromNow(13));
    expect(alerts).toMatchObject([
      { kind: 'early_refill', severity: 'major', stops: true, ruleVersion: null },
    ]);
    const shown = await get<{ fills: object[]; alerts: Alert[]; pastAlerts: Alert[] }>(
      `/prescriptions/${prescriptionId}`,
    );
    expect(shown.body.fills).toHaveLength(1);
    // It is a finding about the refill that was asked for, not about the prescription.
    expect(shown.body.alerts).toEqual([]);
    expect(shown.body.pastAlerts).toMatchObject([{ kind: 'early_refill' }]);
  });

  it('is given for a coded reason by who may, and kept with the verdict; the next is asked about anew', async () => {
    const { prescriptionId, refill } = await supplied();
    const { alerts } = await tooSoon(refill, { complete: true });
    const away = answer(alerts, 'vacation_supply');
    const technician = await aWorldFor(db, 'technician', { branchId: me().branchId });
    expect((await post(refill, { complete: true, ...away }, technician)).status).toBe(403);
    const empty = await post(refill, { complete: true, ...answer(alerts, 'vacation_supply', 'ok....') });
    expect(empty.body).toMatchObject({ type: '/problems/override-reason-needed' });
    const given = await post<Filled>(refill, { complete: true, ...away });
    expect(given.status, JSON.stringify(given.body)).toBe(201);
    const kept = await get(`/fills/${given.body.fillId}/screening`);
    expect(kept.body).toMatchObject({
      matches: true,
      alerts: [{ kind: 'early_refill', overrides: [{ reason: 'vacation_supply', isRemembered: false }] }],
    });
    // The next one is another refill: the decision about this one is not remembered for it.
    expect((await tooSoon(refill, { complete: true })).alerts[0]?.alertId).not.toBe(alerts[0]?.alertId);
    // Nor is it remembered for the same one, once it was taken back.
    expect((await post(`/fills/${given.body.fillId}/reverse`)).status).toBe(200);
    await tooSoon(refill, { complete: true });
    await dispensedDaysAgo(db, prescriptionId, 23);
    expect((await post(refill, { complete: true })).status).toBe(201);
    expect(await discrepancies(db)).toEqual([]);
  });

  it('is answered by a reason in words as well, which is kept as such', async () => {
    const { refill } = await supplied();
    const given = await post<Filled>(refill, { earlyReason: 'Lost the bag at the station' });
    expect(given.status, JSON.stringify(given.body)).toBe(201);
    expect((await get(`/fills/${given.body.fillId}/screening`)).body).toMatchObject({
      alerts: [{ overrides: [{ reason: 'supply_agreed', note: 'Lost the bag at the station' }] }],
    });
    // In steps it was answered once and for all of them.
    for (const step of ['verify', 'ready', 'dispense'])
      expect((await post(`/fills/${given.body.fillId}/${step}`)).status).toBe(200);
    expect((await get(`/fills/${given.body.fillId}/screening`)).body).toMatchObject({
      purpose: 'dispense',
      matches: true,
      alerts: [{ kind: 'early_refill' }],
    });
  });

  it('has reasons that answer nothing else, and stands beside other stops', async () => {
    const pair = await aPair('major');
    const { prescriptionId } = await anOrder(pair.own, pair.patientId);
    const at = `/prescriptions/${prescriptionId}`;
    const stops = await stopOf(`${at}/fill`);
    expect((await post(`${at}/fill`, answer(stops, 'vacation_supply'))).body).toMatchObject({
      status: 422,
      type: '/problems/override-reason-unfit',
      errors: [{ pointer: '/overrides/0/reason' }],
    });
    await db.owner.query('update operational.branches set override_memory_days = 0 where branch_id = $1', [
      me().branchId,
    ]);
    const fill = { complete: true, ...answer(stops, 'prescriber_consulted') };
    expect((await post(`${at}/fill`, fill)).status).toBe(201);
    const { alerts } = await tooSoon(`${at}/refill`, { complete: true });
    expect(alerts.map(({ kind }) => kind).sort()).toEqual(['early_refill', 'interaction']);
    const early = alerts.filter(({ kind }) => kind === 'early_refill');
    // Answered for its part, it leaves the other stop.
    const left = await stopOf(`${at}/refill`, { complete: true, ...answer(early, 'lost_or_damaged') });
    expect(left.map(({ kind }) => kind)).toEqual(['interaction']);
    const both = [
      ...answer(early, 'lost_or_damaged').overrides,
      ...answer(left, 'prescriber_consulted').overrides,
    ];
    expect((await post(`${at}/refill`, { complete: true, overrides: both })).status).toBe(201);
  });
});
