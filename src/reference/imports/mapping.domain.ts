import { SettingsReader, type Json } from './mapping-reader.domain.js';
import { readAtcEntry, type PrescriptionOnlyList } from './prescription-only.domain.js';
import { ROUTES, type RouteName } from './route-class.domain.js';
import type { BarcodeKind, Encoding } from './source.types.js';

/**
 * Mapping of a source file to the catalogue. A mapping is data (db/mappings/*.json): a further source of delimited text
 * needs a further mapping file, not code.
 */

/** Catalogue fields a column can feed. `name` is required, and `price` unless the source has none. */
export const MAPPED_FIELDS = [
  'name',
  'nameAr',
  'activeRaw',
  'strength',
  'dosageForm',
  'company',
  'marketer',
  'category',
  'route',
  'price',
  'oldPrice',
  'priceCeiling',
  'sourceId',
  'barcode',
  'atcCode',
  'rxOnly',
  'schedule',
  'status',
  'storage',
  'handlingFlags',
  'baseUnit',
  'unitsPerStrip',
  'unitsPerPack',
] as const;
export type MappedField = (typeof MAPPED_FIELDS)[number];

const ENCODINGS = [
  'utf-8',
  'mixed',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'windows-1256',
  'latin1',
] as const;
export const SCHEDULES = ['II', 'III', 'IV', 'V'] as const;
export const STORAGES = ['room', 'refrigerate', 'freeze'] as const;
export const STATUSES = ['active', 'discontinued'] as const;
const BARCODE_KINDS = ['gtin', 'ndc10', 'ndc11', 'in_store'] as const satisfies readonly BarcodeKind[];

/** Rows that are no products: subtotals, headings, foreign stock. */
export interface SkipRule {
  column: string;
  /** A row is left out where the value of the column is one of these, or matches. */
  equals: ReadonlySet<string>;
  matches?: RegExp;
  /** Said in the report of refused rows. */
  reason: string;
}

/** How numbers are written and where a price stands in its text. */
export interface NumberFormat {
  decimal: '.' | ',';
  /** Between groups of three digits; '' where nothing is. */
  thousands: '' | ',' | '.' | ' ' | "'";
}

/** A checked mapping. */
export interface SourceMapping {
  /** Short name of the source, kept with every product: "egypt". */
  source: string;
  title: string;
  licence: string;
  format: {
    encoding: Encoding;
    delimiter: string;
    /** Null where quotes mean nothing. */
    quote: string | null;
    /** False: the first row is data, and columns are named by their number: "1", "2". */
    hasHeader: boolean;
    /** True: no value holds a line end, so a quote out of place refuses its row alone and not the file. */
    isRowALine: boolean;
  };
  numbers: NumberFormat;
  /** Field → column, or several columns whose texts are joined. */
  columns: Partial<Record<MappedField, string | readonly string[]>>;
  /** Field → the same text for every row. */
  constants: Partial<Record<MappedField, string>>;
  skipRows: readonly SkipRule[];
  /** Fields whose texts make the identity of a product, for sources without an id column. */
  idFields: MappedField[];
  /** False: the source states no prices. */
  hasPrices: boolean;
  /** True: a row without a price is taken without one. */
  mayLackPrice: boolean;
  /** Where the price stands in a longer text: its first group. */
  priceWithin?: RegExp;
  /** What a price must look like before it is read as an exact decimal. */
  pricePattern: RegExp;
  /** Highest price believed; above it the row is rejected. A decimal string. */
  priceMaximum: string;
  /** Undefined: the text is one name. */
  companySeparator?: string;
  categorySeparator?: string;
  barcodeSeparator?: string;
  barcodeKind: BarcodeKind;
  flagSeparator: string;
  /** Stated route → catalogue route, or null for "says nothing"; one that is not listed rejects the row. Undefined: any. */
  routes?: Readonly<Record<string, RouteName | null>>;
  /** Stated form → form of the catalogue; one that is not listed is read as agencies write forms. */
  dosageForms: Readonly<Record<string, string>>;
  /** Column values that mean prescription only. */
  rxOnlyValues: string[];
  scheduleValues: ReadonlyMap<string, (typeof SCHEDULES)[number]>;
  storageValues: ReadonlyMap<string, (typeof STORAGES)[number]>;
  statusValues: ReadonlyMap<string, (typeof STATUSES)[number]>;
  /** What is prescription only where the source does not say so; a default for the pharmacist to review. */
  prescriptionOnly: PrescriptionOnlyList;
}

/** A mapping, or what is wrong with it (one line each, with the path). */
export type MappingResult = { ok: SourceMapping } | { problems: string[] };

function isField(value: unknown): value is MappedField {
  return MAPPED_FIELDS.some((field) => field === value);
}

/** Columns a field is read from. */
export function columnsOf(columns: SourceMapping['columns'], field: MappedField): readonly string[] {
  const column = columns[field];
  if (column === undefined) return [];
  return typeof column === 'string' ? [column] : column;
}

/** A column by its name; by its number, counted from 1, where the file has no header. */
function readColumn(reader: SettingsReader, value: unknown, hasHeader: boolean, path: string): string {
  const column = typeof value === 'number' ? String(value) : reader.text(value, path);
  if (!hasHeader && column !== '' && !/^[1-9]\d{0,3}$/.test(column))
    reader.problems.push(`${path}: must be the number of a column, since the file has no header`);
  if (hasHeader && typeof value === 'number')
    reader.problems.push(`${path}: must be the name of a column, since the file has a header`);
  return column;
}

function readColumns(reader: SettingsReader, value: unknown, hasHeader: boolean): SourceMapping['columns'] {
  const columns: SourceMapping['columns'] = {};
  for (const [field, column] of Object.entries(reader.object(value, 'columns'))) {
    const path = `columns.${field}`;
    if (!isField(field)) reader.problems.push(`${path}: is not a catalogue field`);
    else if (!Array.isArray(column)) columns[field] = readColumn(reader, column, hasHeader, path);
    else if (column.length === 0 || column.length > 10)
      reader.problems.push(`${path}: must be a column or a list of 1 to 10 columns`);
    else columns[field] = column.map((one: unknown) => readColumn(reader, one, hasHeader, path));
  }
  if (columns.name === undefined || columns.name === '') reader.problems.push('columns.name: is required');
  return columns;
}

function readConstants(
  reader: SettingsReader,
  value: unknown,
  columns: SourceMapping['columns'],
): SourceMapping['constants'] {
  const constants: SourceMapping['constants'] = {};
  for (const [field, text] of Object.entries(reader.object(value ?? {}, 'constants'))) {
    if (!isField(field) || field === 'name' || field === 'sourceId' || field === 'barcode')
      reader.problems.push(`constants.${field}: is not a field that can be the same for every row`);
    else if (columns[field] !== undefined) reader.problems.push(`constants.${field}: has a column already`);
    else constants[field] = reader.text(text, `constants.${field}`, 1000);
  }
  return constants;
}

function readSkipRows(reader: SettingsReader, value: unknown, hasHeader: boolean): SkipRule[] {
  const rules = value ?? [];
  if (!Array.isArray(rules)) {
    reader.problems.push('skipRows: must be a list');
    return [];
  }
  return rules.map((given: unknown, at): SkipRule => {
    const path = `skipRows.${at}`;
    const rule = reader.object(given, path);
    reader.onlyKeys(rule, ['column', 'equals', 'matches', 'reason'], `${path}.`);
    if ((rule.equals === undefined) === (rule.matches === undefined))
      reader.problems.push(`${path}: needs either equals or matches`);
    return {
      column: readColumn(reader, rule.column, hasHeader, `${path}.column`),
      equals: new Set(reader.texts(rule.equals, `${path}.equals`)),
      ...(rule.matches === undefined ? {} : { matches: reader.pattern(rule.matches, `${path}.matches`) }),
      reason:
        rule.reason === undefined ? 'is left out by the mapping' : reader.text(rule.reason, `${path}.reason`),
    };
  });
}

function readRoutes(reader: SettingsReader, value: unknown): Record<string, RouteName | null> {
  const routes: Record<string, RouteName | null> = {};
  for (const [stated, route] of Object.entries(reader.object(value, 'routes'))) {
    const known = ROUTES.find((name) => name === route);
    if (route !== null && known === undefined) {
      reader.problems.push(`routes.${stated}: must be null or one of ${ROUTES.join(', ')}`);
    }
    routes[stated] = known ?? null;
  }
  return routes;
}

function readDosageForms(reader: SettingsReader, value: unknown): Record<string, string> {
  const forms: Record<string, string> = {};
  for (const [stated, form] of Object.entries(reader.object(value ?? {}, 'dosageForms')))
    forms[stated] = reader.text(form, `dosageForms.${stated}`, 100);
  return forms;
}

function readIdFields(
  reader: SettingsReader,
  value: unknown,
  columns: SourceMapping['columns'],
): MappedField[] {
  const fields = Array.isArray(value) ? value.filter(isField) : [];
  if (!Array.isArray(value) || fields.length !== value.length || fields.length === 0) {
    reader.problems.push('idFields: must be a list of one or more catalogue fields');
  }
  for (const field of fields) {
    if (columns[field] === undefined) reader.problems.push(`idFields: ${field} has no column`);
  }
  return fields;
}

function readPrescriptionOnly(reader: SettingsReader, root: Json): PrescriptionOnlyList {
  const readList = (key: string) =>
    reader.texts(root[key], key).flatMap((text) => {
      const entry = readAtcEntry(text);
      if (entry === undefined) reader.problems.push(`${key}: "${text}" is not an ATC code, or CODE/route`);
      return entry === undefined ? [] : [entry];
    });
  const routes = reader.texts(root.prescriptionOnlyRoutes, 'prescriptionOnlyRoutes').flatMap((name) => {
    const route = ROUTES.find((known) => known === name);
    if (route === undefined)
      reader.problems.push(`prescriptionOnlyRoutes: "${name}" is not one of ${ROUTES.join(', ')}`);
    return route === undefined ? [] : [route];
  });
  return { atc: readList('prescriptionOnlyAtc'), exceptAtc: readList('prescriptionFreeAtc'), routes };
}

type Prices = Pick<
  SourceMapping,
  'hasPrices' | 'mayLackPrice' | 'priceWithin' | 'pricePattern' | 'priceMaximum'
>;

/** `price: null` says that the source has no prices. */
function readPrices(
  reader: SettingsReader,
  root: Json,
  mapping: Pick<SourceMapping, 'columns' | 'constants'>,
): Prices {
  const isStated = mapping.columns.price !== undefined || mapping.constants.price !== undefined;
  if (root.price === null) {
    if (isStated) reader.problems.push('price: is null, but there is a column of prices');
    return { hasPrices: false, mayLackPrice: true, pricePattern: /^$/u, priceMaximum: '0' };
  }
  if (!isStated)
    reader.problems.push('columns.price: is required; or set price to null where the source has none');
  const price = reader.object(root.price, 'price');
  reader.onlyKeys(price, ['pattern', 'maximum', 'within', 'mayBeEmpty'], 'price.');
  const priceMaximum = reader.text(price.maximum, 'price.maximum', 20);
  if (!/^\d{1,11}$/.test(priceMaximum)) reader.problems.push('price.maximum: must be a whole number as text');
  return {
    hasPrices: true,
    mayLackPrice: reader.flag(price.mayBeEmpty, 'price.mayBeEmpty'),
    ...(price.within === undefined ? {} : { priceWithin: reader.pattern(price.within, 'price.within') }),
    pricePattern: price.pattern === undefined ? /^\d/u : reader.pattern(price.pattern, 'price.pattern'),
    priceMaximum,
  };
}

function readNumbers(reader: SettingsReader, format: Json): NumberFormat {
  const decimal = reader.oneOf(format.decimal, ['.', ','], 'format.decimal');
  const thousands = reader.oneOf(format.thousands, ['', ',', '.', ' ', "'"], 'format.thousands');
  if (decimal === thousands) reader.problems.push('format.thousands: must not be the decimal sign');
  return { decimal, thousands };
}

function optionalText(reader: SettingsReader, root: Json, key: string): string | undefined {
  return root[key] === undefined || root[key] === null ? undefined : reader.text(root[key], key, 5);
}

const KEYS = [
  ...[
    'source',
    'title',
    'licence',
    'format',
    'columns',
    'constants',
    'skipRows',
    'idFields',
    'price',
    'routes',
  ],
  ...[
    'companySeparator',
    'categorySeparator',
    'barcodeSeparator',
    'barcodeKind',
    'flagSeparator',
    'dosageForms',
  ],
  ...['rxOnlyValues', 'scheduleValues', 'storageValues', 'statusValues'],
  ...['prescriptionOnlyAtc', 'prescriptionFreeAtc', 'prescriptionOnlyRoutes'],
];
const FORMAT_KEYS = ['kind', 'encoding', 'delimiter', 'quote', 'header', 'rowIsLine', 'decimal', 'thousands'];

function readFormat(reader: SettingsReader, format: Json): SourceMapping['format'] {
  reader.onlyKeys(format, FORMAT_KEYS, 'format.');
  if (format.kind !== 'csv') reader.problems.push('format.kind: must be "csv"');
  const delimiter = reader.character(format.delimiter, 'format.delimiter');
  const quote = format.quote === null ? null : reader.character(format.quote, 'format.quote');
  if (delimiter !== '' && delimiter === quote)
    reader.problems.push('format.quote: must not be the delimiter');
  return {
    encoding: reader.oneOf(format.encoding, ENCODINGS, 'format.encoding'),
    delimiter,
    quote,
    hasHeader: format.header === undefined || reader.flag(format.header, 'format.header'),
    isRowALine: reader.flag(format.rowIsLine, 'format.rowIsLine'),
  };
}

/** Checks a parsed mapping file. Every problem is reported, not the first only. */
export function readMapping(json: unknown): MappingResult {
  const reader = new SettingsReader();
  const root = reader.object(json, 'mapping');
  reader.onlyKeys(root, KEYS, '');
  const formatSettings = reader.object(root.format, 'format');
  const format = readFormat(reader, formatSettings);
  const source = reader.text(root.source, 'source', 40);
  if (!/^[a-z][a-z0-9-]*$/.test(source))
    reader.problems.push('source: must be lower-case letters, digits and -');
  // A list that claimed the preparations of this pharmacy would discontinue what it does not name.
  if (source === 'compounded') reader.problems.push('source: compounded is what is made here');
  const columns = readColumns(reader, root.columns, format.hasHeader);
  const constants = readConstants(reader, root.constants, columns);
  const mapping: SourceMapping = {
    source,
    title: reader.text(root.title, 'title'),
    licence: reader.text(root.licence, 'licence', 500),
    format,
    numbers: readNumbers(reader, formatSettings),
    columns,
    constants,
    skipRows: readSkipRows(reader, root.skipRows, format.hasHeader),
    idFields: readIdFields(reader, root.idFields, columns),
    ...readPrices(reader, root, { columns, constants }),
    companySeparator: optionalText(reader, root, 'companySeparator'),
    categorySeparator: optionalText(reader, root, 'categorySeparator'),
    barcodeSeparator: optionalText(reader, root, 'barcodeSeparator'),
    barcodeKind: reader.oneOf(root.barcodeKind, BARCODE_KINDS, 'barcodeKind'),
    flagSeparator: optionalText(reader, root, 'flagSeparator') ?? ',',
    ...(root.routes === undefined ? {} : { routes: readRoutes(reader, root.routes) }),
    dosageForms: readDosageForms(reader, root.dosageForms),
    rxOnlyValues: reader.texts(root.rxOnlyValues, 'rxOnlyValues'),
    scheduleValues: reader.table(root.scheduleValues, SCHEDULES, 'scheduleValues'),
    storageValues: reader.table(root.storageValues, STORAGES, 'storageValues'),
    statusValues: reader.table(root.statusValues, STATUSES, 'statusValues'),
    prescriptionOnly: readPrescriptionOnly(reader, root),
  };
  return reader.problems.length > 0 ? { problems: reader.problems } : { ok: mapping };
}

/** Every column a mapping reads, each once. */
export function mappedColumns(mapping: SourceMapping): string[] {
  const columns = MAPPED_FIELDS.flatMap((field) => columnsOf(mapping.columns, field));
  return [...new Set([...columns, ...mapping.skipRows.map(({ column }) => column)])];
}
