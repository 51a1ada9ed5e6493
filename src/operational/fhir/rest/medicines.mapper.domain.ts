import {
  concept,
  decimal,
  element,
  medicineCodings,
  reference,
  resource,
  SYSTEMS,
} from './elements.domain.js';
import type { FhirResource } from './fhir-resource.types.js';
import type { DrugRow, FillRow, PrescriptionRow } from './fhir-rows.types.js';

const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm';
const ATC = 'http://www.whocc.no/atc';
const GTIN = 'https://www.gs1.org/gtin';
const UCUM = 'http://unitsofmeasure.org';

/** Units of the catalogue that UCUM has a code for. */
const UCUM_CODES: ReadonlyMap<string, string> = new Map([
  ['mg', 'mg'],
  ['g', 'g'],
  ['kg', 'kg'],
  ['mcg', 'ug'],
  ['ng', 'ng'],
  ['ml', 'mL'],
  ['l', 'L'],
  ['iu', '[iU]'],
  ['%', '%'],
  ['mmol', 'mmol'],
  ['meq', 'meq'],
]);

function quantity(amount: string, unit: string | null): object {
  const code = UCUM_CODES.get((unit ?? '').toLowerCase());
  return element({
    value: decimal(amount),
    unit: unit ?? undefined,
    ...(code === undefined ? {} : { system: UCUM, code }),
  });
}

/** A product by all the codes it has. */
const productConcept = (
  drugId: number,
  name: string,
  rxcui: string | null,
  atcCode: string | null,
): object => ({
  coding: [
    { system: SYSTEMS.drug, code: String(drugId), display: name },
    ...(rxcui === null ? [] : [{ system: RXNORM, code: rxcui }]),
    ...(atcCode === null ? [] : [{ system: ATC, code: atcCode }]),
  ],
  text: name,
});

export function toMedication(row: DrugRow): FhirResource {
  return resource(
    'Medication',
    String(row.drugId),
    row.version,
    {
      identifier: row.barcodes.map((value) => ({ system: GTIN, value })),
      code: productConcept(row.drugId, row.name, row.rxcui, row.atcCode),
      status: row.fhirStatus,
      manufacturer: row.company === null ? undefined : { display: row.company },
      form: row.dosageForm === null ? undefined : { text: row.dosageForm },
      ingredient: row.ingredients.map((line) => {
        const coding = [
          ...(line.ingredientId === null
            ? []
            : [{ system: SYSTEMS.ingredient, code: String(line.ingredientId), display: line.name }]),
          ...medicineCodings(line.codes),
        ];
        return element({
          itemCodeableConcept: element({ coding, text: line.name }),
          isActive: true,
          strength:
            line.amount === null
              ? undefined
              : {
                  numerator: quantity(line.amount, line.unit),
                  denominator: quantity(line.perAmount ?? '1', line.perUnit ?? null),
                },
        });
      }),
    },
    row.updatedAt,
  );
}

const HOURS_24 = { value: 1, unit: 'day', system: UCUM, code: 'd' };

/** Directions: the sig as written, and the dose where it is stated. */
function dosage(row: PrescriptionRow | FillRow): object {
  const isWhole = row.frequencyPerDay !== null && /^[1-9]\d*$/.test(row.frequencyPerDay);
  return element({
    text: row.sig,
    timing: isWhole
      ? { repeat: { frequency: decimal(row.frequencyPerDay ?? '1'), period: 1, periodUnit: 'd' } }
      : undefined,
    doseAndRate:
      row.doseAmount === null || row.doseUnit === null
        ? []
        : [{ doseQuantity: quantity(row.doseAmount, row.doseUnit) }],
    // A frequency such as 1.5 a day has no place in Timing; as the most in a day it loses nothing.
    maxDosePerPeriod:
      !isWhole && row.frequencyPerDay !== null && row.doseAmount !== null && row.doseUnit !== null
        ? {
            numerator: quantity(product(row.doseAmount, row.frequencyPerDay), row.doseUnit),
            denominator: HOURS_24,
          }
        : undefined,
  });
}

/** Product of two decimals of at most six places, exact. */
function product(a: string, b: string): string {
  const scaled = (text: string): [bigint, number] => {
    const [head = '', tail = ''] = text.split('.');
    return [BigInt(`${head}${tail}`), tail.length];
  };
  const [[left, leftPlaces], [right, rightPlaces]] = [scaled(a), scaled(b)];
  const places = leftPlaces + rightPlaces;
  const digits = (left * right).toString().padStart(places + 1, '0');
  return places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

const days = (count: number): object => ({ value: count, unit: 'days', system: UCUM, code: 'd' });
const units = (row: PrescriptionRow | FillRow): object => ({
  value: decimal(row.quantity),
  unit: row.baseUnit,
});
const medicine = (row: PrescriptionRow | FillRow): object =>
  productConcept(row.drugId, row.drugName, row.rxcui, row.atcCode);

export function toMedicationRequest(row: PrescriptionRow): FhirResource {
  return resource(
    'MedicationRequest',
    String(row.prescriptionId),
    row.version,
    {
      identifier: [{ system: SYSTEMS.rxNumber, value: row.rxNumber }],
      status: row.fhirStatus,
      intent: 'order',
      medicationCodeableConcept: medicine(row),
      subject: reference('Patient', row.patientId),
      authoredOn: row.prescribedDate,
      requester: reference('Practitioner', row.prescriberId, row.prescriberName),
      note: row.notes === null ? [] : [{ text: row.notes }],
      dosageInstruction: [dosage(row)],
      dispenseRequest: {
        validityPeriod: { start: row.prescribedDate, end: row.expiresOn },
        numberOfRepeatsAllowed: row.refillsAuthorized,
        quantity: units(row),
        expectedSupplyDuration: days(row.daysSupply),
      },
      substitution: { allowedBoolean: row.dawCode !== 1 },
    },
    row.updatedAt,
  );
}

export function toMedicationDispense(row: FillRow): FhirResource {
  return resource('MedicationDispense', String(row.fillId), row.version, {
    status: row.fhirStatus,
    medicationCodeableConcept: medicine(row),
    subject: reference('Patient', row.patientId),
    authorizingPrescription: [reference('MedicationRequest', row.prescriptionId)],
    type: concept(
      'http://terminology.hl7.org/CodeSystem/v3-ActCode',
      row.fillNumber === 0 ? 'FF' : 'RF',
      row.fillNumber === 0 ? 'First Fill' : 'Refill',
    ),
    quantity: units(row),
    daysSupply: days(row.daysSupply),
    whenPrepared: row.preparedAt.toISOString(),
    whenHandedOver: row.dispensedAt?.toISOString(),
    dosageInstruction: [dosage(row)],
    substitution: { wasSubstituted: row.isSubstituted },
  });
}
