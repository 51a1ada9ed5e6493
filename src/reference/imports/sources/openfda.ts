import type { CatalogueSource, SourceFile, SourceInput, SourcePart, SourceRecord } from '../source.types.js';
import { readJsonEntries, type JsonEntry } from '../json-entries.js';
import { ndcProduct } from './ndc-product.js';
import { rejectRow } from './read-side.js';
import { ucumStrength } from './ucum-amount.domain.js';

/** How openFDA hands out its products. */
const OPENFDA_FILE = { title: 'an openFDA file', list: 'results', keys: ['product_ndc'] };

type Json = Readonly<Record<string, unknown>>;

const PRODUCT_NDC = /^\d{4,6}-\d{3,4}$/;
const PACKAGE_NDC = /^\d{4,6}-\d{3,4}-\d{1,2}$/;
const UNII = /^[A-Z0-9]{10}$/;
/** Packs of one product; FDA's longest list has some 200. */
const MOST_PACKAGES = 2000;
const MOST_INGREDIENTS = 500;

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text of an object; "" where there is none. */
function textOf(object: Json, key: string): string {
  const value = Object.hasOwn(object, key) ? object[key] : undefined;
  return typeof value === 'string' ? value.replace(/\s+/g, ' ').trim() : '';
}

function listOf(object: Json, key: string): readonly unknown[] {
  const value = Object.hasOwn(object, key) ? object[key] : undefined;
  return Array.isArray(value) ? (value as unknown[]) : [];
}

function textsOf(object: Json, key: string): string[] {
  return listOf(object, key).filter((value) => typeof value === 'string');
}

function composition(entry: Json): SourcePart[] {
  const stated = listOf(entry, 'active_ingredients').filter(isObject).slice(0, MOST_INGREDIENTS);
  const parts = stated.flatMap((ingredient): SourcePart[] => {
    const text = textOf(ingredient, 'name');
    return text === '' ? [] : [{ text, ...ucumStrength(textOf(ingredient, 'strength')) }];
  });
  // The codes stand beside the ingredients in no stated order: only a single one is certain.
  const known = isObject(entry.openfda) ? textsOf(entry.openfda, 'unii') : [];
  const [only] = parts;
  const [unii = ''] = known;
  return only !== undefined && parts.length === 1 && known.length === 1 && UNII.test(unii)
    ? [{ ...only, codes: { unii } }]
    : parts;
}

function readEntry(file: SourceFile, entry: JsonEntry, today: string): SourceRecord {
  const ref = { file: file.index, line: entry.number };
  if ('problem' in entry) return rejectRow(ref, null, entry.problem, entry.raw);
  const { value } = entry;
  if (!isObject(value)) return rejectRow(ref, null, 'is not an object', JSON.stringify(value).slice(0, 500));
  const productNdc = textOf(value, 'product_ndc');
  if (!PRODUCT_NDC.test(productNdc))
    return rejectRow(
      ref,
      'product_ndc',
      productNdc === '' ? 'is missing' : 'is not an NDC of two parts',
      productNdc,
    );
  const packaging = listOf(value, 'packaging').filter(isObject);
  const packages = packaging.map((pack) => ({
    ndc: textOf(pack, 'package_ndc'),
    description: textOf(pack, 'description'),
  }));
  const wrong = packages.find(({ ndc }) => !PACKAGE_NDC.test(ndc));
  if (wrong !== undefined || packages.length > MOST_PACKAGES)
    return {
      ...rejectRow(
        ref,
        'packaging',
        wrong === undefined
          ? `has more than ${MOST_PACKAGES} packs`
          : 'has a pack without an NDC of three parts',
        wrong?.ndc ?? '',
      ),
      sourceId: productNdc,
    };
  return ndcProduct(
    {
      ref,
      rows: [],
      productNdc,
      brand: textOf(value, 'brand_name'),
      brandSuffix: textOf(value, 'brand_name_suffix'),
      generic: textOf(value, 'generic_name'),
      form: textOf(value, 'dosage_form'),
      routes: textsOf(value, 'route'),
      labeler: textOf(value, 'labeler_name'),
      composition: composition(value),
      productType: textOf(value, 'product_type'),
      pharmClasses: textsOf(value, 'pharm_class').join(','),
      deaSchedule: textOf(value, 'dea_schedule'),
      endMarketing: textOf(value, 'marketing_end_date'),
      packages,
    },
    today,
  );
}

async function* readAll(input: SourceInput, today: string): AsyncGenerator<readonly SourceRecord[]> {
  for (const file of input.files)
    for await (const entries of readJsonEntries(file, OPENFDA_FILE))
      yield entries.map((entry) => readEntry(file, entry, today));
}

const isoDay = (): string => new Date().toISOString().slice(0, 10);

/** openFDA's drug/ndc endpoint as a dump, an array of entries, or one entry in each line. */
export function openFda(today: () => string = isoDay): CatalogueSource {
  return {
    name: 'openfda',
    title: 'openFDA drug/ndc, U.S. Food and Drug Administration',
    licence: 'CC0-1.0, openFDA (open.fda.gov/license); not validated for clinical or production use.',
    files: [
      {
        role: 'entries',
        title: 'JSON of the openFDA endpoint drug/ndc',
        isRequired: true,
        allowsMany: true,
        encoding: 'utf-8',
        recognise: (name, start) => /\.(?:json|ndjson|jsonl)$/i.test(name) || /^\s*[[{]/.test(start),
      },
    ],
    states: {
      price: false,
      rxOnly: true,
      pack: true,
      barcodes: true,
      atcCode: false,
      controlledSchedule: true,
      storage: false,
      handlingFlags: false,
      nameAr: false,
      category: true,
    },
    columnOf: (field) =>
      ({ barcode: 'package_ndc', name: 'brand_name', company: 'labeler_name' })[field] ?? field,
    read: (input) => readAll(input, today()),
  };
}

export const OPENFDA = openFda();
