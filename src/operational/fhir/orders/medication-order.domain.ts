import { InvalidRequest, RuleViolation, type FieldError } from '../../../platform/errors/domain-error.js';
import { isCalendarDate } from '../../../platform/time/local-date.js';
import { plainText } from '../reading/fhir-codes.domain.js';
import { doseOf, durationDays, readIntakes } from '../reading/fhir-dosage.domain.js';
import type { FhirConcept, FhirDosage, FhirQuantity, FhirReference } from '../reading/fhir.types.js';
import { SYSTEMS } from '../rest/elements.domain.js';

/** The parts of an order this module reads. */
export interface Order {
  readonly status: string;
  readonly intent: string;
  readonly doNotPerform?: boolean;
  readonly implicitRules?: unknown;
  readonly modifierExtension?: readonly unknown[];
  readonly subject: FhirReference;
  readonly requester?: FhirReference;
  readonly medicationCodeableConcept?: FhirConcept;
  readonly medicationReference?: FhirReference;
  readonly authoredOn?: string;
  readonly dosageInstruction?: readonly FhirDosage[];
  readonly dispenseRequest?: {
    readonly quantity?: FhirQuantity;
    readonly expectedSupplyDuration?: FhirQuantity;
    readonly numberOfRepeatsAllowed?: number;
  };
  readonly substitution?: { readonly allowedBoolean?: boolean };
  readonly note?: readonly { readonly text?: string }[];
}

/** An order as the prescription desk takes it; the product is named by its number here or still to be found. */
export interface ReadOrder {
  readonly patientId: number;
  readonly prescriberId: number;
  readonly drugId: number | undefined;
  readonly quantity: string;
  /** Unit the quantity is in, in our words; undefined: not stated. */
  readonly quantityUnit: string | undefined;
  readonly daysSupply: number;
  readonly sig: string;
  readonly refillsAuthorized: number;
  readonly prescribedDate: string | undefined;
  readonly daw: number | undefined;
  readonly dose:
    { readonly amount: string; readonly unit: string; readonly frequencyPerDay: string } | undefined;
  readonly notes: string | undefined;
}

const INTENTS = new Set(['order', 'original-order', 'instance-order', 'filler-order']);
const QUANTITY = /^\d{1,9}(?:\.\d{1,3})?$/;
const MOST_DAYS = 366;
const MOST_SIG = 500;
const MOST_NOTES = 2000;

/** The number of ours in a reference to a resource of this server; undefined: of another server, or none. */
export function ownId(reference: FhirReference | undefined, type: string, base: string): number | undefined {
  const text = reference?.reference ?? '';
  const relative = text.startsWith(`${base}/`) ? text.slice(base.length + 1) : text;
  const id = new RegExp(`^${type}/([1-9]\\d{0,9})(?:/_history/\\d{1,9})?$`).exec(relative)?.[1];
  return id !== undefined && Number(id) <= 2_147_483_647 ? Number(id) : undefined;
}

/**
 * Reads an order. Throws RuleViolation (422) for one that is not a plain active order, and InvalidRequest (400) naming
 * every element that is missing or cannot be read: nothing is guessed.
 */
export function readOrder(order: Order, base: string): ReadOrder {
  refuseUnplain(order);
  const faults: FieldError[] = [];
  const need = <T>(value: T | undefined, pointer: string, detail: string): T | undefined => {
    if (value === undefined) faults.push({ pointer, detail });
    return value;
  };
  const { dispenseRequest, dosageInstruction = [] } = order;
  const patientId = need(
    ownId(order.subject, 'Patient', base),
    '/subject',
    'must be a reference to a Patient of this server',
  );
  const prescriberId = need(
    ownId(order.requester, 'Practitioner', base),
    '/requester',
    'must be a reference to a Practitioner of this server',
  );
  const value = dispenseRequest?.quantity?.value;
  const quantity = need(
    value !== undefined && QUANTITY.test(String(value)) && value > 0 ? String(value) : undefined,
    '/dispenseRequest/quantity',
    'must say how much one fill is, in base units of the product, with at most three decimals',
  );
  const days =
    durationDays(dispenseRequest?.expectedSupplyDuration) ?? readIntakes(asUse(order), null)[0]?.days;
  const daysSupply = need(
    days !== undefined && days <= MOST_DAYS ? days : undefined,
    '/dispenseRequest/expectedSupplyDuration',
    `must say how long one fill lasts, 1 to ${MOST_DAYS} days`,
  );
  const sig = need(
    sigOf(dosageInstruction),
    '/dosageInstruction/0/text',
    `must say how it is taken, in at most ${MOST_SIG} characters`,
  );
  const day = order.authoredOn?.slice(0, 10);
  if (day !== undefined && !isCalendarDate(day))
    faults.push({ pointer: '/authoredOn', detail: 'must be a whole date' });
  const drugId = ownId(order.medicationReference, 'Medication', base) ?? codedDrug(order);
  if (drugId === undefined && order.medicationCodeableConcept === undefined)
    faults.push({
      pointer: '/medicationReference',
      detail: 'must be a reference to a Medication of this server',
    });
  if (
    faults.length > 0 ||
    patientId === undefined ||
    prescriberId === undefined ||
    quantity === undefined ||
    daysSupply === undefined ||
    sig === undefined
  )
    throw new InvalidRequest('The MedicationRequest lacks what a prescription needs.', {}, faults);
  const notes = (order.note ?? []).flatMap(({ text }) =>
    text === undefined ? [] : [plainText(text, MOST_NOTES)],
  );
  return {
    patientId,
    prescriberId,
    drugId,
    quantity,
    quantityUnit: doseOf(dispenseRequest?.quantity)?.unit,
    daysSupply,
    sig,
    refillsAuthorized: dispenseRequest?.numberOfRepeatsAllowed ?? 0,
    prescribedDate: day,
    daw: order.substitution?.allowedBoolean === false ? 1 : undefined,
    dose: doseOfOrder(order),
    notes: notes.length === 0 ? undefined : plainText(notes.join('; '), MOST_NOTES),
  };
}

function refuseUnplain(order: Order): void {
  if (order.status !== 'active')
    throw new RuleViolation('Only an active order can be entered: status must be active.');
  if (!INTENTS.has(order.intent))
    throw new RuleViolation('Only an order can be entered: intent must be order.');
  if (order.doNotPerform === true)
    throw new RuleViolation('An order not to give a medicine cannot be entered as a prescription.');
  if ((order.modifierExtension ?? []).length > 0 || order.implicitRules !== undefined)
    throw new RuleViolation('The order has modifiers this server does not understand.');
}

/** All directions in order, as written; undefined where there are none, or they are too long to be on a label. */
function sigOf(dosages: readonly FhirDosage[]): string | undefined {
  const lines = dosages.flatMap(({ text, patientInstruction }) => {
    const line = text ?? patientInstruction;
    return line === undefined ? [] : [plainText(line, 5000)];
  });
  const sig = lines.join('; ');
  return lines.length < dosages.length || sig === '' || sig.length > MOST_SIG ? undefined : sig;
}

const asUse = (order: Order) => ({
  resourceType: 'MedicationRequest' as const,
  dosageInstruction: [...(order.dosageInstruction ?? [])],
  dispenseRequest: order.dispenseRequest,
  contained: [],
});

/** The dose where there is one way of taking it and it is stated in full. */
function doseOfOrder(order: Order): ReadOrder['dose'] {
  const [intake, ...more] = readIntakes(asUse(order), null);
  if (
    more.length > 0 ||
    intake?.dose === undefined ||
    intake.unit === undefined ||
    intake.frequencyPerDay === undefined
  )
    return undefined;
  const { dose: amount, unit, frequencyPerDay } = intake;
  const fits =
    /^\d{1,6}(?:\.\d{1,6})?$/.test(amount) &&
    /^\d{1,3}(?:\.\d{1,2})?$/.test(frequencyPerDay) &&
    unit.length <= 20;
  return fits ? { amount, unit, frequencyPerDay } : undefined;
}

/** The product by our own code. */
function codedDrug({ medicationCodeableConcept: concept }: Order): number | undefined {
  const code = concept?.coding?.find(({ system }) => system === SYSTEMS.drug)?.code;
  return code !== undefined && /^[1-9]\d{0,9}$/.test(code) && Number(code) <= 2_147_483_647
    ? Number(code)
    : undefined;
}

/** True where a stated unit can only be the product's base unit ("tablets" for tablet), or none is stated. */
export function isBaseUnit(unit: string | undefined, baseUnit: string): boolean {
  if (unit === undefined) return true;
  const plain = (word: string): string => word.toLowerCase().replace(/s$/, '');
  return plain(unit) === plain(baseUnit);
}
