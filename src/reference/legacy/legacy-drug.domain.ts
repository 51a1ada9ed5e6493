import {
  columnsOf,
  textOf,
  type ColumnMap,
  type LegacyField,
  type LegacyRow,
} from './legacy-columns.domain.js';
import { readDate, readFlag, readId, readPrice, splitBarcodes } from './legacy-values.domain.js';

export interface Note {
  readonly reason: string;
  readonly value: string | null;
}

/** A product of the older catalogue with its values read, before its lists are looked up. */
export interface LegacyDrug {
  readonly drugId: number;
  readonly name: string;
  readonly nameAr: string | null;
  readonly activeRaw: string | null;
  readonly price: string;
  readonly oldPrice: string | null;
  /** 'YYYY-MM-DD' of date_updated. */
  readonly updatedOn: string | null;
  readonly company: string | null;
  readonly companyId: number | null;
  readonly category: string | null;
  readonly categoryId: number | null;
  readonly dosageForm: string | null;
  readonly dosageFormId: number | null;
  readonly route: string | null;
  readonly routeId: number | null;
  readonly units: string | null;
  readonly barcodes: readonly string[];
  readonly pharmacology: string | null;
  readonly description: string | null;
  readonly rxOnly: boolean | null;
  /** Values that could not be taken as written. */
  readonly notes: readonly Note[];
}

export type DrugResult = { readonly ok: LegacyDrug } | { readonly refused: Note };

/** Longest name the catalogue keeps. */
const LONGEST_NAME = 500;

/** Reads the rows of an older table of products. Made anew for each move, since an id may come once only. */
export class LegacyDrugReader {
  private readonly map: ColumnMap;
  private readonly seen = new Set<number>();

  /** `makeIds`: the table has no id column, so rows are numbered as they lie. */
  constructor(columns: readonly string[]) {
    this.map = columnsOf('drugs', columns);
  }

  get hasIds(): boolean {
    return this.map.id !== undefined;
  }

  /** The id as written, for reports. */
  idText(row: LegacyRow): string | null {
    return textOf(row, this.map, 'id');
  }

  read(row: LegacyRow, place: number): DrugResult {
    const text = (field: LegacyField): string | null => textOf(row, this.map, field);
    const drugId = this.hasIds ? readId(text('id')) : place;
    if (drugId === null) return { refused: { reason: 'has no id that can be kept', value: text('id') } };
    if (this.seen.has(drugId))
      return { refused: { reason: 'has the id of a row before it', value: text('id') } };
    const name = text('name')?.replaceAll(/\s+/gu, ' ') ?? null;
    if (name === null) return { refused: { reason: 'has no name', value: null } };
    this.seen.add(drugId);
    const notes: Note[] = [];
    if (name.length > LONGEST_NAME)
      notes.push({ reason: `name is longer than ${LONGEST_NAME} characters and was cut`, value: name });
    const price = this.price(text('price'), 'price', notes);
    const form = this.reference(text('dosageForm'), text('dosageFormId'));
    const route = this.reference(text('route'), text('routeId'));
    const company = this.reference(text('company'), text('companyId'));
    const category = this.reference(text('category'), text('categoryId'));
    return {
      ok: {
        drugId,
        name: cutText(name, LONGEST_NAME),
        nameAr: cutOptional(text('nameAr'), LONGEST_NAME),
        activeRaw: text('activeRaw'),
        price: price ?? '0',
        oldPrice: this.price(text('oldPrice'), 'old price', notes),
        updatedOn: this.date(text('dateUpdated'), notes),
        company: company.name,
        companyId: company.id,
        category: category.name,
        categoryId: category.id,
        dosageForm: form.name,
        dosageFormId: form.id,
        route: route.name,
        routeId: route.id,
        units: text('units'),
        barcodes: splitBarcodes(text('barcode') ?? ''),
        pharmacology: text('pharmacology'),
        description: text('description'),
        rxOnly: readFlag(text('rxOnly')),
        notes,
      },
    };
  }

  /** A list entry by name; a number where a name is expected is an id. */
  private reference(name: string | null, id: string | null): { name: string | null; id: number | null } {
    if (name !== null && /^\d+$/.test(name)) return { name: null, id: readId(name) };
    return { name, id: readId(id) };
  }

  private price(text: string | null, what: string, notes: Note[]): string | null {
    if (text === null) {
      if (what === 'price')
        notes.push({ reason: 'has no price: set to 0, not sold until one is set', value: null });
      return null;
    }
    const read = readPrice(text);
    if ('ok' in read) return read.ok;
    const then = what === 'price' ? ': set to 0, not sold until one is set' : ': left out';
    notes.push({ reason: `${what} ${read.problem}${then}`, value: text });
    return null;
  }

  private date(text: string | null, notes: Note[]): string | null {
    if (text === null) return null;
    const read = readDate(text);
    if ('ok' in read) return read.ok;
    notes.push({ reason: `date of update ${read.problem}: left out`, value: text });
    return null;
  }
}

/** Cuts a text without splitting a character in two. */
export function cutText(text: string, most: number): string {
  return text.length <= most
    ? text
    : text
        .slice(0, most)
        .replace(/[\ud800-\udbff]$/u, '')
        .trim();
}

const cutOptional = (text: string | null, most: number): string | null =>
  text === null ? null : cutText(text, most);
