/* A mapping of a delimited file to the catalogue, put together on screen. The server checks it again. */

/** Fields a column can feed, in the order they are asked for; the server knows the same. */
export const MAPPED_FIELDS = [
  'sourceId',
  'name',
  'nameAr',
  'activeRaw',
  'strength',
  'dosageForm',
  'route',
  'company',
  'marketer',
  'category',
  'atcCode',
  'price',
  'oldPrice',
  'priceCeiling',
  'barcode',
  'baseUnit',
  'unitsPerStrip',
  'unitsPerPack',
  'rxOnly',
  'status',
] as const;
export type MappedField = (typeof MAPPED_FIELDS)[number];

export const ENCODINGS = ['utf-8', 'windows-1256', 'windows-1252', 'utf-16le', 'mixed'] as const;
export type Encoding = (typeof ENCODINGS)[number];

export const DELIMITERS = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

export interface MappingDraft {
  source: string;
  title: string;
  licence: string;
  encoding: Encoding;
  delimiter: Delimiter;
  hasHeader: boolean;
  decimal: '.' | ',';
  columns: Partial<Record<MappedField, string>>;
  /** Values of the column that mean prescription only, with commas between them. */
  rxOnlyValues: string;
  /** Highest price believed; above it a row is refused. */
  priceMaximum: string;
}

export const EMPTY_MAPPING: MappingDraft = {
  source: '',
  title: '',
  licence: '',
  encoding: 'utf-8',
  delimiter: ',',
  hasHeader: true,
  decimal: '.',
  columns: {},
  rxOnlyValues: '',
  priceMaximum: '1000000',
};

/** The delimiter that stands most often in a line of headings. */
export function likelyDelimiter(line: string): Delimiter {
  const count = (delimiter: Delimiter) => line.split(delimiter).length;
  return DELIMITERS.reduce((best, one) => (count(one) > count(best) ? one : best));
}

/** Values of one line; quotes hold delimiters together and are doubled inside. */
export function valuesOf(line: string, delimiter: Delimiter): string[] {
  const values: string[] = [];
  let value = '';
  let isQuoted = false;
  for (let at = 0; at < line.length; at++) {
    const char = line[at] ?? '';
    if (isQuoted && char === '"' && line[at + 1] === '"') {
      value += '"';
      at += 1;
    } else if (char === '"' && (isQuoted || value === '')) isQuoted = !isQuoted;
    else if (char === delimiter && !isQuoted) {
      values.push(value);
      value = '';
    } else value += char;
  }
  return [...values, value];
}

/** How columns are named in the mapping: by their heading, or by number where there are none. */
export function columnNames(
  firstLine: string,
  draft: Pick<MappingDraft, 'delimiter' | 'hasHeader'>,
): string[] {
  const values = valuesOf(firstLine, draft.delimiter);
  return draft.hasHeader ? values.map((value) => value.trim()) : values.map((_, at) => String(at + 1));
}

const GUESSES: readonly [MappedField, RegExp][] = [
  ['sourceId', /^(id|code|din|ndc|registration|reg).*$/i],
  ['nameAr', /(arabic|_ar$|عرب)/i],
  ['name', /^(name|product|brand|trade|commercial|drug|الاسم)/i],
  ['activeRaw', /(active|ingredient|scientific|composition|generic|المادة)/i],
  ['strength', /(strength|التركيز)/i],
  ['dosageForm', /(form|الشكل)/i],
  ['route', /^route/i],
  ['company', /(company|manufacturer|maker|الشركة)/i],
  ['category', /(category|class|group)/i],
  ['atcCode', /^atc/i],
  ['price', /(price|السعر)/i],
  ['barcode', /(barcode|gtin|ean|باركود)/i],
];

/** Columns whose headings say what they hold; each column and each field once. */
export function guessColumns(names: readonly string[]): MappingDraft['columns'] {
  const columns: MappingDraft['columns'] = {};
  const taken = new Set<string>();
  for (const [field, pattern] of GUESSES) {
    const found = names.find((name) => !taken.has(name) && pattern.test(name));
    if (found === undefined) continue;
    columns[field] = found;
    taken.add(found);
  }
  return columns;
}

/** What is still missing before the mapping can be used. */
export function missingIn(draft: MappingDraft): ('source' | 'title' | 'licence' | 'name')[] {
  const missing: ('source' | 'title' | 'licence' | 'name')[] = [];
  if (!/^[a-z][a-z0-9-]{0,39}$/.test(draft.source)) missing.push('source');
  if (draft.title.trim() === '') missing.push('title');
  if (draft.licence.trim() === '') missing.push('licence');
  if (draft.columns.name === undefined) missing.push('name');
  return missing;
}

/** The mapping as the server takes it (docs/imports.md). */
export function toMapping(draft: MappingDraft): Record<string, unknown> {
  const { columns } = draft;
  const identity: MappedField[] =
    columns.sourceId !== undefined
      ? ['sourceId']
      : columns.company !== undefined
        ? ['name', 'company']
        : ['name'];
  const rxOnlyValues = draft.rxOnlyValues
    .split(',')
    .map((value) => value.trim())
    .filter((value) => value !== '');
  return {
    source: draft.source,
    title: draft.title.trim(),
    licence: draft.licence.trim(),
    format: {
      kind: 'csv',
      encoding: draft.encoding,
      delimiter: draft.delimiter,
      quote: '"',
      header: draft.hasHeader,
      decimal: draft.decimal,
      thousands: draft.decimal === '.' ? ',' : '.',
    },
    columns,
    idFields: identity,
    price: columns.price === undefined ? null : { maximum: draft.priceMaximum, mayBeEmpty: true },
    ...(rxOnlyValues.length > 0 ? { rxOnlyValues } : {}),
  };
}
