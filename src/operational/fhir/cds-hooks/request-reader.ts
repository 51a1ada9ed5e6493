import type { z } from 'zod';

import { InvalidRequest } from '../../../platform/errors/domain-error.js';
import { Bundle, type CdsRequest } from './cds-hooks.schemas.js';
import type { Gap } from '../reading/reading.types.js';
import * as fhir from '../reading/fhir.schemas.js';
import { plainText } from '../reading/fhir-codes.domain.js';
import { asksForMedicine } from '../reading/fhir-medicine.domain.js';
import type {
  FhirAllergy,
  FhirCondition,
  FhirMedication,
  FhirMedicationUse,
  FhirObservation,
  FhirPatient,
  FhirReference,
} from '../reading/fhir.types.js';

/** A Medication sent along, and the address it has in its Bundle. */
export interface SentMedication {
  readonly fullUrl: string | undefined;
  readonly resource: FhirMedication;
}

/** What a call brought along, read by kind of resource. Undefined: the client did not send it. */
export interface CdsFacts {
  /** Orders to be judged. */
  readonly orders: readonly FhirMedicationUse[];
  /** Orders of the session that are not selected. */
  readonly otherDrafts: readonly FhirMedicationUse[];
  /** Records of medicines, taken or no longer. */
  readonly records: readonly FhirMedicationUse[];
  readonly medications: readonly SentMedication[];
  readonly patient: FhirPatient | undefined;
  readonly allergies: readonly FhirAllergy[] | undefined;
  readonly conditions: readonly FhirCondition[];
  readonly observations: readonly FhirObservation[];
  readonly gaps: readonly Gap[];
}

interface Sent {
  readonly fullUrl: string | undefined;
  readonly resource: { readonly resourceType: string };
}

type Prefetch = NonNullable<CdsRequest['prefetch']>;
type Key = keyof Prefetch;

/** What each key is called where it is missing. */
const CALLED: Readonly<Record<Key, string>> = {
  patient: 'the record of the patient',
  medications: 'the medicines the patient takes',
  statements: 'the medicines the patient takes',
  dispenses: 'the medicines the patient takes',
  allergies: 'the allergies',
  conditions: 'the conditions',
  observations: 'observations (weight, renal function, pregnancy)',
};

/** Reads one call; problems become gaps, but for what would judge the wrong patient or nobody (InvalidRequest). */
class RequestReader {
  private readonly gaps: Gap[] = [];
  private readonly medications: SentMedication[] = [];

  constructor(private readonly request: CdsRequest) {}

  read(): CdsFacts {
    const { draftOrders, selections } = this.request.context;
    const drafts = this.draftsOf(draftOrders);
    const wanted = this.request.hook === 'order-select' ? new Set(selections ?? []) : undefined;
    const isWanted = (draft: FhirMedicationUse): boolean => wanted === undefined || isNamed(draft, wanted);
    if (wanted) this.reportUnknownSelections(wanted, draftOrders);
    const orders = drafts.filter(isWanted);
    const patient = this.patient();
    const replaced = new Set(
      drafts.flatMap((draft) => [
        ...(draft.id === undefined ? [] : [`${draft.resourceType}/${draft.id}`]),
        ...(/Medication(?:Request|Order)\/[^/]+$/.exec(draft.priorPrescription?.reference ?? '') ?? []),
      ]),
    );
    const allergies = this.prefetched('allergies');
    return {
      orders,
      otherDrafts: drafts.filter((draft) => !isWanted(draft)),
      // An order that is signed again, or takes the place of another, is not beside itself.
      records: this.records().filter(({ resourceType, id }) => !replaced.has(`${resourceType}/${id ?? ''}`)),
      medications: this.medications,
      patient,
      allergies: allergies && this.each(allergies, 'allergies', fhir.AllergyIntolerance),
      conditions: this.each(this.prefetched('conditions') ?? [], 'conditions', fhir.Condition),
      observations: this.each(this.prefetched('observations') ?? [], 'observations', fhir.Observation),
      gaps: this.gaps,
    };
  }

  private draftsOf(bundle: z.output<typeof Bundle>): FhirMedicationUse[] {
    const drafts: FhirMedicationUse[] = [];
    (bundle.entry ?? []).forEach(({ fullUrl, resource }, index) => {
      if (!resource) return;
      this.keepMedication({ fullUrl, resource });
      const order = this.use(resource);
      if (!order || !['MedicationRequest', 'MedicationOrder'].includes(order.resourceType)) return;
      if (this.isOfAnother(order.subject ?? order.patient))
        throw new InvalidRequest('An order is not for the patient of the context.', {}, [
          {
            pointer: `/context/draftOrders/entry/${index}/resource/subject`,
            detail: 'must be the patient of the context',
          },
        ]);
      if (asksForMedicine(order)) drafts.push(order);
    });
    return drafts;
  }

  private reportUnknownSelections(wanted: ReadonlySet<string>, bundle: z.output<typeof Bundle>): void {
    const there = new Set(
      (bundle.entry ?? []).flatMap(({ resource }) =>
        resource && typeof resource.id === 'string' ? [`${resource.resourceType}/${resource.id}`] : [],
      ),
    );
    const missing = [...wanted].filter((selection) => !there.has(selection));
    if (missing.length > 0)
      this.gaps.push({
        reason: 'a selected order is not among the draft orders',
        about: missing.map((selection) => plainText(selection)),
      });
  }

  private patient(): FhirPatient | undefined {
    const sent = this.prefetched('patient');
    const [patient] = this.each(sent ?? [], 'patient', fhir.Patient);
    if (patient?.id !== undefined && patient.id !== this.request.context.patientId)
      throw new InvalidRequest('The prefetched patient is not the patient of the context.', {}, [
        { pointer: '/prefetch/patient/id', detail: 'must be context.patientId' },
      ]);
    return patient;
  }

  private records(): FhirMedicationUse[] {
    const prefetch = this.request.prefetch ?? {};
    const keys = (['medications', 'statements', 'dispenses'] as const).filter(
      (key) => prefetch[key] !== undefined,
    );
    if (keys.length === 0) this.notSent('medications');
    return keys.flatMap((key) =>
      (this.prefetched(key) ?? []).flatMap((sent) => {
        this.keepMedication(sent);
        if (sent.resource.resourceType === 'Medication') return [];
        const use = this.use(sent.resource);
        if (!use) {
          this.unreadable(key, sent);
          return [];
        }
        return this.isOfAnother(use.subject ?? use.patient, key) ? [] : [use];
      }),
    );
  }

  private use(resource: Sent['resource']): FhirMedicationUse | undefined {
    const read = fhir.MedicationUse.safeParse(resource);
    if (!read.success) return undefined;
    const contained = (read.data.contained ?? []).flatMap((inside) => {
      const medication = fhir.Medication.safeParse(inside);
      return medication.success ? [medication.data] : [];
    });
    return { ...read.data, contained };
  }

  private keepMedication({ fullUrl, resource }: Sent): void {
    const read = fhir.Medication.safeParse(resource);
    if (read.success) this.medications.push({ fullUrl, resource: read.data });
  }

  /** Resources of one key; undefined where the client did not or could not send it, which is noted. */
  private prefetched(key: Key): Sent[] | undefined {
    const value = this.request.prefetch?.[key];
    if (value === null) return [];
    if (value === undefined) return this.notSent(key);
    if (value.resourceType === 'OperationOutcome') return this.failed(key);
    if (value.resourceType !== 'Bundle') return [{ fullUrl: undefined, resource: value }];
    const bundle = Bundle.safeParse(value);
    if (!bundle.success)
      throw new InvalidRequest('A prefetched Bundle is not valid.', {}, faults(key, bundle.error));
    const { entry = [], link = [], total } = bundle.data;
    if (link.some(({ relation }) => relation === 'next') || (total ?? 0) > entry.length)
      this.gaps.push({ reason: 'only a part was sent of', about: [CALLED[key]] });
    const resources = entry.flatMap(({ fullUrl, resource }) => (resource ? [{ fullUrl, resource }] : []));
    if (resources.some(({ resource }) => resource.resourceType === 'OperationOutcome')) this.failed(key);
    return resources.filter(({ resource }) => resource.resourceType !== 'OperationOutcome');
  }

  private notSent(key: Key): undefined {
    this.gaps.push({ reason: 'the client did not send', about: [CALLED[key]] });
  }

  private failed(key: Key): undefined {
    this.gaps.push({ reason: 'the client could not fetch all of', about: [CALLED[key]] });
  }

  private each<Kind extends z.ZodType<{ patient?: FhirReference; subject?: FhirReference } | FhirPatient>>(
    sent: readonly Sent[],
    key: Key,
    kind: Kind,
  ): z.output<Kind>[] {
    return sent.flatMap((one) => {
      const read = kind.safeParse(one.resource);
      if (!read.success) {
        this.unreadable(key, one);
        return [];
      }
      const { data } = read;
      const subject = 'subject' in data ? data.subject : undefined;
      const reference = subject ?? ('patient' in data ? data.patient : undefined);
      return this.isOfAnother(reference, key) ? [] : [data];
    });
  }

  private unreadable(key: Key, { resource }: Sent): void {
    this.gaps.push({
      reason: `a record among ${CALLED[key]} cannot be read`,
      about: [plainText(resource.resourceType, 64)],
    });
  }

  /** True for a reference to somebody else than the patient; with a key, that is noted. An unclear reference is his. */
  private isOfAnother(reference: FhirReference | undefined, key?: Key): boolean {
    const id = /(?:^|\/)Patient\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/.*)?$/.exec(
      reference?.reference ?? '',
    )?.[1];
    const isOther = id !== undefined && id !== this.request.context.patientId;
    if (isOther && key)
      this.gaps.push({ reason: 'a record of another patient was left out of', about: [CALLED[key]] });
    return isOther;
  }
}

const isNamed = ({ resourceType, id }: FhirMedicationUse, selections: ReadonlySet<string>): boolean =>
  id !== undefined && selections.has(`${resourceType}/${id}`);

const faults = (key: Key, error: z.ZodError) =>
  error.issues.slice(0, 20).map((issue) => ({
    pointer: `/prefetch/${[key, ...issue.path.map(String)].join('/')}`,
    detail: issue.message,
  }));

/**
 * Reads a call into what screening needs. What cannot be read, was not sent, or is of another patient is a gap; an order or
 * a Patient of somebody else, and a Bundle beyond all bounds, is an InvalidRequest (400).
 */
export const readRequest = (request: CdsRequest): CdsFacts => new RequestReader(request).read();
