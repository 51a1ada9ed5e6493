import type { RouteName } from './route-class.domain.js';
import { ROUTES } from './route-class.domain.js';
import type { PrescriptionOnlyList } from './prescription-only.domain.js';
import { readAtcEntry } from './prescription-only.domain.js';

/**
 * Mapping of a source file to the catalogue. A mapping is data (db/mappings/*.json): a further csv source needs
 * a further mapping file, not code.
 */

/** Catalogue fields a column can feed. `name` and `price` are required. */
export const MAPPED_FIELDS = [
  'name',
  'nameAr',
  'activeRaw',
  'company',
  'category',
  'route',
  'price',
  'sourceId',
  'barcode',
  'rxOnly',
] as const;
export type MappedField = (typeof MAPPED_FIELDS)[number];

/** A checked mapping. */
export interface SourceMapping {
  /** Short name of the source, kept with every product: "egypt". */
  source: string;
  title: string;
  licence: string;
  format: { encoding: 'utf-8' | 'latin1'; delimiter: string; quote: string };
  /** Field → column name in the header. */
  columns: Partial<Record<MappedField, string>> & { name: string; price: string };
  /** Fields whose texts make the identity of a product, for sources without an id column. */
  idFields: MappedField[];
  /** What a price must look like before it is read as an exact decimal. */
  pricePattern: RegExp;
  /** Highest price believed; above it the row is rejected. A decimal string. */
  priceMaximum: string;
  companySeparator: string;
  categorySeparator: string;
  /** Stated route → catalogue route, or null for "says nothing". A route that is not listed rejects the row. */
  routes: Readonly<Record<string, RouteName | null>>;
  /** Column values that mean prescription only. */
  rxOnlyValues: string[];
  /** What is prescription only where the source does not say so; a default for the pharmacist to review. */
  prescriptionOnly: PrescriptionOnlyList;
}

/** A mapping, or what is wrong with it (one line each, with the path). */
export type MappingResult = { ok: SourceMapping } | { problems: string[] };

type Json = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isField(value: unknown): value is MappedField {
  return MAPPED_FIELDS.some((field) => field === value);
}

/** Collects problems while reading, so that one run reports all of them. */
class Reader {
  readonly problems: string[] = [];

  object(value: unknown, path: string): Json {
    if (isObject(value)) return value;
    this.problems.push(`${path}: must be an object`);
    return {};
  }

  text(value: unknown, path: string, longest = 200): string {
    if (typeof value === 'string' && value !== '' && value.length <= longest) return value;
    this.problems.push(`${path}: must be a text of 1 to ${longest} characters`);
    return '';
  }

  onlyKeys(value: Json, allowed: readonly string[], path: string): void {
    for (const key of Object.keys(value)) {
      if (!allowed.includes(key)) this.problems.push(`${path}${key}: is not a known setting`);
    }
  }

  pattern(value: unknown, path: string): RegExp {
    const text = this.text(value, path);
    try {
      return new RegExp(text, 'u');
    } catch {
      this.problems.push(`${path}: is not a regular expression`);
      return /^$/u;
    }
  }
}

function readColumns(reader: Reader, value: unknown): SourceMapping['columns'] {
  const columns: Partial<Record<MappedField, string>> = {};
  for (const [field, column] of Object.entries(reader.object(value, 'columns'))) {
    if (isField(field)) columns[field] = reader.text(column, `columns.${field}`);
    else reader.problems.push(`columns.${field}: is not a catalogue field`);
  }
  const { name = '', price = '' } = columns;
  if (name === '') reader.problems.push('columns.name: is required');
  if (price === '') reader.problems.push('columns.price: is required');
  return { ...columns, name, price };
}

function readRoutes(reader: Reader, value: unknown): Record<string, RouteName | null> {
  const routes: Record<string, RouteName | null> = {};
  for (const [stated, route] of Object.entries(reader.object(value ?? {}, 'routes'))) {
    const known = ROUTES.find((name) => name === route);
    if (route !== null && known === undefined) {
      reader.problems.push(`routes.${stated}: must be null or one of ${ROUTES.join(', ')}`);
    }
    routes[stated] = known ?? null;
  }
  return routes;
}

function readIdFields(reader: Reader, value: unknown, columns: SourceMapping['columns']): MappedField[] {
  const fields = Array.isArray(value) ? value.filter(isField) : [];
  if (!Array.isArray(value) || fields.length !== value.length || fields.length === 0) {
    reader.problems.push('idFields: must be a list of one or more catalogue fields');
  }
  for (const field of fields) {
    if (columns[field] === undefined) reader.problems.push(`idFields: ${field} has no column`);
  }
  return fields;
}

function readTexts(reader: Reader, value: unknown, path: string): string[] {
  const texts = value ?? [];
  if (Array.isArray(texts) && texts.every((text) => typeof text === 'string')) return texts.map(String);
  reader.problems.push(`${path}: must be a list of texts`);
  return [];
}

function readPrescriptionOnly(reader: Reader, root: Json): PrescriptionOnlyList {
  const readList = (key: string) =>
    readTexts(reader, root[key], key).flatMap((text) => {
      const entry = readAtcEntry(text);
      if (entry === undefined) reader.problems.push(`${key}: "${text}" is not an ATC code, or CODE/route`);
      return entry === undefined ? [] : [entry];
    });
  const routes = readTexts(reader, root.prescriptionOnlyRoutes, 'prescriptionOnlyRoutes').flatMap((name) => {
    const route = ROUTES.find((known) => known === name);
    if (route === undefined)
      reader.problems.push(`prescriptionOnlyRoutes: "${name}" is not one of ${ROUTES.join(', ')}`);
    return route === undefined ? [] : [route];
  });
  return { atc: readList('prescriptionOnlyAtc'), exceptAtc: readList('prescriptionFreeAtc'), routes };
}

const KEYS = [
  'source',
  'title',
  'licence',
  'format',
  'columns',
  'idFields',
  'price',
  'companySeparator',
  'categorySeparator',
  'routes',
  'rxOnlyValues',
  'prescriptionOnlyAtc',
  'prescriptionFreeAtc',
  'prescriptionOnlyRoutes',
];

/** Checks a parsed mapping file. Every problem is reported, not the first only. */
export function readMapping(json: unknown): MappingResult {
  const reader = new Reader();
  const root = reader.object(json, 'mapping');
  reader.onlyKeys(root, KEYS, '');
  const format = reader.object(root.format, 'format');
  reader.onlyKeys(format, ['kind', 'encoding', 'delimiter', 'quote'], 'format.');
  if (format.kind !== 'csv') reader.problems.push('format.kind: must be "csv"');
  const encoding = format.encoding === 'latin1' ? 'latin1' : 'utf-8';
  if (format.encoding !== encoding) reader.problems.push('format.encoding: must be "utf-8" or "latin1"');
  const price = reader.object(root.price, 'price');
  reader.onlyKeys(price, ['pattern', 'maximum'], 'price.');
  const priceMaximum = reader.text(price.maximum, 'price.maximum', 20);
  if (!/^\d{1,11}$/.test(priceMaximum)) reader.problems.push('price.maximum: must be a whole number as text');
  const source = reader.text(root.source, 'source', 40);
  if (!/^[a-z][a-z0-9-]*$/.test(source))
    reader.problems.push('source: must be lower-case letters, digits and -');
  const columns = readColumns(reader, root.columns);
  const mapping: SourceMapping = {
    source,
    title: reader.text(root.title, 'title'),
    licence: reader.text(root.licence, 'licence'),
    format: {
      encoding,
      delimiter: reader.text(format.delimiter, 'format.delimiter', 1),
      quote: reader.text(format.quote, 'format.quote', 1),
    },
    columns,
    idFields: readIdFields(reader, root.idFields, columns),
    pricePattern: reader.pattern(price.pattern, 'price.pattern'),
    priceMaximum,
    companySeparator: reader.text(root.companySeparator, 'companySeparator', 5),
    categorySeparator: reader.text(root.categorySeparator, 'categorySeparator', 5),
    routes: readRoutes(reader, root.routes),
    rxOnlyValues: readTexts(reader, root.rxOnlyValues, 'rxOnlyValues'),
    prescriptionOnly: readPrescriptionOnly(reader, root),
  };
  return reader.problems.length > 0 ? { problems: reader.problems } : { ok: mapping };
}

/** Columns the mapping names that the header of a file lacks; an import stops before the first row if any. */
export function missingColumns(mapping: SourceMapping, header: readonly string[]): string[] {
  return Object.values(mapping.columns).filter((column) => !header.includes(column));
}
