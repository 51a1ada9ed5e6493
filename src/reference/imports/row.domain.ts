import { Money } from '../../platform/money/money.js';
import { foldText } from '../../platform/text/fold.js';
import type { Companies, CompanyName } from './company-name.domain.js';
import { readCompanies } from './company-name.domain.js';
import type { MappedField, SourceMapping } from './mapping.domain.js';
import type { ProductName } from './product-name.domain.js';
import { parseProductName, showStrengths } from './product-name.domain.js';
import type { DrugClass, RouteName } from './route-class.domain.js';
import { chooseRoute, readDrugClass } from './route-class.domain.js';

/** A row of a source as the catalogue takes it. The composition stays text: `IngredientParser` reads it. */
export interface CatalogueRow {
  /** Line in the source file, the header is 1. */
  line: number;
  /** Identity at the source, readable and stable: a changed price keeps it, a changed name does not. */
  sourceId: string;
  name: string;
  nameFolded: string;
  nameAr?: string;
  activeRaw?: string;
  /** Strength as shown, read from the name. */
  strength?: string;
  product: ProductName;
  route?: RouteName;
  company?: CompanyName;
  marketer?: CompanyName;
  category?: DrugClass;
  /** Exact decimal string, at most three decimals. */
  price: string;
  barcode?: string;
  rxOnly: boolean;
  /** A product its source calls cancelled is discontinued; all others are active. */
  status: 'active' | 'discontinued';
}

/** Why a row, or one column of it, was refused. */
export interface Reject {
  line: number;
  column: string | null;
  reason: string;
  /** The value at fault, cut to 500 characters. */
  value: string;
}

/** What became of a row: taken, or refused with every reason. */
export type RowResult = { ok: CatalogueRow } | { rejects: Reject[] };

/** Longest text accepted, in characters; the columns of reference.drugs and its neighbours. */
const LONGEST: Readonly<Record<MappedField, number>> = {
  name: 500,
  nameAr: 500,
  activeRaw: 4000,
  company: 300,
  category: 1000,
  route: 100,
  price: 30,
  sourceId: 200,
  barcode: 50,
  rxOnly: 20,
};

/** NUL and other controls (tab and line ends are blanks), the replacement character, halves of surrogate pairs. */
const INVALID = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffd\ud800-\udfff]/u;

type Values = Partial<Record<MappedField, string>>;

function oneLine(raw: string): string {
  return (/[^\S ]|\s{2}/.test(raw) ? raw.replace(/\s+/g, ' ') : raw).trim();
}

function readValues(
  mapping: SourceMapping,
  record: Readonly<Record<string, string | undefined>>,
  reject: (field: MappedField, reason: string) => void,
): Values {
  const values: Values = {};
  for (const [field, column] of Object.entries(mapping.columns) as Array<[MappedField, string]>) {
    const raw = record[column];
    if (raw === undefined) {
      reject(field, 'the row has no such column');
      continue;
    }
    const value = field === 'activeRaw' ? raw.trim() : oneLine(raw);
    if (INVALID.test(value)) reject(field, 'holds characters that are not text');
    if (value.length > LONGEST[field]) reject(field, `is longer than ${LONGEST[field]} characters`);
    values[field] = value;
  }
  return values;
}

function priceProblem(price: string, mapping: SourceMapping): string | undefined {
  if (price === '') return 'is empty';
  if (/^-/.test(price)) return 'is negative';
  if (!mapping.pricePattern.test(price) || !/^\d{1,11}(?:\.\d{1,3})?$/.test(price)) {
    return 'is not an amount with at most three decimals';
  }
  const excess = Money.of(price).minus(Money.of(mapping.priceMaximum));
  return excess.thousandths > 0n ? `is above ${mapping.priceMaximum}` : undefined;
}

/** The key by which a row is the same product again: the id column, else its identifying texts, blanks and case aside. */
function sourceIdOf(mapping: SourceMapping, values: Values): string {
  if (values.sourceId !== undefined && values.sourceId !== '') return values.sourceId;
  return mapping.idFields.map((field) => (values[field] ?? '').normalize('NFKC').toUpperCase()).join(' | ');
}

/**
 * The identity a record would have if it were taken, so that a product whose row is refused is not mistaken for one
 * that left the source.
 */
export function identityOfRecord(
  mapping: SourceMapping,
  record: Readonly<Record<string, string | undefined>>,
): string {
  const values: Values = {};
  for (const field of [...mapping.idFields, 'sourceId'] as const) {
    const column = mapping.columns[field];
    if (column !== undefined) values[field] = oneLine(record[column] ?? '');
  }
  return sourceIdOf(mapping, values);
}

/** Companies and classes already read: a source has few of each and many rows. Make one for each import. */
export class RowMemo {
  private readonly companies = new Map<string, Companies>();
  private readonly classes = new Map<string, DrugClass | undefined>();

  constructor(private readonly mapping: SourceMapping) {}

  readCompanies(raw: string): Companies {
    let companies = this.companies.get(raw);
    if (companies === undefined) {
      companies = readCompanies(raw, this.mapping.companySeparator);
      this.companies.set(raw, companies);
    }
    return companies;
  }

  readDrugClass(raw: string): DrugClass | undefined {
    if (!this.classes.has(raw)) this.classes.set(raw, readDrugClass(raw, this.mapping.categorySeparator));
    return this.classes.get(raw);
  }
}

/**
 * Validates one record of a source and reads its fields. Never throws on bad data; a row with any reject is
 * refused as a whole, because half a product is worse than a reported one.
 */
export function toCatalogueRow(
  mapping: SourceMapping,
  record: Readonly<Record<string, string | undefined>>,
  line: number,
  memo: RowMemo = new RowMemo(mapping),
): RowResult {
  const rejects: Reject[] = [];
  const reject = (field: MappedField, reason: string): void => {
    const column = mapping.columns[field] ?? null;
    rejects.push({
      line,
      column,
      reason,
      value: (column === null ? '' : (record[column] ?? '')).slice(0, 500),
    });
  };
  const values = readValues(mapping, record, reject);
  const { name = '', price = '', route: stated = '' } = values;
  const nameFolded = foldText(name);
  const isNameRefused = rejects.some(({ column }) => column === mapping.columns.name);
  if (nameFolded === '' && !isNameRefused)
    reject('name', name === '' ? 'is empty' : 'holds no letter or digit');
  if (values.price !== undefined) {
    const problem = priceProblem(price, mapping);
    if (problem !== undefined) reject('price', problem);
  }
  if (values.route !== undefined && !Object.hasOwn(mapping.routes, stated)) {
    reject('route', 'is not in the route table of the mapping');
  }
  if (rejects.length > 0) return { rejects };

  const product = parseProductName(name);
  const companies = memo.readCompanies(values.company ?? '');
  const category = memo.readDrugClass(values.category ?? '');
  const strength = showStrengths(product.strengths);
  const route = chooseRoute(mapping.routes[stated] ?? undefined, product.formFamily, product.injectedBy);
  return {
    ok: {
      line,
      sourceId: sourceIdOf(mapping, values),
      name,
      nameFolded,
      ...(values.nameAr === undefined || values.nameAr === '' ? {} : { nameAr: values.nameAr }),
      ...(values.activeRaw === undefined || values.activeRaw === '' ? {} : { activeRaw: values.activeRaw }),
      ...(strength === undefined ? {} : { strength }),
      product,
      ...(route === undefined ? {} : { route }),
      ...(companies.maker === undefined ? {} : { company: companies.maker }),
      ...(companies.marketer === undefined ? {} : { marketer: companies.marketer }),
      ...(category === undefined ? {} : { category }),
      price,
      ...(values.barcode === undefined || values.barcode === '' ? {} : { barcode: values.barcode }),
      rxOnly: values.rxOnly !== undefined && mapping.rxOnlyValues.includes(values.rxOnly),
      status: product.flags.cancelled === true ? 'discontinued' : 'active',
    },
  };
}

/**
 * Finds rows that name a product the file has already named. The first stands, later ones are rejected: an exact
 * repeat as such, one with other content too, since nobody can say which of the two is right.
 */
export class DuplicateGuard {
  private readonly seen = new Map<string, { line: number; content: string }>();

  /** Undefined for the first row of a product, else the reject for this one. */
  check(row: CatalogueRow): Reject | undefined {
    const content = [row.price, row.route, row.nameAr, row.activeRaw, row.category?.folded, row.barcode].join(
      '\n',
    );
    const first = this.seen.get(row.sourceId);
    if (first === undefined) {
      this.seen.set(row.sourceId, { line: row.line, content });
      return undefined;
    }
    const reason =
      first.content === content
        ? `repeats line ${first.line}`
        : `names the same product as line ${first.line} with other content`;
    return { line: row.line, column: null, reason, value: row.sourceId.slice(0, 500) };
  }
}
