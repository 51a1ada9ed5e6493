import { randomUUID } from 'node:crypto';

/** A FHIR resource as a bundle holds it. */
export type Resource = { resourceType: string; [element: string]: unknown };

export interface Bundle {
  readonly resourceType: 'Bundle';
  readonly type: string;
  entry: { fullUrl?: string; resource?: Resource; request?: object }[];
}

export const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm';
export const SNOMED = 'http://snomed.info/sct';
const LOINC = 'http://loinc.org';
const HOSPITAL = 'https://hospital.example.org/patients';

const concept = (system: string, code: string, display: string): object => ({
  coding: [{ system, code, display }],
  text: display,
});
const coded = (system: string, code: string): object => ({ coding: [{ system, code }] });

/** A patient's record in the shape generators of synthetic patients write: a transaction of resources under URNs. */
export class RecordBuilder {
  readonly entries: { fullUrl: string; resource: Resource; request: object }[] = [];
  readonly patientUrl: string;

  constructor(values: Record<string, unknown> = {}) {
    const id = randomUUID();
    this.patientUrl = this.add({
      resourceType: 'Patient',
      id,
      identifier: [
        { system: 'https://github.com/synthetichealth/synthea', value: id },
        {
          type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'MR' }] },
          system: HOSPITAL,
          value: id,
        },
      ],
      name: [{ use: 'official', family: 'Turner526', given: ['Abe604'], prefix: ['Mr.'] }],
      telecom: [{ system: 'phone', value: '555-241-9967', use: 'home' }],
      gender: 'male',
      birthDate: '1961-04-12',
      address: [{ city: 'Boston' }],
      communication: [{ language: { coding: [{ system: 'urn:ietf:bcp:47', code: 'en-US' }] } }],
      ...values,
    });
  }

  add(resource: Resource): string {
    const id = typeof resource['id'] === 'string' ? resource['id'] : randomUUID();
    const fullUrl = `urn:uuid:${id}`;
    this.entries.push({
      fullUrl,
      resource: { ...resource, id },
      request: { method: 'POST', url: resource.resourceType },
    });
    return fullUrl;
  }

  private get subject(): object {
    return { reference: this.patientUrl };
  }

  allergy(code: object, values: Record<string, unknown> = {}): this {
    this.add({
      resourceType: 'AllergyIntolerance',
      clinicalStatus: coded('http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', 'active'),
      verificationStatus: coded(
        'http://terminology.hl7.org/CodeSystem/allergyintolerance-verification',
        'confirmed',
      ),
      code,
      patient: this.subject,
      ...values,
    });
    return this;
  }

  condition(code: object, values: Record<string, unknown> = {}): this {
    this.add({
      resourceType: 'Condition',
      clinicalStatus: coded('http://terminology.hl7.org/CodeSystem/condition-clinical', 'active'),
      verificationStatus: coded('http://terminology.hl7.org/CodeSystem/condition-ver-status', 'confirmed'),
      code,
      subject: this.subject,
      onsetDateTime: '2010-05-06T07:08:09+02:00',
      ...values,
    });
    return this;
  }

  order(medicine: object, values: Record<string, unknown> = {}): this {
    this.add({
      resourceType: 'MedicationRequest',
      status: 'active',
      intent: 'order',
      ...medicine,
      subject: this.subject,
      authoredOn: '2020-01-02T03:04:05+02:00',
      dosageInstruction: [
        {
          sequence: 1,
          timing: { repeat: { frequency: 1, period: 1, periodUnit: 'd' } },
          asNeededBoolean: false,
          doseAndRate: [{ doseQuantity: { value: 1 } }],
        },
      ],
      ...values,
    });
    return this;
  }

  observation(
    code: string,
    value: number,
    unit: string,
    day: string,
    values: Record<string, unknown> = {},
  ): this {
    this.add({
      resourceType: 'Observation',
      status: 'final',
      code: concept(LOINC, code, 'observation'),
      subject: this.subject,
      effectiveDateTime: `${day}T10:00:00+02:00`,
      valueQuantity: { value, unit, system: 'http://unitsofmeasure.org', code: unit },
      ...values,
    });
    return this;
  }

  /** Resources a pharmacy keeps nothing of. */
  andMore(): this {
    for (const resourceType of [
      'Encounter',
      'Claim',
      'ExplanationOfBenefit',
      'DiagnosticReport',
      'Immunization',
    ])
      this.add({ resourceType, subject: this.subject, status: 'finished' });
    return this;
  }

  build(type = 'transaction'): Bundle {
    return structuredClone({ resourceType: 'Bundle', type, entry: this.entries });
  }
}

export const aRecord = (values: Record<string, unknown> = {}): RecordBuilder => new RecordBuilder(values);
export const rxnorm = (code: string, display: string): object => ({
  medicationCodeableConcept: concept(RXNORM, code, display),
});
export const snomed = (code: string, display: string): object => concept(SNOMED, code, display);
export const icd10 = (code: string, display: string): object =>
  concept('http://hl7.org/fhir/sid/icd-10-cm', code, display);
