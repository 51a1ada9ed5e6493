import { foldText } from '../../../platform/text/fold.js';
import { readCompanies, readCompanyName, type Companies } from '../company-name.domain.js';
import { FORM_RULES, type FormFamily } from '../dosage-form-words.domain.js';
import {
  columnsOf,
  mappedColumns,
  MAPPED_FIELDS,
  type MappedField,
  type SourceMapping,
} from '../mapping.domain.js';
import { isAbove, textProblem } from '../product-check.domain.js';
import { parseProductName, showStrengths, type ProductName } from '../product-name.domain.js';
import { chooseRoute, readDrugClass, ROUTES } from '../route-class.domain.js';
import type { SourceProduct, SourceReject } from '../source.types.js';
import { catalogueForm } from './form-terms.domain.js';
import { plainNumber, priceText } from './mapped-number.domain.js';
import { catalogueRoute } from './route-terms.domain.js';

/** Longest text of a field, in characters; the columns of reference.drugs and its neighbours. */
const LONGEST: Readonly<Partial<Record<MappedField, number>>> = {
  name: 500,
  nameAr: 500,
  activeRaw: 4000,
  strength: 500,
  company: 300,
  marketer: 300,
  category: 1000,
  sourceId: 200,
  barcode: 2000,
};
const LONGEST_OTHER = 200;

/** Numbers besides the price, each an exact decimal. */
const NUMBERS = [
  'oldPrice',
  'priceCeiling',
  'unitsPerStrip',
  'unitsPerPack',
] as const satisfies MappedField[];

const FAMILIES: ReadonlyMap<string, FormFamily> = new Map(
  FORM_RULES.map(({ form, family }) => [form, family]),
);

type Values = Partial<Record<MappedField, string>>;

interface Reason {
  column: string | null;
  reason: string;
  value: string;
}

interface FieldPlan {
  field: MappedField;
  /** Places of its columns among the values of a row. */
  places: readonly number[];
  joiner: string;
  longest: number;
  isOneLine: boolean;
}

function oneLine(raw: string): string {
  return (/[^\S ]|\s{2}/.test(raw) ? raw.replace(/\s+/g, ' ') : raw).trim();
}

/** Characters besides plain and Arabic ones, among which those that are no text are looked for. */
const UNUSUAL = /[^\x20-\x7e\u0620-\u064a]/;

function joinerOf(field: MappedField): string {
  if (field === 'barcode') return '\n';
  return field === 'activeRaw' ? ' + ' : ' ';
}

/** Texts read before, since a source has few of each and many rows. Forgotten when there are too many. */
class Memo<T> {
  private readonly known = new Map<string, T>();

  constructor(private readonly read: (text: string) => T) {}

  get(text: string): T {
    const found = this.known.get(text);
    if (found !== undefined) return found;
    if (this.known.size >= 20_000) this.known.clear();
    const read = this.read(text);
    this.known.set(text, read);
    return read;
  }
}

/**
 * Reads rows of delimited text by a mapping. Never throws on bad data: a row with any fault is refused as a whole with
 * every reason, because half a product is worse than a reported one.
 */
export class MappedRows {
  /** Columns to be read, in the order of a row's values. */
  readonly columns: readonly string[];
  private readonly plans: readonly FieldPlan[];
  private readonly skips: ReadonlyArray<{ place: number; rule: SourceMapping['skipRows'][number] }>;
  private readonly companies: Memo<Companies>;
  private readonly classes: Memo<{ names: string[] }>;

  constructor(private readonly mapping: SourceMapping) {
    this.columns = mappedColumns(mapping);
    const placeOf = (column: string): number => this.columns.indexOf(column);
    this.plans = MAPPED_FIELDS.flatMap((field): FieldPlan[] => {
      const columns = columnsOf(mapping.columns, field);
      if (columns.length === 0) return [];
      const joiner = joinerOf(field);
      const longest = LONGEST[field] ?? LONGEST_OTHER;
      return [{ field, places: columns.map(placeOf), joiner, longest, isOneLine: field !== 'activeRaw' }];
    });
    this.skips = mapping.skipRows.map((rule) => ({ place: placeOf(rule.column), rule }));
    // Pairs of maker and group are many, the names in them few.
    const names = new Memo((side) => ({ read: readCompanyName(side) }));
    this.companies = new Memo((text) =>
      readCompanies(text, mapping.companySeparator ?? '\u0000', (side) => names.get(side).read),
    );
    this.classes = new Memo((text) => {
      const read = readDrugClass(text, mapping.categorySeparator ?? '\u0000');
      return { names: read === undefined ? [] : [read.category, ...read.narrower] };
    });
  }

  /** The product of a row, or why there is none. */
  read(file: number, line: number, fields: readonly string[]): SourceProduct | SourceReject {
    const skipped = this.skipReason(fields);
    if (skipped !== undefined) return { kind: 'reject', file, line, reasons: [skipped] };
    const reasons: Reason[] = [];
    const values = this.values(fields, reasons);
    const sourceId = this.identity(values);
    if (!hasWord(values.name ?? '') && !this.isBlamed(reasons, 'name'))
      this.blame(reasons, 'name', values.name === '' ? 'is empty' : 'holds no letter or digit', values.name);
    this.readNumbers(values, reasons);
    this.checkTables(values, reasons);
    if (reasons.length > 0) return { kind: 'reject', file, line, sourceId, reasons };
    return this.product(file, line, sourceId, values);
  }

  /** Column a field is read from, for reports. */
  columnOf(field: string): string | null {
    const mapped = MAPPED_FIELDS.find((known) => known === field);
    const columns = mapped === undefined ? [] : columnsOf(this.mapping.columns, mapped);
    return columns.length === 0 ? null : columns.join(' + ');
  }

  private skipReason(fields: readonly string[]): Reason | undefined {
    for (const { place, rule } of this.skips) {
      const value = (fields[place] ?? '').trim();
      if (rule.equals.has(value) || rule.matches?.test(value) === true)
        return { column: rule.column, reason: rule.reason, value };
    }
    return undefined;
  }

  private values(fields: readonly string[], reasons: Reason[]): Values {
    const values: Values = { ...this.mapping.constants };
    for (const { field, places, joiner, longest, isOneLine } of this.plans) {
      const [place = -1] = places;
      const raw =
        places.length === 1
          ? (fields[place] ?? '')
          : places
              .map((at) => (fields[at] ?? '').trim())
              .filter((text) => text !== '')
              .join(joiner);
      const value = isOneLine && field !== 'barcode' ? oneLine(raw) : raw.trim();
      values[field] = value;
      if (value.length <= longest && !UNUSUAL.test(value)) continue;
      const problem = textProblem(value, longest);
      if (problem !== undefined) this.blame(reasons, field, problem, raw);
    }
    return values;
  }

  private blame(reasons: Reason[], field: MappedField, reason: string, value = ''): void {
    reasons.push({ column: this.columnOf(field), reason, value: value.slice(0, 500) });
  }

  private isBlamed(reasons: readonly Reason[], field: MappedField): boolean {
    const column = this.columnOf(field);
    return reasons.some((reason) => reason.column === column);
  }

  /** The key by which a row is the same product again: the id column, else its identifying texts, blanks and case aside. */
  private identity(values: Values): string {
    if (values.sourceId !== undefined && values.sourceId !== '') return values.sourceId;
    return this.mapping.idFields
      .map((field) => (values[field] ?? '').normalize('NFKC').toUpperCase())
      .join(' | ')
      .slice(0, 1000);
  }

  /** Makes exact decimals of the price and the other numbers. */
  private readNumbers(values: Values, reasons: Reason[]): void {
    const { mapping } = this;
    if (mapping.hasPrices) {
      const read = priceText(values.price ?? '', mapping);
      if ('problem' in read) this.blame(reasons, 'price', read.problem, values.price);
      else if (read.price === '') delete values.price;
      else values.price = read.price;
    }
    for (const field of NUMBERS) {
      const written = values[field];
      if (written === undefined) continue;
      if (written === '') {
        delete values[field];
        continue;
      }
      const number = plainNumber(written, mapping.numbers);
      if (number === undefined)
        this.blame(reasons, field, 'is not a number with at most three decimals', written);
      else values[field] = number;
    }
    const { price, priceCeiling } = values;
    if (
      price !== undefined &&
      priceCeiling !== undefined &&
      reasons.length === 0 &&
      isAbove(price, priceCeiling)
    )
      this.blame(reasons, 'price', `is above its own ceiling of ${priceCeiling}`, price);
  }

  private checkTables(values: Values, reasons: Reason[]): void {
    const { routes, scheduleValues, storageValues, statusValues } = this.mapping;
    const { route, schedule = '', storage = '', status = '' } = values;
    if (route !== undefined && routes !== undefined && !Object.hasOwn(routes, route))
      this.blame(reasons, 'route', 'is not in the route table of the mapping', route);
    if (schedule !== '' && !scheduleValues.has(schedule))
      this.blame(reasons, 'schedule', 'is not in the table scheduleValues of the mapping', schedule);
    if (storage !== '' && !storageValues.has(storage))
      this.blame(reasons, 'storage', 'is not in the table storageValues of the mapping', storage);
    if (status !== '' && !statusValues.has(status))
      this.blame(reasons, 'status', 'is not in the table statusValues of the mapping', status);
  }

  private product(file: number, line: number, sourceId: string, values: Values): SourceProduct {
    const { mapping } = this;
    const name = values.name ?? '';
    const said = parseProductName(name);
    const form = this.form(values, said);
    const companies = this.companies.get(values.company ?? '');
    const marketer =
      values.marketer === undefined || values.marketer === '' ? companies.marketer?.name : values.marketer;
    const { names: category } = this.classes.get(values.category ?? '');
    const strength = nonEmpty(values.strength) ?? showStrengths(said.strengths);
    const route = this.route(values, form?.family, said);
    const schedule = mapping.scheduleValues.get(values.schedule ?? '');
    const storage = mapping.storageValues.get(values.storage ?? '');
    const flags =
      values.handlingFlags === undefined ? undefined : split(values.handlingFlags, mapping.flagSeparator);
    return {
      kind: 'product',
      file,
      line,
      sourceId,
      name,
      nameAr: nonEmpty(values.nameAr),
      activeRaw: nonEmpty(values.activeRaw),
      strength,
      dosageForm: form?.form,
      formFamily: form?.family,
      route,
      company: companies.maker?.name,
      marketer,
      category: category.length === 0 ? undefined : category,
      atcCode: nonEmpty(values.atcCode)?.toUpperCase(),
      price: mapping.hasPrices ? values.price : undefined,
      oldPrice: values.oldPrice,
      priceCeiling: values.priceCeiling,
      ...packOf(values, said),
      barcodes: this.barcodes(values.barcode),
      rxOnly: values.rxOnly === undefined ? undefined : mapping.rxOnlyValues.includes(values.rxOnly),
      controlledSchedule: schedule,
      storage,
      handlingFlags: flags,
      status:
        mapping.statusValues.get(values.status ?? '') ??
        (said.flags.cancelled === true ? 'discontinued' : 'active'),
    };
  }

  /** The stated form, by the mapping's table or as agencies write forms; else what the name says. */
  private form(values: Values, said: ProductName): { form: string; family?: FormFamily } | undefined {
    const stated = values.dosageForm ?? '';
    if (stated === '')
      return said.dosageForm === undefined ? undefined : { form: said.dosageForm, family: said.formFamily };
    const { dosageForms } = this.mapping;
    const mapped = Object.hasOwn(dosageForms, stated) ? dosageForms[stated] : undefined;
    if (mapped === undefined) return catalogueForm(stated, split(values.route ?? '', ','));
    return { form: mapped, family: FAMILIES.get(mapped) };
  }

  private route(values: Values, family: FormFamily | undefined, said: ProductName): string | undefined {
    const { routes } = this.mapping;
    const stated = values.route ?? '';
    if (routes !== undefined) return chooseRoute(routes[stated] ?? undefined, family, said.injectedBy);
    const read = catalogueRoute(split(stated, ','));
    const known = ROUTES.find((route) => route === read);
    return read !== undefined && known === undefined ? read : chooseRoute(known, family, said.injectedBy);
  }

  private barcodes(text: string | undefined): SourceProduct['barcodes'] {
    if (text === undefined || text === '') return undefined;
    const { barcodeSeparator, barcodeKind: kind } = this.mapping;
    const codes = text
      .split('\n')
      .flatMap((part) => (barcodeSeparator === undefined ? [part] : part.split(barcodeSeparator)));
    return [...new Set(codes.map((code) => code.trim()).filter((code) => code !== ''))].map((code) => ({
      code,
      kind,
      packLevel: 'pack',
    }));
  }
}

/** True where a name has something to be found by. Most have a plain letter, which is quickly seen. */
function hasWord(name: string): boolean {
  return /[A-Za-z0-9]/.test(name) || foldText(name) !== '';
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}

function split(text: string, separator: string): string[] {
  return text
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** The pack as its columns state it, else as the name does. */
function packOf(
  values: Values,
  said: ProductName,
): Pick<SourceProduct, 'baseUnit' | 'unitsPerStrip' | 'unitsPerPack'> {
  if (values.unitsPerPack !== undefined || values.baseUnit !== undefined)
    return {
      baseUnit: nonEmpty(values.baseUnit) ?? (said.baseUnit === 'piece' ? undefined : said.baseUnit),
      unitsPerStrip: values.unitsPerStrip,
      unitsPerPack: values.unitsPerPack,
    };
  const { unitsPerStrip: strip } = said;
  return {
    baseUnit: said.baseUnit,
    unitsPerStrip: strip === undefined || strip > said.unitsPerPack ? undefined : String(strip),
    unitsPerPack: String(said.unitsPerPack),
  };
}
