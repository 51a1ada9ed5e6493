import { Injectable } from '@nestjs/common';

import type { Tx } from '../../../platform/database/tx.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import { addDays } from '../../../platform/time/local-date.js';
import {
  BundleImportRepository,
  type KnownResource,
  type LinkedRow,
  type Substance,
  type Whose,
} from './bundle-import.repository.js';
import { mayStillBePregnant } from '../reading/fhir-person.domain.js';
import { BundleRefused } from './bundle-import.errors.js';
import { fault, outcomeOf, type BundlePlan, type RecordPlan } from './bundle-plan.js';
import type { EntryOutcome, Key } from './bundle.types.js';
import { lastDay, type AllergyFacts, type ConditionFacts, type MedicineFacts } from './clinical.domain.js';
import { contentHash } from './content-hash.js';
import { keyText } from './person.domain.js';
import { Substances } from './substances.service.js';
import { resourceTypeOf, type Subjects } from './subjects.js';

/** A record whose patient is on record, with what is known of it from before. */
interface Placed<Facts> {
  readonly plan: RecordPlan<Facts>;
  readonly patientId: number;
  readonly keys: readonly Key[];
  readonly known: KnownResource | undefined;
}

/** What a record says now, compared with what it said before. */
type Step = 'new' | 'changed' | 'withdrawn' | 'same' | 'skipped';

/** The parts of an import that allergies, conditions and medicines share. */
interface Work {
  readonly tx: Tx;
  readonly ctx: RequestContext;
  readonly subjects: Subjects;
  /** Resources known from before, and those made so far. */
  readonly known: Map<string, KnownResource>;
  readonly rows: Map<number, LinkedRow[]>;
  readonly today: string;
  readonly yesterday: string;
}

/** Keeps the allergies, conditions and medicines of a bundle: each resource once, brought up to date when it comes again. */
@Injectable()
export class RecordsImport {
  constructor(
    private readonly records: BundleImportRepository,
    private readonly substances: Substances,
  ) {}

  /** Throws BundleRefused where a record is of nobody on record: a part of a bundle is never left out in silence. */
  async keep(
    tx: Tx,
    ctx: RequestContext,
    plan: BundlePlan,
    subjects: Subjects,
    today: string,
  ): Promise<EntryOutcome[]> {
    const { known, rows } = await this.knownBefore(tx, ctx.branchId, plan, subjects);
    const work: Work = { tx, ctx, subjects, known, rows, today, yesterday: addDays(today, -1) };
    return [
      ...(await this.allergies(work, plan.allergies)),
      ...(await this.conditions(work, plan.conditions)),
      ...(await this.medicines(work, plan.medicines)),
    ];
  }

  private async knownBefore(
    tx: Tx,
    branchId: number,
    plan: BundlePlan,
    subjects: Subjects,
  ): Promise<Pick<Work, 'known' | 'rows'>> {
    const plans: readonly RecordPlan<unknown>[] = [...plan.allergies, ...plan.conditions, ...plan.medicines];
    const keys = plans.flatMap((one) =>
      keysOf(one, patientOf(one, subjects)).map((key) => ({
        ...key,
        resourceType: resourceTypeOf(one.entry),
      })),
    );
    const found = await this.records.findResources(tx, branchId, keys);
    const known = new Map(found.map((resource) => [nameOf(resource.resourceType, resource), resource]));
    const rows = new Map<number, LinkedRow[]>();
    const ids = [...new Set(found.map(({ fhirResourceId }) => fhirResourceId))];
    for (const row of await this.records.findEntries(tx, ids))
      rows.set(row.fhirResourceId, [...(rows.get(row.fhirResourceId) ?? []), row]);
    return { known, rows };
  }

  private place<Facts>(work: Work, plan: RecordPlan<Facts>): Placed<Facts> {
    const { entry } = plan;
    const patientId = patientOf(plan, work.subjects);
    const keys = keysOf(plan, patientId);
    const type = resourceTypeOf(entry);
    const known = keys.map((key) => work.known.get(nameOf(type, key))).find((one) => one !== undefined);
    if (known && known.patientId !== patientId)
      throw new BundleRefused(`A ${entry.type} was of another patient when it was imported before.`, [
        fault(entry),
      ]);
    return { plan, patientId, keys, known };
  }

  private stepOf({ plan, known }: Placed<unknown>): { step: Step; hash: string } {
    const hash = contentHash(plan.reading);
    if (known?.contentHash === hash) return { step: 'same', hash };
    if (plan.reading.kind === 'kept') return { step: known ? 'changed' : 'new', hash };
    return { step: known ? 'withdrawn' : 'skipped', hash };
  }

  /** Registers a new resource, or that it says something else now; answers under what its rows are kept. */
  private async register(
    work: Work,
    placed: Placed<unknown>,
    hash: string,
    isStanding: boolean,
  ): Promise<Whose> {
    const { plan, patientId, keys, known } = placed;
    const { tx, ctx } = work;
    const whose = {
      branchId: ctx.branchId,
      patientId,
      recordedBy: ctx.actor.userId > 0 ? ctx.actor.userId : null,
    };
    if (known) {
      await this.records.updateResource(tx, known.fhirResourceId, hash, isStanding);
      for (const key of keys)
        work.known.set(nameOf(known.resourceType, key), { ...known, contentHash: hash, isStanding });
      return { ...whose, fhirResourceId: known.fhirResourceId };
    }
    const resource = {
      resourceType: resourceTypeOf(plan.entry),
      patientId,
      prescriberId: null,
      contentHash: hash,
      isStanding,
    };
    const fhirResourceId = await this.records.insertResource(tx, ctx.branchId, { ...resource, keys });
    for (const key of keys)
      work.known.set(nameOf(resource.resourceType, key), { ...resource, ...key, fhirResourceId });
    return { ...whose, fhirResourceId };
  }

  private rowsOf(work: Work, placed: Placed<unknown>): readonly LinkedRow[] {
    return work.rows.get(placed.known?.fhirResourceId ?? 0) ?? [];
  }

  private async allergies(work: Work, plans: readonly RecordPlan<AllergyFacts>[]): Promise<EntryOutcome[]> {
    const kept = plans.flatMap(({ reading }) =>
      reading.kind === 'kept' && !reading.facts.isNoneKnown ? [reading.facts] : [],
    );
    const to = new Map(
      (await this.substances.ofAllergies(work.tx, kept)).map((found, index) => [kept[index], found] as const),
    );
    const patientIds = [...new Set(plans.map((plan) => patientOf(plan, work.subjects)))];
    const active = new Map(
      (await this.records.findAllergies(work.tx, patientIds)).map((row) => [
        `${row.patientId} ${substanceText(row)}`,
        row.allergyId,
      ]),
    );
    const outcomes: EntryOutcome[] = [];
    // "None known" is believed only once it is clear that none is on record.
    const ordered = [...plans].sort((a, b) => Number(saysNone(a)) - Number(saysNone(b)));
    for (const plan of ordered) {
      const placed = this.place(work, plan);
      const { step, hash } = this.stepOf(placed);
      const { reading } = plan;
      if (step === 'same' || step === 'skipped') outcomes.push(settled(placed, step));
      else if (reading.kind !== 'kept') {
        const whose = await this.register(work, placed, hash, false);
        for (const { allergyId } of this.rowsOf(work, placed)) {
          await this.records.retireAllergy(work.tx, allergyId ?? 0, whose.fhirResourceId, 'entered_in_error');
        }
        outcomes.push(withdrawn(placed));
      } else if (reading.facts.isNoneKnown) outcomes.push(await this.noneKnown(work, placed, hash));
      else {
        const { facts } = reading;
        const found = to.get(facts);
        const whose = await this.register(work, placed, hash, facts.status === 'active');
        for (const substance of found?.substances ?? [])
          await this.keepAllergy(work, placed, whose, substance, facts, active);
        outcomes.push(done(placed, step, [...reading.notes, ...(found?.notes ?? [])]));
      }
    }
    return outcomes;
  }

  /** One allergy on record for each allergen, however many resources tell of it. */
  private async keepAllergy(
    work: Work,
    placed: Placed<AllergyFacts>,
    whose: Whose,
    substance: Substance,
    facts: AllergyFacts,
    active: Map<string, number>,
  ): Promise<void> {
    const { tx } = work;
    const rows = this.rowsOf(work, placed);
    const key = `${placed.patientId} ${substanceText(substance)}`;
    const own = rows.find((row) => substanceText(row) === substanceText(substance))?.allergyId;
    for (const row of rows)
      if (row.allergyId !== null && row.allergyId !== own)
        await this.records.retireAllergy(tx, row.allergyId, whose.fhirResourceId, 'entered_in_error');
    if (own !== undefined && own !== null) {
      if (facts.status === 'active') await this.records.updateAllergy(tx, own, facts);
      else await this.records.retireAllergy(tx, own, whose.fhirResourceId, 'inactive');
      return;
    }
    const same = active.get(key);
    if (same !== undefined) {
      await this.records.linkAllergy(tx, whose, same);
      return;
    }
    const allergyId = await this.records.addAllergy(tx, whose, substance, facts);
    if (facts.status === 'active') active.set(key, allergyId);
  }

  private async noneKnown(work: Work, placed: Placed<AllergyFacts>, hash: string): Promise<EntryOutcome> {
    for (const { allergyId, fhirResourceId } of this.rowsOf(work, placed))
      await this.records.retireAllergy(work.tx, allergyId ?? 0, fhirResourceId, 'entered_in_error');
    if (await this.records.hasActiveAllergy(work.tx, placed.patientId))
      return {
        ...outcomeOf(placed.plan.entry, 'skipped'),
        reason: 'says that no allergy is known, while one is on record',
      };
    await this.register(work, placed, hash, true);
    const isSet = await this.records.setNoneKnown(work.tx, placed.patientId);
    return done(placed, isSet ? 'new' : 'same', []);
  }

  private async conditions(
    work: Work,
    plans: readonly RecordPlan<ConditionFacts>[],
  ): Promise<EntryOutcome[]> {
    const outcomes: EntryOutcome[] = [];
    for (const plan of plans) {
      const placed = this.place(work, plan);
      const { step, hash } = this.stepOf(placed);
      const { reading } = plan;
      const rows = this.rowsOf(work, placed);
      if (step === 'same' || step === 'skipped') outcomes.push(settled(placed, step));
      else if (reading.kind !== 'kept') {
        await this.register(work, placed, hash, false);
        for (const { conditionId } of rows) await this.records.retireCondition(work.tx, conditionId ?? 0);
        outcomes.push(withdrawn(placed));
      } else {
        const whose = await this.register(work, placed, hash, reading.facts.status === 'active');
        const own = rows[0]?.conditionId;
        if (own !== undefined && own !== null)
          await this.records.updateCondition(work.tx, own, reading.facts);
        else await this.records.addCondition(work.tx, whose, reading.facts);
        const isCoded = reading.facts.icd10 !== null;
        outcomes.push(
          done(placed, step, [
            ...reading.notes,
            ...(await this.pregnancy(work, placed, reading.facts)),
            ...(isCoded ? [] : ['the condition has no ICD-10 code: kept in words, and not screened']),
          ]),
        );
      }
    }
    return outcomes;
  }

  /** A pregnancy among the conditions is a fact of the patient, which screening asks for. */
  private async pregnancy(
    { tx, today }: Work,
    { patientId, known }: Placed<ConditionFacts>,
    { isPregnancy, status, onsetDate }: ConditionFacts,
  ): Promise<string[]> {
    if (!isPregnancy) return [];
    if (status === 'resolved') {
      if (known?.isStanding === true && onsetDate !== null)
        await this.records.setPregnant(tx, patientId, onsetDate, false);
      return [];
    }
    if (onsetDate === null || !mayStillBePregnant(onsetDate, today))
      return ['says that the patient is pregnant, but not that she may be still: ask her'];
    await this.records.setPregnant(tx, patientId, onsetDate, true);
    return ['the patient is kept as pregnant, unless she was asked'];
  }

  private async medicines(work: Work, plans: readonly RecordPlan<MedicineFacts>[]): Promise<EntryOutcome[]> {
    const kept = plans.flatMap(({ reading }) => (reading.kind === 'kept' ? [reading.facts] : []));
    const what = new Map(
      (await this.substances.ofMedicines(work.tx, kept)).map((found, index) => [kept[index], found] as const),
    );
    const outcomes: EntryOutcome[] = [];
    for (const plan of plans) {
      const placed = this.place(work, plan);
      const { step, hash } = this.stepOf(placed);
      const { reading } = plan;
      if (step === 'same' || step === 'skipped') outcomes.push(settled(placed, step));
      else if (reading.kind !== 'kept') {
        await this.register(work, placed, hash, false);
        for (const { medicationId } of this.rowsOf(work, placed))
          await this.records.retireMedication(work.tx, medicationId ?? 0, work.yesterday);
        outcomes.push(withdrawn(placed));
      } else {
        const { facts } = reading;
        const found = what.get(facts);
        const whose = await this.register(work, placed, hash, !facts.isOver);
        await this.keepMedicine(work, placed, whose, found?.substances ?? [], facts);
        const isEndGuessed = facts.isOver && facts.endedOn === null;
        outcomes.push(
          done(placed, step, [
            ...reading.notes,
            ...(found?.notes ?? []),
            ...(isEndGuessed
              ? ['it is over, and not stated since when: kept as ended on the day it began']
              : []),
          ]),
        );
      }
    }
    return outcomes;
  }

  private async keepMedicine(
    work: Work,
    placed: Placed<MedicineFacts>,
    whose: Whose,
    substances: readonly Substance[],
    facts: MedicineFacts,
  ): Promise<void> {
    const { tx, yesterday } = work;
    const taken = { dose: facts.dose, startedOn: facts.startedOn, endedOn: lastDay(facts, yesterday) };
    const rows = this.rowsOf(work, placed);
    const wanted = new Set(substances.map(substanceText));
    for (const row of rows)
      if (row.medicationId !== null && !wanted.has(substanceText(row)))
        await this.records.retireMedication(tx, row.medicationId, yesterday);
    for (const substance of substances) {
      const own = rows.find((row) => substanceText(row) === substanceText(substance))?.medicationId;
      if (own !== undefined && own !== null) await this.records.updateMedication(tx, own, taken);
      else await this.records.addMedication(tx, whose, substance, taken);
    }
  }
}

const saysNone = ({ reading }: RecordPlan<AllergyFacts>): boolean =>
  reading.kind === 'kept' && reading.facts.isNoneKnown;

const nameOf = (resourceType: string, key: Key): string => `${resourceType} ${keyText(key)}`;

const substanceText = ({ drugId, ingredientId, groupId, text }: Substance): string =>
  JSON.stringify([drugId ?? 0, ingredientId ?? 0, groupId ?? 0, (text ?? '').toLowerCase()]);

/** What a record is found again by; one with neither address nor number of its own, by whose it is and what it says. */
function keysOf(plan: RecordPlan<unknown>, patientId: number): readonly Key[] {
  if (plan.keys.length > 0) return plan.keys;
  const value = contentHash([resourceTypeOf(plan.entry), patientId, plan.reading]);
  return [{ kind: 'content', system: '', value }];
}

function patientOf(plan: RecordPlan<unknown>, subjects: Subjects): number {
  const patientId = subjects.find(plan.subject);
  if (patientId === undefined)
    throw new BundleRefused(
      `A ${plan.entry.type} does not say of whom it is, or of somebody who is neither in the bundle nor on record.`,
      [fault(plan.entry)],
    );
  return patientId;
}

function settled({ plan }: Placed<unknown>, step: 'same' | 'skipped'): EntryOutcome {
  if (step === 'same') return outcomeOf(plan.entry, 'unchanged');
  const reason = plan.reading.kind === 'skipped' ? plan.reading.reason : 'entered in error';
  return { ...outcomeOf(plan.entry, 'skipped'), reason };
}

const withdrawn = ({ plan }: Placed<unknown>): EntryOutcome => ({
  ...outcomeOf(plan.entry, 'updated'),
  notes: [`no longer holds: ${plan.reading.kind === 'skipped' ? plan.reading.reason : 'entered in error'}`],
});

const done = (
  { plan }: Placed<unknown>,
  step: 'new' | 'changed' | 'withdrawn' | 'same',
  notes: readonly string[],
): EntryOutcome => ({
  ...outcomeOf(plan.entry, step === 'new' ? 'imported' : step === 'same' ? 'unchanged' : 'updated'),
  notes,
});
