import { Injectable } from '@nestjs/common';

import type { Tx } from '../../../platform/database/tx.js';
import { foldText } from '../../../platform/text/fold.js';
import { BundleImportRepository, type HeldPatient, type KnownResource } from './bundle-import.repository.js';
import { BundleRefused } from './bundle-import.errors.js';
import { fault, outcomeOf, type PersonPlan } from './bundle-plan.js';
import type { Entry, EntryOutcome, Key } from './bundle.types.js';
import { contentHash } from './content-hash.js';
import { keyText, type Names, type PatientFactsRead, type PractitionerFactsRead } from './person.domain.js';
import { isAnotherPerson, isSamePerson } from './same-person.domain.js';

/** A patient of the bundle, on record now. */
export interface PlacedPatient {
  readonly held: HeldPatient;
  readonly outcome: EntryOutcome;
}

const folded = ({ firstName, lastName, firstNameAr, lastNameAr }: Names): string =>
  foldText([firstName, lastName, firstNameAr, lastNameAr].filter((name) => name !== null).join(' '));

/** A person already placed in this import, or known from before. */
interface Candidate {
  readonly held: HeldPatient;
  readonly known: KnownResource | undefined;
}

/** Puts the people of a bundle on record: found again by address or number, else made. */
@Injectable()
export class PeopleImport {
  constructor(private readonly records: BundleImportRepository) {}

  /** Patients by the place of their entry. Throws BundleRefused where it cannot be told who is meant. */
  async patients(
    tx: Tx,
    branchId: number,
    plans: readonly PersonPlan<PatientFactsRead>[],
  ): Promise<ReadonlyMap<number, PlacedPatient>> {
    const known = await this.known(tx, branchId, 'Patient', plans);
    const nationalIds = plans.flatMap(({ facts }) => facts.nationalId ?? []);
    const ids = [...known.values()].flat().flatMap(({ patientId }) => patientId ?? []);
    const held = new Map(
      (await this.records.lockPatients(tx, branchId, ids, nationalIds)).map((one) => [one.patientId, one]),
    );
    const placed = new Map<number, PlacedPatient>();
    const placedFirst = new Map<number, Entry>();
    for (const plan of plans) {
      const candidate = this.find(plan, known, held);
      const first = candidate && placedFirst.get(candidate.held.patientId);
      if (candidate && first) {
        placed.set(plan.entry.index, {
          held: candidate.held,
          outcome: again(plan.entry, first, candidate.held),
        });
        continue;
      }
      const {
        held: patient,
        outcome,
        resource,
      } = candidate
        ? await this.bringUpToDate(tx, branchId, plan, candidate)
        : await this.add(tx, branchId, plan);
      held.set(patient.patientId, patient);
      placed.set(plan.entry.index, { held: patient, outcome });
      placedFirst.set(patient.patientId, plan.entry);
      for (const key of plan.keys) {
        const list = known.get(keyText(key)) ?? [];
        if (!list.some(({ fhirResourceId }) => fhirResourceId === resource.fhirResourceId))
          known.set(keyText(key), [...list, { ...resource, ...key }]);
      }
    }
    return placed;
  }

  private async known(
    tx: Tx,
    branchId: number,
    resourceType: string,
    plans: readonly PersonPlan<unknown>[],
  ): Promise<Map<string, KnownResource[]>> {
    const keys = plans.flatMap((plan) => keysOf(plan).map((key) => ({ ...key, resourceType })));
    const found = new Map<string, KnownResource[]>();
    for (const resource of await this.records.findResources(tx, branchId, keys)) {
      const key = keyText(resource);
      found.set(key, [...(found.get(key) ?? []), resource]);
    }
    return found;
  }

  private find(
    plan: PersonPlan<PatientFactsRead>,
    known: ReadonlyMap<string, readonly KnownResource[]>,
    held: ReadonlyMap<number, HeldPatient>,
  ): Candidate | undefined {
    const candidates = (keys: readonly Key[]): Candidate[] =>
      keys
        .flatMap((key) => known.get(keyText(key)) ?? [])
        .flatMap((resource) => {
          const patient = held.get(resource.patientId ?? 0);
          return patient ? [{ held: patient, known: resource }] : [];
        });
    const [addressed] = candidates(keysOf(plan).filter(({ kind }) => kind !== 'identifier'));
    if (addressed) {
      if (isAnotherPerson(plan.facts, addressed.held))
        throw new BundleRefused(
          'A Patient has the address of another person on record: neither name nor birth date agrees.',
          [fault(plan.entry)],
        );
      return addressed;
    }
    const numbered = candidates(plan.keys).filter(({ held: patient }) => isSamePerson(plan.facts, patient));
    const { nationalId } = plan.facts;
    const byHand = [...held.values()]
      .filter(
        (patient) =>
          nationalId !== null && patient.nationalId === nationalId && isSamePerson(plan.facts, patient),
      )
      .map((patient): Candidate => ({ held: patient, known: undefined }));
    const all = [...numbered, ...byHand];
    if (new Set(all.map(({ held: patient }) => patient.patientId)).size > 1)
      throw new BundleRefused('The numbers of a Patient belong to several people on record.', [
        fault(plan.entry),
      ]);
    return all[0];
  }

  private async add(
    tx: Tx,
    branchId: number,
    plan: PersonPlan<PatientFactsRead>,
  ): Promise<{ held: HeldPatient; outcome: EntryOutcome; resource: KnownResource }> {
    const patientId = await this.records.insertPatient(tx, branchId, plan.facts, folded(plan.facts));
    const held: HeldPatient = { ...plan.facts, ...NOT_MEASURED, patientId };
    const resource = await this.register(tx, branchId, plan, patientId);
    return { held, resource, outcome: told(plan.entry, 'imported', patientId, plan.notes) };
  }

  private async bringUpToDate(
    tx: Tx,
    branchId: number,
    plan: PersonPlan<PatientFactsRead>,
    { held, known }: Candidate,
  ): Promise<{ held: HeldPatient; outcome: EntryOutcome; resource: KnownResource }> {
    const { patientId } = held;
    const hash = contentHash(plan.facts);
    const resource = known ?? (await this.register(tx, branchId, plan, patientId));
    if (known) {
      await this.records.addKeys(tx, branchId, 'Patient', known.fhirResourceId, keysOf(plan));
      if (known.contentHash === hash)
        return { held, resource, outcome: told(plan.entry, 'unchanged', patientId) };
      await this.records.updateResource(tx, known.fhirResourceId, hash, true);
    }
    const facts = known ? overwritten(held, plan.facts) : filledIn(held, plan.facts);
    const merged: HeldPatient = { ...held, ...facts };
    const isChanged = contentHash(facts) !== contentHash(factsOf(held));
    if (isChanged) await this.records.updatePatient(tx, patientId, facts, folded(facts));
    const outcome = told(plan.entry, isChanged ? 'updated' : 'unchanged', patientId, plan.notes);
    return { held: merged, resource: { ...resource, contentHash: hash }, outcome };
  }

  private async register(
    tx: Tx,
    branchId: number,
    plan: PersonPlan<PatientFactsRead>,
    patientId: number,
  ): Promise<KnownResource> {
    const hash = contentHash(plan.facts);
    const resource = {
      resourceType: 'Patient',
      patientId,
      prescriberId: null,
      contentHash: hash,
      isStanding: true,
    };
    const keys = keysOf(plan);
    const fhirResourceId = await this.records.insertResource(tx, branchId, { ...resource, keys });
    return { ...resource, fhirResourceId, kind: 'content', system: '', value: hash };
  }

  /** Prescribers by the place of their entry. One whose licence is on record stays as the register has him. */
  async practitioners(
    tx: Tx,
    branchId: number,
    plans: readonly PersonPlan<PractitionerFactsRead>[],
  ): Promise<EntryOutcome[]> {
    const known = await this.known(tx, branchId, 'Practitioner', plans);
    const outcomes: EntryOutcome[] = [];
    const made = new Set<number>();
    for (const plan of plans) {
      const { entry, facts, notes } = plan;
      const keys = keysOf(plan);
      const hash = contentHash(facts);
      const before = keys.flatMap((key) => known.get(keyText(key)) ?? [])[0];
      if (before && made.has(before.fhirResourceId)) {
        outcomes.push({ ...outcomeOf(entry, 'used'), notes: ['a practitioner the bundle tells of already'] });
        continue;
      }
      if (before) {
        made.add(before.fhirResourceId);
        await this.records.addKeys(tx, branchId, 'Practitioner', before.fhirResourceId, keys);
        const isSame = before.contentHash === hash;
        if (!isSame) {
          await this.records.updateResource(tx, before.fhirResourceId, hash, true);
          await this.records.updatePrescriber(tx, before.prescriberId ?? 0, facts, folded(facts));
        }
        const location = `Practitioner/${before.prescriberId ?? 0}`;
        outcomes.push({
          ...outcomeOf(entry, isSame ? 'unchanged' : 'updated'),
          location,
          notes: isSame ? [] : notes,
        });
        continue;
      }
      const { prescriberId, isNew } = await this.records.prescriberOf(tx, facts, folded(facts));
      const resource = {
        resourceType: 'Practitioner',
        patientId: null,
        prescriberId,
        contentHash: hash,
        isStanding: true,
      };
      const fhirResourceId = await this.records.insertResource(tx, branchId, { ...resource, keys });
      made.add(fhirResourceId);
      for (const key of keys) known.set(keyText(key), [{ ...resource, ...key, fhirResourceId }]);
      outcomes.push({
        ...outcomeOf(entry, isNew ? 'imported' : 'unchanged'),
        location: `Practitioner/${prescriberId}`,
        notes: isNew ? notes : ['a prescriber of this licence number is on record and stays as it is'],
      });
    }
    return outcomes;
  }
}

const NOT_MEASURED = {
  weightRecordedOn: null,
  egfrRecordedOn: null,
  heightRecordedOn: null,
  creatinineRecordedOn: null,
  pregnancyRecordedOn: null,
  lactationRecordedOn: null,
};

/** What a person is known by; one with neither address nor number, by what is said of him. */
const keysOf = ({ keys, facts }: PersonPlan<unknown>): readonly Key[] =>
  keys.length > 0 ? keys : [{ kind: 'content', system: '', value: contentHash(facts) }];

/** A second resource of a person the bundle told of already: the first is what counts. */
const again = (entry: Entry, first: Entry, { patientId }: HeldPatient): EntryOutcome => ({
  ...told(entry, 'used', patientId),
  notes: [`the same person as entry ${first.index}, which is what was kept`],
});

const told = (
  entry: Entry,
  outcome: EntryOutcome['outcome'],
  patientId: number,
  notes: readonly string[] = [],
): EntryOutcome => ({ ...outcomeOf(entry, outcome), location: `Patient/${patientId}`, notes });

const factsOf = (held: HeldPatient): PatientFactsRead => ({
  firstName: held.firstName,
  lastName: held.lastName,
  firstNameAr: held.firstNameAr,
  lastNameAr: held.lastNameAr,
  birthDate: held.birthDate,
  birthDatePartial: held.birthDatePartial,
  sex: held.sex,
  phone: held.phone,
  nationalId: held.nationalId,
  language: held.language,
  isDeceased: held.isDeceased,
  deceasedOn: held.deceasedOn,
});

const bornAs = (
  held: HeldPatient,
  read: PatientFactsRead,
): Pick<PatientFactsRead, 'birthDate' | 'birthDatePartial'> => {
  if (read.birthDate !== null) return { birthDate: read.birthDate, birthDatePartial: null };
  if (held.birthDate !== null) return { birthDate: held.birthDate, birthDatePartial: null };
  return { birthDate: null, birthDatePartial: read.birthDatePartial ?? held.birthDatePartial };
};

/** What the source says now, where it says something; the language of labels stays as it was chosen here. */
const overwritten = (held: HeldPatient, read: PatientFactsRead): PatientFactsRead => ({
  ...factsOf(held),
  firstName: read.firstName,
  lastName: read.lastName,
  firstNameAr: read.firstNameAr ?? held.firstNameAr,
  lastNameAr: read.lastNameAr ?? held.lastNameAr,
  ...bornAs(held, read),
  sex: read.sex === 'unknown' ? held.sex : read.sex,
  phone: read.phone ?? held.phone,
  nationalId: read.nationalId ?? held.nationalId,
  isDeceased: read.isDeceased,
  deceasedOn: read.deceasedOn,
});

/** Only what the record of a patient entered by hand does not say. */
const filledIn = (held: HeldPatient, read: PatientFactsRead): PatientFactsRead => ({
  ...factsOf(held),
  firstNameAr: held.firstNameAr ?? read.firstNameAr,
  lastNameAr: held.lastNameAr ?? read.lastNameAr,
  ...(held.birthDate === null ? bornAs(held, read) : {}),
  sex: held.sex === 'unknown' ? read.sex : held.sex,
  phone: held.phone ?? read.phone,
  nationalId: held.nationalId ?? read.nationalId,
  isDeceased: held.isDeceased || read.isDeceased,
  deceasedOn: held.deceasedOn ?? read.deceasedOn,
});
