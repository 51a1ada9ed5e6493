import { beforeAll, expect } from 'vitest';

import { anInteractionRule } from '../builders/clinical.js';
import { aDrug } from '../builders/drug.js';
import { aLot } from '../builders/lot.js';
import { aPatient } from '../builders/patient.js';
import { aPrescription } from '../builders/prescription.js';
import { aTillShift } from '../builders/sale.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from './app.js';

export interface Alert {
  alertId: number;
  kind: string;
  severity: string;
  ruleVersion: number | null;
}
export interface Stop {
  status: number;
  type: string;
  params: { alerts: Alert[] };
}
export interface Filled {
  fillId: number;
  status: string;
  rememberedOverrides: { overrideId: number; note: string }[];
}

/** Answers to alerts, each with the same reason. */
export const override = (alerts: readonly Alert[], note = 'Prescriber was called and agrees') =>
  alerts.map(({ alertId }) => ({ alertId, reason: 'prescriber_consulted', note }));

/** The server, a pharmacist with an open till, and products under a rule. Use the answer inside tests only. */
export function useGate() {
  const { db, call } = useTestApp();
  let pharmacist: World;
  let serial = 0;
  beforeAll(async () => {
    pharmacist = await aWorldFor(db, 'pharmacist');
    await aTillShift(db, pharmacist);
  });
  const me = (): World => pharmacist;
  const post = <Body = Record<string, unknown>>(path: string, body: unknown = undefined, world = me()) =>
    call<Body>('POST', path, { token: world.token, body });
  const get = <Body = Record<string, unknown>>(path: string, world = me()) =>
    call<Body>('GET', path, { token: world.token });

  /** A pair of products under a rule, both in stock, and a patient who takes the second. */
  const aPair = async (severity: 'contraindicated' | 'major' | 'moderate' = 'major') => {
    serial += 1;
    const own = await aDrug(db, { ingredients: [`gate own ${serial}`] });
    const other = await aDrug(db, { ingredients: [`gate other ${serial}`] });
    for (const { drugId } of [own, other])
      await aLot(db, { branchId: me().branchId, drugId, quantity: '900' });
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
      patientId: await aPatient(db, me(), { takes: [other.drugId] }),
    };
  };
  const anOrder = (drugId: number, patientId: number, values: object = {}) =>
    aPrescription(db, me(), { drugId, patientId, refillsAuthorized: 3, ...values });
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
  return { db, me, post, get, aPair, anOrder, stopOf, fillsOf };
}
