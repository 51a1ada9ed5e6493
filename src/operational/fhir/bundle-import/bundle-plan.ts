import type { FhirCondition, FhirMedication, FhirObservation, FhirReference } from '../reading/fhir.types.js';
import { isAsked } from '../reading/fhir-person.domain.js';
import { medicationsByReference } from '../reading/fhir-medicine.domain.js';
import { CodeableConcept, Identifier, Medication, Observation, Reference } from '../reading/fhir.schemas.js';
import { BundleRefused } from './bundle-import.errors.js';
import type { Entry, EntryOutcome, Key, ReadBundle } from './bundle.types.js';
import {
  readAllergyRecord,
  readConditionRecord,
  readMedicineRecord,
  type AllergyFacts,
  type ConditionFacts,
  type MedicineFacts,
  type Reading,
} from './clinical.domain.js';
import { AllergyResource, ConditionResource, MedicineResource, PersonResource } from './import.schemas.js';
import {
  addressKey,
  distinct,
  identifierKeys,
  keyText,
  readPatient,
  readPractitioner,
  type PatientFactsRead,
  type PractitionerFactsRead,
} from './person.domain.js';
import { References, type Target } from './references.domain.js';

export interface PersonPlan<Facts> {
  readonly entry: Entry;
  /** Its address and the numbers it bears. */
  readonly keys: readonly Key[];
  readonly facts: Facts;
  readonly notes: readonly string[];
}

/** A record of a patient: an allergy, a condition, a medicine. */
export interface RecordPlan<Facts> {
  readonly entry: Entry;
  /** What it is found again by; empty: by its content. */
  readonly keys: readonly Key[];
  readonly subject: Target;
  readonly reading: Reading<Facts>;
}

export interface ObservationPlan {
  readonly entry: Entry;
  readonly keys: readonly Key[];
  readonly subject: Target;
  readonly observation: FhirObservation;
}

/** What a bundle asks for, before anything is looked up. */
export interface BundlePlan {
  readonly patients: readonly PersonPlan<PatientFactsRead>[];
  readonly practitioners: readonly PersonPlan<PractitionerFactsRead>[];
  readonly allergies: readonly RecordPlan<AllergyFacts>[];
  readonly conditions: readonly RecordPlan<ConditionFacts>[];
  readonly medicines: readonly RecordPlan<MedicineFacts>[];
  readonly observations: readonly ObservationPlan[];
  /** Resources that are settled already: not kept, or read into others. */
  readonly settled: readonly EntryOutcome[];
}

const MEDICINES = new Set([
  'MedicationRequest',
  'MedicationStatement',
  'MedicationDispense',
  'MedicationOrder',
]);

/** How a report names a resource. */
export const labelOf = ({ type, id, index }: Entry): string =>
  id === undefined ? `${type} (entry ${index})` : `${type}/${id}`;

const identifiersIn = ({ resource }: Entry): Key[] => {
  const list = Array.isArray(resource['identifier']) ? resource['identifier'] : [resource['identifier']];
  return identifierKeys(
    list.slice(0, 100).flatMap((one: unknown) => {
      const read = Identifier.safeParse(one);
      return read.success ? [read.data] : [];
    }),
  );
};

class Planner {
  private readonly settled: EntryOutcome[] = [];
  private readonly references: References;
  private readonly medications: ReadonlyMap<string, FhirMedication>;
  private readonly repeated: ReadonlySet<string>;

  constructor(
    private readonly bundle: ReadBundle,
    private readonly today: string,
  ) {
    this.references = new References(bundle.entries, identifiersIn);
    this.medications = medicationsByReference(
      bundle.entries.flatMap(({ fullUrl, resource }) => {
        const read = Medication.safeParse(resource);
        return read.success ? [{ fullUrl, resource: read.data }] : [];
      }),
    );
    this.repeated = repeatedNumbers(bundle.entries);
  }

  plan(): BundlePlan {
    const patients: PersonPlan<PatientFactsRead>[] = [];
    const practitioners: PersonPlan<PractitionerFactsRead>[] = [];
    const allergies: RecordPlan<AllergyFacts>[] = [];
    const conditions: RecordPlan<ConditionFacts>[] = [];
    const medicines: RecordPlan<MedicineFacts>[] = [];
    const observations: ObservationPlan[] = [];
    for (const entry of this.bundle.entries) {
      const { type } = entry;
      if (this.isModified(entry)) continue;
      if (type === 'Patient') patients.push(this.patient(entry));
      else if (type === 'Practitioner') practitioners.push(...this.practitioner(entry));
      else if (type === 'AllergyIntolerance') allergies.push(...this.allergy(entry));
      else if (type === 'Condition') conditions.push(...this.condition(entry));
      else if (MEDICINES.has(type)) medicines.push(...this.medicine(entry));
      else if (type === 'Observation') observations.push(...this.observation(entry));
      else if (type === 'Medication') this.settled.push(outcomeOf(entry, 'used'));
      else this.skip(entry, 'resources of this kind are not kept');
    }
    return { patients, practitioners, allergies, conditions, medicines, observations, settled: this.settled };
  }

  private skip(entry: Entry, reason: string): void {
    this.settled.push({ ...outcomeOf(entry, 'skipped'), reason });
  }

  /** A modifier may turn a record into its opposite: one that is not understood must not be read. */
  private isModified(entry: Entry): boolean {
    const { resource, type } = entry;
    const modifiers = resource['modifierExtension'];
    const has = (Array.isArray(modifiers) && modifiers.length > 0) || resource['implicitRules'] !== undefined;
    const isKept = KEPT.has(type) || MEDICINES.has(type);
    if (!has || !isKept) return false;
    if (type === 'Patient')
      throw new BundleRefused('A Patient has modifiers this program does not understand.', [fault(entry)]);
    this.skip(entry, 'it has modifiers this program does not understand');
    return true;
  }

  private patient(entry: Entry): PersonPlan<PatientFactsRead> {
    const read = PersonResource.safeParse(entry.resource);
    const person = read.success ? readPatient(read.data, this.today) : undefined;
    if (!person)
      throw new BundleRefused('A Patient has no name that can be read, so nobody could find the record.', [
        fault(entry),
      ]);
    return { entry, keys: this.personKeys(entry), ...person };
  }

  private practitioner(entry: Entry): PersonPlan<PractitionerFactsRead>[] {
    const read = PersonResource.safeParse(entry.resource);
    const person = read.success ? readPractitioner(read.data) : { reason: 'the practitioner cannot be read' };
    if ('reason' in person) {
      this.skip(entry, person.reason);
      return [];
    }
    return [{ entry, keys: this.personKeys(entry), ...person }];
  }

  private personKeys(entry: Entry): Key[] {
    const address = addressKey(entry.fullUrl);
    return distinct([...(address ? [address] : []), ...identifiersIn(entry)]);
  }

  /** A record is found again by its address, else by a number no other of the bundle bears, else by what it says. */
  private recordKeys(entry: Entry): Key[] {
    const address = addressKey(entry.fullUrl);
    if (address) return [address];
    return identifiersIn(entry).filter((key) => !this.repeated.has(numberOf(entry, key)));
  }

  private allergy(entry: Entry): RecordPlan<AllergyFacts>[] {
    const read = AllergyResource.safeParse(entry.resource);
    if (!read.success) return this.unreadable(entry);
    return this.record(entry, read.data.patient, readAllergyRecord(read.data));
  }

  private condition(entry: Entry): RecordPlan<ConditionFacts>[] {
    const read = ConditionResource.safeParse(entry.resource);
    if (!read.success) return this.unreadable(entry);
    const { subject, patient } = read.data;
    return this.record(
      entry,
      subject ?? patient,
      readConditionRecord(read.data as FhirCondition & typeof read.data),
    );
  }

  private medicine(entry: Entry): RecordPlan<MedicineFacts>[] {
    const read = MedicineResource.safeParse(entry.resource);
    if (!read.success) return this.unreadable(entry);
    const { subject, patient, authorizingPrescription } = read.data;
    const orders = (authorizingPrescription ?? []).map((one) => Reference.safeParse(one).data);
    const isOrdered = orders.some(
      (order) => this.references.resolve(order, entry, 'MedicationRequest').kind === 'entry',
    );
    if (isOrdered) {
      this.skip(entry, 'the order it was handed over for is in the bundle, and tells the medicine');
      return [];
    }
    const contained = (read.data.contained ?? []).flatMap((inside) => {
      const medication = Medication.safeParse(inside);
      return medication.success ? [medication.data] : [];
    });
    const use = { ...read.data, contained };
    return this.record(entry, subject ?? patient, readMedicineRecord(use, this.medications));
  }

  private observation(entry: Entry): ObservationPlan[] {
    const code = CodeableConcept.safeParse(entry.resource['code']);
    const read = code.success ? Observation.safeParse(entry.resource) : undefined;
    if (!read?.success || !isAsked(read.data)) {
      this.skip(entry, 'observations other than weight, height, renal function and pregnancy are not kept');
      return [];
    }
    const subject = this.references.resolve(read.data.subject, entry, 'Patient');
    return [{ entry, keys: this.recordKeys(entry), subject, observation: read.data }];
  }

  private record<Facts>(
    entry: Entry,
    whose: FhirReference | undefined,
    reading: Reading<Facts>,
  ): RecordPlan<Facts>[] {
    const subject = this.references.resolve(whose, entry, 'Patient');
    const type =
      subject.kind === 'entry' ? subject.entry.type : subject.kind === 'elsewhere' ? subject.type : 'Patient';
    if (type !== undefined && type !== 'Patient') {
      this.skip(entry, 'it is not of a patient');
      return [];
    }
    return [{ entry, keys: this.recordKeys(entry), subject, reading }];
  }

  private unreadable(entry: Entry): never {
    throw new BundleRefused(`A ${entry.type} cannot be read.`, [fault(entry)]);
  }
}

const KEPT = new Set(['Patient', 'Practitioner', 'AllergyIntolerance', 'Condition', 'Observation']);

export const fault = (entry: Entry) => ({
  pointer: `/entry/${entry.index}/resource`,
  detail: labelOf(entry),
});

export const outcomeOf = (entry: Entry, outcome: EntryOutcome['outcome']): EntryOutcome => ({
  index: entry.index,
  resourceType: entry.type,
  reference: labelOf(entry),
  outcome,
});

const numberOf = ({ type }: Entry, key: Key): string => JSON.stringify([type, keyText(key)]);

/** Numbers that several resources of one kind bear: the number of a group tells none of them. */
function repeatedNumbers(entries: readonly Entry[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const entry of entries)
    for (const key of identifiersIn(entry)) {
      const number = numberOf(entry, key);
      if (seen.has(number)) repeated.add(number);
      seen.add(number);
    }
  return repeated;
}

/** Reads what a bundle asks for. Throws BundleRefused for what cannot be kept without losing or guessing something. */
export const planBundle = (bundle: ReadBundle, today: string): BundlePlan =>
  new Planner(bundle, today).plan();
