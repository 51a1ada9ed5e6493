import { own } from '../../../platform/text/own.js';
import type { RowRef, SourceBarcode, SourcePack, SourcePart, SourceProduct } from '../source.types.js';
import { denominator, plainAmount, showAmounts, unitName } from './amounts.domain.js';
import { catalogueForm, type CatalogueForm } from './form-terms.domain.js';
import { productTitle } from './product-title.domain.js';
import { catalogueRoute } from './route-terms.domain.js';

/** A row of one of the other files, its values in the order of the adapter's columns. */
export interface DpdRow {
  ref: RowRef;
  fields: readonly string[];
}

/** A product of the Drug Product Database with its rows in the other files. */
export interface DpdProduct {
  ref: RowRef;
  drugCode: string;
  din: string;
  productClass: string;
  brand: string;
  descriptor: string;
  companies: readonly DpdRow[];
  /** [English, French] */
  forms: readonly DpdRow[];
  /** [code, name, strength, unit, dosage value, dosage unit] */
  ingredients: readonly DpdRow[];
  /** [UPC, unit, type, size, information] */
  packages: readonly DpdRow[];
  routes: readonly DpdRow[];
  schedules: readonly DpdRow[];
  /** [current flag, status, date] */
  statuses: readonly DpdRow[];
  /** [ATC, ATC name, AHFS number, AHFS name] */
  therapies: readonly DpdRow[];
  /** Rows of files nothing is taken from, which belong to the product all the same. */
  others: readonly DpdRow[];
}

/** Schedules under which a product leaves on prescription (Food and Drug Regulations; Controlled Drugs and Substances Act). */
const PRESCRIPTION = /^Prescription|^Narcotic|^Schedule G|^Targeted|CDSA/i;

/**
 * The catalogue's four controlled schedules for those of Canada, by their strictness: narcotics and CDSA I and II are II,
 * CDSA III is III, CDSA IV and targeted substances IV.
 */
const CONTROLLED: ReadonlyArray<readonly [RegExp, 'II' | 'III' | 'IV']> = [
  [/CDSA IV\b|^Targeted/i, 'IV'],
  [/CDSA III\b/i, 'III'],
  [/^Narcotic|CDSA I{1,2}\b/i, 'II'],
];
const STRICTEST = ['II', 'III', 'IV'] as const;

const ATC = /^[A-Z](?:\d{2}(?:[A-Z](?:[A-Z](?:\d{2})?)?)?)?$/;
const COUNTED = new Set(['tablet', 'capsule', 'suppository', 'lozenge', 'patch', 'film']);
/** Packs above this are batch sizes. */
const LARGEST_PACK = 10_000;

/** Identity: DIN and drug code; products without a DIN (some radiopharmaceuticals) have the code alone. */
export function dpdIdentity(din: string, drugCode: string): string {
  return /^\d{8}$/.test(din) ? `${din}-${drugCode}` : `none-${drugCode}`;
}

function composition(rows: readonly DpdRow[]): SourcePart[] {
  const seen = new Set<string>();
  const parts: SourcePart[] = [];
  for (const { fields } of rows) {
    const [code = '', name = '', strength = '', unit = '', value = '', per = ''] = fields;
    const key = [code, strength, unit, value, per].join('\n');
    if (name === '' || seen.has(key)) continue;
    seen.add(key);
    const amount = plainAmount(strength);
    const written = unitName(unit);
    parts.push({
      text: name,
      ...(amount === undefined || written === undefined ? {} : { amount, unit: written }),
      ...(amount === undefined || written === undefined ? {} : denominator(value, per)),
    });
  }
  return parts;
}

function oneForm(rows: readonly DpdRow[], routes: readonly string[]): CatalogueForm | undefined {
  const forms = new Map<string, CatalogueForm>();
  for (const { fields } of rows) {
    const [english = '', french = ''] = fields;
    const form = catalogueForm(english === '' ? french : english, routes);
    if (form !== undefined) forms.set(form.form, form);
  }
  if (forms.size > 1) return { form: 'kit', family: 'other', baseUnit: 'piece' };
  return [...forms.values()][0];
}

/** Counted packs: "30/100/500" of tablets are three. Volumes and texts say nothing that can be counted. */
function packsOf(rows: readonly DpdRow[], form: CatalogueForm | undefined): SourcePack[] {
  if (form === undefined || !COUNTED.has(form.baseUnit)) return [];
  const packs = new Map<string, SourcePack>();
  for (const { fields } of rows) {
    const [, unit = '', , size = '', information = ''] = fields;
    const text = size === '' ? information : `${size}${unit}`;
    for (const written of text.split('/')) {
      const count = /^\s*(\d{1,6})\s*(?:TABS?|TABLETS?|CAPS?|CAPSULES?|S|'S|UNITS?)?\.?\s*$/i.exec(
        written,
      )?.[1];
      const baseUnits = count === undefined ? undefined : plainAmount(count);
      if (baseUnits === undefined || Number.parseInt(baseUnits, 10) > LARGEST_PACK) continue;
      packs.set(baseUnits, { level: 'pack', baseUnits });
    }
  }
  return [...packs.values()].sort(
    (a, b) => Number.parseInt(a.baseUnits, 10) - Number.parseInt(b.baseUnits, 10),
  );
}

/** Codes as stated; a code that is none refuses its package row, which the pipeline sees to. */
function barcodesOf(rows: readonly DpdRow[]): SourceBarcode[] {
  return rows.flatMap(({ ref, fields }): SourceBarcode[] => {
    const [upc = '', , , , information = ''] = fields;
    const code = upc.replace(/[\s-]/g, '');
    if (code === '') return [];
    const description = information === '' ? {} : { description: information.slice(0, 500) };
    return [{ code, kind: 'gtin', packLevel: 'pack', row: ref, ...description }];
  });
}

function isActive(rows: readonly DpdRow[]): boolean {
  const current = rows.filter(({ fields }) => fields[0] === 'Y');
  return current.some(({ fields }) => /^MARKETED$/i.test(fields[1] ?? ''));
}

function scheduleOf(rows: readonly DpdRow[]): Pick<SourceProduct, 'rxOnly' | 'controlledSchedule'> {
  const names = rows.map(({ fields }) => fields[0] ?? '').filter((name) => name !== '');
  if (names.length === 0) return {};
  const found = names.flatMap((name) => CONTROLLED.find(([pattern]) => pattern.test(name))?.[1] ?? []);
  const controlledSchedule = STRICTEST.find((schedule) => found.includes(schedule));
  return {
    rxOnly: names.some((name) => PRESCRIPTION.test(name)),
    ...(controlledSchedule === undefined ? {} : { controlledSchedule }),
  };
}

/** Class of a product, which is kept as the widest category of what is not for human use by a patient. */
const CLASSES: Readonly<Record<string, string>> = {
  veterinary: 'VETERINARY',
  disinfectant: 'DISINFECTANT',
  radiopharmaceutical: 'RADIOPHARMACEUTICAL',
};

/** The product with all its rows. */
export function dpdProduct(stated: DpdProduct): SourceProduct {
  const routes = stated.routes.map(({ fields }) => fields[0] ?? '');
  const form = oneForm(stated.forms, routes);
  const parts = composition(stated.ingredients);
  const strength = showAmounts(parts);
  const route = catalogueRoute(routes);
  const packs = packsOf(stated.packages, form);
  const barcodes = barcodesOf(stated.packages);
  const atcCode = stated.therapies.map(({ fields }) => fields[0] ?? '').find((code) => ATC.test(code));
  const therapy = stated.therapies.map(({ fields }) => fields[3] ?? '').find((name) => name !== '');
  const category = [own(CLASSES, stated.productClass.toLowerCase()), therapy].filter(
    (name) => name !== undefined,
  );
  const isDescribed =
    stated.descriptor !== '' &&
    stated.descriptor.length <= 40 &&
    !stated.brand.toUpperCase().includes(stated.descriptor.toUpperCase());
  const rows = [
    ...stated.companies,
    ...stated.forms,
    ...stated.ingredients,
    ...stated.packages,
    ...stated.routes,
    ...stated.schedules,
    ...stated.statuses,
    ...stated.therapies,
    ...stated.others,
  ].map(({ ref }) => ref);
  const company = stated.companies.map(({ fields }) => fields[0] ?? '').find((name) => name !== '');
  const smallest = packs[0];
  return {
    kind: 'product',
    ...stated.ref,
    rows,
    sourceId: dpdIdentity(stated.din, stated.drugCode),
    name: productTitle({
      brand: isDescribed ? `${stated.brand} ${stated.descriptor}` : stated.brand,
      ...(strength === undefined ? {} : { strength }),
      ...(form === undefined ? {} : { form: form.form }),
    }),
    ...(parts.length === 0 ? {} : { composition: parts }),
    ...(strength === undefined ? {} : { strength }),
    ...(form === undefined ? {} : { dosageForm: form.form, formFamily: form.family }),
    ...(route === undefined ? {} : { route }),
    ...(company === undefined ? {} : { company }),
    ...(category.length === 0 ? {} : { category }),
    ...(atcCode === undefined ? {} : { atcCode }),
    ...(smallest === undefined || form === undefined
      ? {}
      : { baseUnit: form.baseUnit, unitsPerPack: smallest.baseUnits, packs }),
    ...(barcodes.length === 0 ? {} : { barcodes }),
    ...scheduleOf(stated.schedules),
    status: isActive(stated.statuses) ? 'active' : 'discontinued',
  };
}
