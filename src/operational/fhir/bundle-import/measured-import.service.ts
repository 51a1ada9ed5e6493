import { Injectable } from '@nestjs/common';

import type { Tx } from '../../../platform/database/tx.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import type { Answer } from '../reading/fhir-person.domain.js';
import { BundleImportRepository, type HeldPatient, type Measured } from './bundle-import.repository.js';
import { outcomeOf, type ObservationPlan } from './bundle-plan.js';
import type { EntryOutcome, Key } from './bundle.types.js';
import { contentHash } from './content-hash.js';
import { isMeasured, readMeasured } from './measured.domain.js';
import type { Subjects } from './subjects.js';

const NOTHING: Measured = {
  weight: [null, null],
  egfr: [null, null],
  height: [null, null],
  creatinine: [null, null],
  pregnancy: [null, null],
  lactation: [null, null],
};

const DAYS = {
  weight: 'weightRecordedOn',
  egfr: 'egfrRecordedOn',
  height: 'heightRecordedOn',
  creatinine: 'creatinineRecordedOn',
  pregnancy: 'pregnancyRecordedOn',
  lactation: 'lactationRecordedOn',
} as const satisfies Record<Answer['asked'], keyof HeldPatient>;

/** Keeps the newest weight, height, renal function and pregnancy of each patient, where it is newer than what is on record. */
@Injectable()
export class MeasuredImport {
  constructor(private readonly records: BundleImportRepository) {}

  async keep(
    tx: Tx,
    ctx: RequestContext,
    plans: readonly ObservationPlan[],
    subjects: Subjects,
    today: string,
  ): Promise<EntryOutcome[]> {
    const outcomes: EntryOutcome[] = [];
    const byPatient = new Map<number, ObservationPlan[]>();
    for (const plan of plans) {
      const patientId = subjects.find(plan.subject);
      if (patientId === undefined) outcomes.push(skipped(plan, 'it is of nobody in the bundle or on record'));
      else byPatient.set(patientId, [...(byPatient.get(patientId) ?? []), plan]);
    }
    const held = new Map(
      (await this.records.lockPatients(tx, ctx.branchId, [...byPatient.keys()], [])).map((one) => [
        one.patientId,
        one,
      ]),
    );
    for (const [patientId, own] of byPatient) {
      const patient = held.get(patientId);
      if (patient) outcomes.push(...(await this.ofPatient(tx, ctx, patient, own, today)));
    }
    return outcomes;
  }

  private async ofPatient(
    tx: Tx,
    ctx: RequestContext,
    patient: HeldPatient,
    plans: readonly ObservationPlan[],
    today: string,
  ): Promise<EntryOutcome[]> {
    const { patientId } = patient;
    const answers = new Map(
      readMeasured(
        plans.map(({ observation }) => observation),
        today,
      ).map((answer) => [answer.observation, answer]),
    );
    const used = plans.filter(({ observation }) => answers.has(observation));
    const keys = used.flatMap((plan) => keysOf(plan, patientId));
    const known = new Map(
      (
        await this.records.findResources(
          tx,
          ctx.branchId,
          keys.map((key) => ({ ...key, resourceType: 'Observation' })),
        )
      )
        .filter((resource) => resource.patientId === patientId)
        .map((resource) => [resource.value, resource]),
    );
    let measured = NOTHING;
    const outcomes: EntryOutcome[] = [];
    for (const plan of plans) {
      const answer = answers.get(plan.observation);
      if (!answer) {
        outcomes.push(skipped(plan, 'there is a newer one, or it was withdrawn'));
        continue;
      }
      const before = keysOf(plan, patientId).flatMap(({ value }) => known.get(value) ?? [])[0];
      const hash = contentHash([answer.asked, answer.day, answer.value ?? null]);
      const reason = reasonAgainst(answer, patient);
      if (reason !== undefined) outcomes.push(skipped(plan, reason));
      else if (before?.contentHash === hash) outcomes.push(outcomeOf(plan.entry, 'unchanged'));
      else {
        measured = withAnswer(measured, answer);
        if (before) await this.records.updateResource(tx, before.fhirResourceId, hash, true);
        else
          await this.records.insertResource(tx, ctx.branchId, {
            resourceType: 'Observation',
            patientId,
            prescriberId: null,
            contentHash: hash,
            isStanding: true,
            keys: keysOf(plan, patientId),
          });
        outcomes.push(outcomeOf(plan.entry, before ? 'updated' : 'imported'));
      }
    }
    if (measured !== NOTHING) await this.records.updateMeasured(tx, patientId, measured);
    return outcomes;
  }
}

/** Why an answer does not go on record; undefined: it does. */
function reasonAgainst({ asked, value, day }: Answer, patient: HeldPatient): string | undefined {
  if (value === undefined) return 'its value cannot be read, or is too old to be believed';
  if (!isMeasured(asked) && day === null) return 'it does not say when it was asked';
  const on = patient[DAYS[asked]];
  return on !== null && (day === null || day < on) ? 'what is on record is newer' : undefined;
}

function withAnswer(measured: Measured, { asked, value, day }: Answer): Measured {
  if (isMeasured(asked)) return { ...measured, [asked]: [typeof value === 'string' ? value : null, day] };
  return { ...measured, [asked]: [typeof value === 'boolean' ? value : null, day] };
}

function keysOf(plan: ObservationPlan, patientId: number): readonly Key[] {
  if (plan.keys.length > 0) return plan.keys;
  return [{ kind: 'content', system: '', value: contentHash(['Observation', patientId, plan.observation]) }];
}

const skipped = ({ entry }: ObservationPlan, reason: string): EntryOutcome => ({
  ...outcomeOf(entry, 'skipped'),
  reason,
});
