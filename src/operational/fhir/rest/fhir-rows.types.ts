import type { OtherNumber } from './fhir-resource.types.js';

/** Rows as the queries of fhir-search.sql.ts answer them; dates 'YYYY-MM-DD', amounts decimal strings. */

interface Named {
  readonly firstName: string;
  readonly lastName: string;
  readonly firstNameAr: string | null;
  readonly lastNameAr: string | null;
  readonly phone: string | null;
  readonly version: number;
  /** Numbers it bore in the bundles it was imported from. */
  readonly identifiers: readonly OtherNumber[];
}

export interface PatientRow extends Named {
  readonly patientId: number;
  readonly birthDate: string | null;
  readonly birthDatePartial: string | null;
  readonly isDeceased: boolean;
  readonly deceasedOn: string | null;
  /** The record of the same person that took this one over. */
  readonly mergedInto: number | null;
  readonly sex: 'male' | 'female' | 'unknown';
  readonly nationalId: string | null;
  readonly language: 'ar' | 'en';
}

export interface PractitionerRow extends Named {
  readonly prescriberId: number;
  readonly licenceNumber: string;
  readonly specialty: string | null;
  readonly active: boolean;
}

export interface AllergyRow {
  /** Negative: no allergy, but that none is known. */
  readonly allergyId: number;
  readonly patientId: number;
  readonly ingredientId: number | null;
  readonly groupCode: string | null;
  readonly substance: string;
  readonly codes: readonly { readonly system: string; readonly code: string }[];
  readonly reaction: string | null;
  readonly severity: 'mild' | 'moderate' | 'severe' | 'unknown';
  readonly status: 'active' | 'inactive' | 'entered_in_error';
  readonly recordedAt: Date;
  readonly version: number;
}

export interface ConditionRow {
  readonly conditionId: number;
  readonly patientId: number;
  readonly icd10: string | null;
  readonly name: string;
  readonly onsetDate: string | null;
  readonly status: 'active' | 'resolved' | 'entered_in_error';
  readonly recordedAt: Date;
  readonly version: number;
}

export interface ReportedMedicineRow {
  readonly medicationId: number;
  readonly patientId: number;
  readonly drugId: number | null;
  readonly ingredientId: number | null;
  readonly name: string;
  readonly dose: string | null;
  readonly startedOn: string | null;
  readonly endedOn: string | null;
  readonly fhirStatus: string;
  readonly recordedAt: Date;
  readonly version: number;
}

export interface DrugRow {
  readonly drugId: number;
  readonly name: string;
  readonly atcCode: string | null;
  readonly rxcui: string | null;
  readonly dosageForm: string | null;
  readonly company: string | null;
  readonly fhirStatus: string;
  readonly barcodes: readonly string[];
  readonly ingredients: readonly {
    readonly ingredientId: number | null;
    readonly name: string;
    readonly codes: readonly { readonly system: string; readonly code: string }[];
    readonly amount: string | null;
    readonly unit: string | null;
    readonly perAmount: string | null;
    readonly perUnit: string | null;
  }[];
  readonly version: number;
  readonly updatedAt: Date;
}

interface OfPrescription {
  readonly prescriptionId: number;
  readonly patientId: number;
  readonly drugId: number;
  readonly drugName: string;
  readonly rxcui: string | null;
  readonly atcCode: string | null;
  readonly baseUnit: string;
  /** Base units, decimal string. */
  readonly quantity: string;
  readonly daysSupply: number;
  readonly sig: string;
  readonly doseAmount: string | null;
  readonly doseUnit: string | null;
  readonly frequencyPerDay: string | null;
  readonly fhirStatus: string;
  readonly version: number;
}

export interface PrescriptionRow extends OfPrescription {
  readonly rxNumber: string;
  readonly prescriberId: number;
  readonly prescriberName: string;
  readonly prescribedDate: string;
  readonly expiresOn: string;
  readonly refillsAuthorized: number;
  readonly dawCode: number;
  readonly notes: string | null;
  readonly updatedAt: Date;
}

export interface FillRow extends OfPrescription {
  readonly fillId: number;
  readonly fillNumber: number;
  readonly preparedAt: Date;
  readonly dispensedAt: Date | null;
  readonly isSubstituted: boolean;
}
