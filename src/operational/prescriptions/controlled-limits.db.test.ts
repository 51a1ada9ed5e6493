// The tables the database refuses by say what the rules of the programs say, and it refuses whatever the programs believe.
import { describe, expect, it } from 'vitest';

import { aDrug } from '../../../test/builders/drug.js';
import { daysFromNow } from '../../../test/builders/lot.js';
import { aPatient } from '../../../test/builders/patient.js';
import { aPrescription } from '../../../test/builders/prescription.js';
import { aWorldFor, type World } from '../../../test/builders/world.js';
import { useTestDatabase } from '../../../test/support/db.js';
import { controlledRule, JURISDICTIONS, SCHEDULES } from './controlled-rules.domain.js';

describe('limits of controlled medicines in the database', () => {
  const db = useTestDatabase();

  const at = async (jurisdiction: 'US' | 'EG' | 'none'): Promise<World> => {
    const world = await aWorldFor(db, 'pharmacist');
    await db.owner.query('update operational.branches set jurisdiction = $2 where branch_id = $1', [
      world.branchId,
      jurisdiction,
    ]);
    return world;
  };
  /** A fill by plain SQL, past the programs. */
  const fill = (
    world: World,
    rx: { prescriptionId: number },
    values: {
      drugId: number;
      quantity: string;
      days: number;
      part?: number;
      reason?: string;
      hoursAgo?: number;
    },
  ): Promise<unknown> =>
    db.owner.query(
      `insert into operational.fills (branch_id, prescription_id, fill_number, part_number, drug_id, quantity, days_supply, unit_price, price,
         filled_by, screening, partial_reason, filled_at)
       values ($1, $2, 0, $3, $4, $5, $6, 1, 1, $7, '{}', $8, now() - make_interval(secs => $9::float8 * 3600))`,
      [
        world.branchId,
        rx.prescriptionId,
        values.part ?? 1,
        values.drugId,
        values.quantity,
        values.days,
        world.userId,
        values.reason ?? null,
        values.hoursAgo ?? 0,
      ],
    );

  it('are those of the programs, row by row', async () => {
    const { rows } = await db.owner.query<Record<string, unknown>>(
      `select s.jurisdiction, s.schedule, s.collector_identity, s.two_persons, s.rest, s.cap_period_days, s.cap_days_supply, s.cap_times,
         coalesce((select jsonb_object_agg(l.reason, jsonb_strip_nulls(jsonb_build_object('hoursFromPart', l.hours_from_part, 'daysFromWritten', l.days_from_written)))
           from operational.controlled_rest_limits l where l.jurisdiction = s.jurisdiction and l.schedule = s.schedule), '{}') as limits
       from operational.controlled_schedules s order by 1, 2`,
    );
    const expected = JURISDICTIONS.flatMap((jurisdiction) =>
      SCHEDULES.flatMap((schedule) => {
        const rule = controlledRule(jurisdiction, schedule);
        if (!rule) return [];
        const { cap } = rule;
        return {
          jurisdiction,
          schedule,
          collector_identity: rule.collectorIdentity,
          two_persons: rule.twoPersons,
          rest: typeof rule.rest === 'string' ? rule.rest : 'limited',
          cap_period_days: cap?.periodDays ?? null,
          cap_days_supply: cap && 'maxDaysSupply' in cap ? cap.maxDaysSupply : null,
          cap_times: cap && 'timesOncePerPrescription' in cap ? cap.timesOncePerPrescription : null,
          limits: typeof rule.rest === 'string' ? {} : rule.rest,
        };
      }),
    );
    const key = (row: Record<string, unknown>): string =>
      `${String(row.jurisdiction)} ${String(row.schedule)}`;
    expect(rows.toSorted((a, b) => (key(a) < key(b) ? -1 : 1))).toEqual(
      expected.toSorted((a, b) => (key(a) < key(b) ? -1 : 1)),
    );
  });

  it('refuse the rest of schedule II after its time, and a part that does not say why', async () => {
    const world = await at('US');
    const { drugId } = await aDrug(db, { controlledSchedule: 'II' });
    const late = await aPrescription(db, world, { drugId, quantity: '30' });
    const part = { drugId, quantity: '10', days: 10 };
    await expect(fill(world, late, part)).rejects.toMatchObject({ code: 'MD033' });
    await fill(world, late, { ...part, reason: 'short_of_stock', hoursAgo: 72.1 });
    await expect(fill(world, late, { ...part, quantity: '20', part: 2 })).rejects.toMatchObject({
      code: 'MD032',
    });
    const inTime = await aPrescription(db, world, { drugId, quantity: '30' });
    await fill(world, inTime, { ...part, reason: 'short_of_stock', hoursAgo: 71.9 });
    await fill(world, inTime, { ...part, quantity: '20', part: 2 });
    for (const [reason, days, isRefused] of [
      ['requested', 30, false],
      ['requested', 31, true],
      ['long_term_care', 60, false],
      ['terminal_illness', 61, true],
    ] as const) {
      const rx = await aPrescription(db, world, {
        drugId,
        quantity: '30',
        prescribedDate: daysFromNow(-days),
        patientId: await aPatient(db, world),
      });
      await fill(world, rx, { ...part, reason, hoursAgo: 24 });
      const rest = fill(world, rx, { ...part, quantity: '20', part: 2 });
      if (isRefused) await expect(rest, reason).rejects.toMatchObject({ code: 'MD032' });
      else await rest;
    }
  });

  it('refuse any rest where a prescription is used once, and none where no rule is', async () => {
    for (const [jurisdiction, isRefused] of [
      ['EG', true],
      ['none', false],
    ] as const) {
      const world = await at(jurisdiction);
      const { drugId } = await aDrug(db, { controlledSchedule: 'II' });
      const rx = await aPrescription(db, world, { drugId, quantity: '30' });
      await fill(world, rx, { drugId, quantity: '10', days: 10 });
      const rest = fill(world, rx, { drugId, quantity: '20', days: 20, part: 2 });
      if (isRefused) await expect(rest).rejects.toMatchObject({ code: 'MD032' });
      else await rest;
    }
  });

  it('count a person under every number of his, and each substance by itself', async () => {
    const world = await at('US');
    const schedule = { controlledSchedule: 'II' } as const;
    const morphine = await aDrug(db, { ...schedule, ingredients: ['test morphine'] });
    const other = await aDrug(db, { ...schedule, ingredients: ['test morphine', 'test paracetamol'] });
    const oxycodone = await aDrug(db, { ...schedule, ingredients: ['test oxycodone', 'test paracetamol'] });
    await aDrug(db, { ingredients: ['test paracetamol'] });
    const [survivor, merged] = [await aPatient(db, world), await aPatient(db, world)];
    const give = async (patientId: number, drugId: number, days: number): Promise<unknown> =>
      fill(world, await aPrescription(db, world, { drugId, patientId, quantity: '30', daysSupply: days }), {
        drugId,
        quantity: '30',
        days,
      });
    await give(merged, morphine.drugId, 60);
    await db.owner.query(
      `with m as (insert into operational.patient_merges (branch_id, merged_id, survivor_id, reason, merged_by) values ($1, $2, $3, 'same', $4))
       select 1`,
      [world.branchId, merged, survivor, world.userId],
    );
    await db.owner.query('update operational.patients set merged_into = $2 where patient_id = $1', [
      merged,
      survivor,
    ]);
    await expect(give(survivor, other.drugId, 31)).rejects.toMatchObject({ code: 'MD034' });
    await give(survivor, oxycodone.drugId, 90);
    await give(survivor, other.drugId, 30);
    await expect(give(survivor, morphine.drugId, 1)).rejects.toMatchObject({ code: 'MD034' });
  });

  it('count in times what a prescription may hold, strength by strength, where that was entered', async () => {
    const world = await at('EG');
    const make = (): ReturnType<typeof aDrug> =>
      aDrug(db, { controlledSchedule: 'II', ingredients: ['test pethidine'] });
    const [weak, strong, unknown] = [await make(), await make(), await make()];
    for (const [drugId, quantity] of [
      [weak.drugId, 9],
      [strong.drugId, 3],
    ] as const)
      await db.owner.query(
        `insert into operational.controlled_maxima (jurisdiction, drug_id, quantity, source, set_by) values ('EG', $1, $2, 'test', $3)`,
        [drugId, quantity, world.userId],
      );
    const patientId = await aPatient(db, world);
    const give = async (drugId: number, quantity: string): Promise<unknown> =>
      fill(world, await aPrescription(db, world, { drugId, patientId, quantity, daysSupply: 3 }), {
        drugId,
        quantity,
        days: 3,
      });
    await give(weak.drugId, '45'); // five times
    await expect(give(strong.drugId, '15.001')).rejects.toMatchObject({ code: 'MD034' });
    await give(strong.drugId, '15');
    await expect(give(weak.drugId, '0.001')).rejects.toMatchObject({ code: 'MD034' });
    await give(unknown.drugId, '500');
  });
});
