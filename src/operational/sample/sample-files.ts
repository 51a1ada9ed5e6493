import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { parse } from 'csv-parse/sync';
import { z } from 'zod';

import { packageRoot } from '../../platform/package-root.js';

const orNull = z.string().transform((value) => (value === '' ? null : value));

const SampleDrug = z.object({
  name: z.string().min(1),
  name_ar: orNull,
  ingredients: z.string(),
  dosage_form: z.string().min(1),
  route: z.string().min(1),
  company: z.string().min(1),
  category: z.string().min(1),
  price: z.string(),
  base_unit: z.string().min(1),
  units_per_strip: orNull,
  units_per_pack: z.string().min(1),
  rx_only: z.enum(['true', 'false']),
  controlled_schedule: orNull,
  barcode: z.string().length(13),
  storage: z.string(),
  atc_code: orNull,
});
export type SampleDrug = z.output<typeof SampleDrug>;

const Person = z.object({
  firstName: z.string(),
  lastName: z.string(),
  firstNameAr: z.string().nullish(),
  lastNameAr: z.string().nullish(),
  phone: z.string().nullish(),
});

const SamplePatient = Person.extend({
  birthDate: z.string(),
  sex: z.enum(['male', 'female']),
  phone: z.string(),
  weightKg: z.number().nullish(),
  egfr: z.number().nullish(),
  pregnant: z.boolean().nullish(),
  lactating: z.boolean().nullish(),
  noKnownAllergies: z.boolean().nullish(),
  allergies: z
    .array(
      z.object({
        allergenKind: z.enum(['ingredient', 'group']),
        allergen: z.string(),
        reaction: z.string().nullish(),
        severity: z.enum(['mild', 'moderate', 'severe', 'unknown']),
      }),
    )
    .default([]),
  conditions: z.array(z.object({ icd10: z.string().nullish(), name: z.string() })).default([]),
});
export type SamplePatient = z.output<typeof SamplePatient>;

const SamplePrescriber = Person.extend({ licenceNumber: z.string(), specialty: z.string().nullish() });
export type SamplePrescriber = z.output<typeof SamplePrescriber>;

const SampleSupplier = z.object({
  name: z.string(),
  nameAr: z.string().nullish(),
  phone: z.string().nullish(),
  email: z.string().nullish(),
  leadTimeDays: z.int().min(0),
});
export type SampleSupplier = z.output<typeof SampleSupplier>;

const file = (name: string): string =>
  readFileSync(join(packageRoot(), 'db', 'seed', 'sample', name), 'utf8');

/** The sample pharmacy as its files say, checked. All of it is invented but for the generic names and strengths. */
export function readSampleFiles(): {
  drugs: SampleDrug[];
  patients: SamplePatient[];
  prescribers: SamplePrescriber[];
  suppliers: SampleSupplier[];
} {
  return {
    drugs: z
      .array(SampleDrug)
      .parse(parse(file('drugs.csv'), { columns: true, bom: true, skip_empty_lines: true })),
    patients: z.array(SamplePatient).parse(JSON.parse(file('patients.json'))),
    prescribers: z.array(SamplePrescriber).parse(JSON.parse(file('prescribers.json'))),
    suppliers: z.array(SampleSupplier).parse(JSON.parse(file('suppliers.json'))),
  };
}
