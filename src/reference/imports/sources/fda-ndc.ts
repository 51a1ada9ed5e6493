import type { DelimitedOptions } from '../delimited.js';
import type {
  CatalogueSource,
  SourceFileRole,
  SourceInput,
  SourcePart,
  SourceRecord,
  SourceReject,
} from '../source.types.js';
import { isBulk, ndcProduct } from './ndc-product.js';
import { loadSide } from './read-side.js';
import { JoinBudget, SideTable, type SideRow } from './side-table.js';
import { ucumAmount } from './ucum-amount.domain.js';

/** Columns of both layouts, and those only the directory of finished products has. */
const PRODUCT_COLUMNS = [
  'PRODUCTNDC',
  'PRODUCTID',
  'PRODUCTTYPENAME',
  'NONPROPRIETARYNAME',
  'DOSAGEFORMNAME',
  'ENDMARKETINGDATE',
  'LABELERNAME',
  'SUBSTANCENAME',
  'ACTIVE_NUMERATOR_STRENGTH',
  'ACTIVE_INGRED_UNIT',
  'DEASCHEDULE',
] as const;
const FINISHED_COLUMNS = ['PROPRIETARYNAME', 'PROPRIETARYNAMESUFFIX', 'ROUTENAME', 'PHARM_CLASSES'] as const;
const PACKAGE_COLUMNS = ['PRODUCTNDC', 'PRODUCTID', 'NDCPACKAGECODE', 'PACKAGEDESCRIPTION'] as const;

const NDC = /^\d{4,6}-\d{3,4}$/;
const PACKAGE_NDC = /^\d{4,6}-\d{3,4}-\d{1,2}$/;
/** Labels whose text fell into a column: "<text xmlns=…". */
const MARKUP = /<\/?[a-z][^>]*(?:>|$)/i;

function layout(columns: readonly string[], optional: readonly string[] = []): DelimitedOptions {
  return { delimiter: '\t', quote: null, header: 'first-row', columns, optional };
}

function role(name: string, title: string, mark: string): SourceFileRole {
  return {
    role: name,
    title,
    isRequired: true,
    allowsMany: true,
    encoding: 'mixed',
    recognise: (_, start) => start.includes('PRODUCTNDC\t') && start.includes(mark),
  };
}

/** Substances, strengths and units stand in three columns in the same order; where they do not, no amount is claimed. */
function composition(substances: string, strengths: string, units: string): SourcePart[] {
  const split = (text: string): string[] => text.split(';').map((part) => part.trim());
  const names = split(substances);
  const values = split(strengths);
  const written = split(units);
  const isAligned = values.length === names.length && written.length === names.length;
  return names.flatMap((text, at) =>
    text === ''
      ? []
      : [{ text, ...(isAligned ? ucumAmount(values[at] ?? '', written[at] ?? '') : undefined) }],
  );
}

class NdcReader {
  private readonly products: SideTable;
  private readonly packages: SideTable;

  constructor(
    private readonly input: SourceInput,
    private readonly today: string,
  ) {
    const budget = new JoinBudget();
    this.products = new SideTable(budget);
    this.packages = new SideTable(budget);
  }

  async *read(): AsyncGenerator<readonly SourceRecord[]> {
    const keyOf = ([ndc = '']: readonly string[]): string => (NDC.test(ndc.trim()) ? ndc.trim() : '');
    const products = layout(PRODUCT_COLUMNS, FINISHED_COLUMNS);
    yield* loadSide(this.input, 'products', products, this.products, keyOf, 'PRODUCTNDC');
    yield* loadSide(this.input, 'packages', layout(PACKAGE_COLUMNS), this.packages, keyOf, 'PRODUCTNDC');
    let batch: SourceRecord[] = [];
    for (const ndc of this.products.keys()) {
      batch.push(...this.listing(ndc));
      if (batch.length < 1000) continue;
      yield batch;
      batch = [];
    }
    yield batch;
    yield [...this.packages.orphans('PRODUCTNDC', 'belongs to no product of the product files')];
  }

  /** One product of all its listings: labels of the same product that say the same are one, others are refused. */
  private *listing(ndc: string): Generator<SourceRecord> {
    const [first, ...others] = this.products.take(ndc);
    if (first === undefined) return;
    const labeler = first.fields[6] ?? '';
    const isRefused = MARKUP.test(labeler);
    if (isRefused) yield refuse(first, ndc, 'LABELERNAME', 'holds markup instead of a name', labeler);
    const content = says(first);
    const labels = new Set([first.fields[1]]);
    const same: SideRow[] = [];
    for (const other of others) {
      if (says(other) !== content) {
        const reason = `names the same product as line ${first.ref.line} with other content`;
        yield refuse(other, ndc, 'PRODUCTNDC', reason, ndc);
        continue;
      }
      same.push(other);
      labels.add(other.fields[1]);
    }
    const packages: SideRow[] = [];
    for (const row of this.packages.take(ndc)) {
      const code = (row.fields[2] ?? '').trim();
      if (isRefused || !labels.has(row.fields[1]))
        yield refuse(row, '', null, 'belongs to a refused product', code);
      else if (PACKAGE_NDC.test(code)) packages.push(row);
      else yield refuse(row, '', 'NDCPACKAGECODE', 'is not an NDC of three parts', code);
    }
    if (!isRefused) yield this.product(ndc, first, same, packages);
    else for (const row of same) yield refuse(row, ndc, null, 'belongs to a refused product', ndc);
  }

  private product(
    ndc: string,
    { ref, fields }: SideRow,
    same: readonly SideRow[],
    packages: readonly SideRow[],
  ): SourceRecord {
    const [, , productType = '', generic = '', form = '', endMarketing = '', labeler = '', ...more] = fields;
    const [substances = '', strengths = '', units = '', deaSchedule = '', ...finished] = more;
    const [brand = '', brandSuffix = '', routes = '', pharmClasses = ''] = finished;
    return ndcProduct(
      {
        ref,
        rows: [...same, ...packages].map((row) => row.ref),
        productNdc: ndc,
        brand,
        brandSuffix,
        generic,
        form,
        routes: routes
          .split(/[;,]/)
          .map((route) => route.trim())
          .filter((route) => route !== ''),
        labeler,
        composition: composition(substances, strengths, units),
        productType,
        pharmClasses,
        deaSchedule,
        endMarketing,
        packages: packages.map(({ ref: row, fields: [, , code = '', description = ''] }) => ({
          row,
          ndc: code.trim(),
          description,
        })),
      },
      this.today,
    );
  }
}

/**
 * What a listing says of its product; case and the label it comes from aside. "1 kg/kg" and "25 kg/25kg" are both all of
 * it. The generic name counts where no substance is stated: it is written in many ways.
 */
function says({ fields }: SideRow): string {
  const [, , , generic = '', form = '', , , substances = '', strengths = '', units = ''] = fields;
  const brand = fields.slice(PRODUCT_COLUMNS.length, PRODUCT_COLUMNS.length + 2);
  const parts = composition(substances, strengths, units).map((part) =>
    isBulk(part) ? [part.text] : [part.text, part.amount, part.unit, part.perAmount, part.perUnit],
  );
  return JSON.stringify([parts.length === 0 ? generic : '', form, parts, brand]).toUpperCase();
}

function refuse(
  { ref }: SideRow,
  sourceId: string,
  column: string | null,
  reason: string,
  value: string,
): SourceReject {
  return {
    kind: 'reject',
    ...ref,
    ...(sourceId === '' ? {} : { sourceId }),
    reasons: [{ column, reason, value }],
  };
}

const isoDay = (): string => new Date().toISOString().slice(0, 10);

/** FDA's NDC directory, finished and unfinished products. `today` decides whose marketing has ended. */
export function fdaNdc(today: () => string = isoDay): CatalogueSource {
  return {
    name: 'fda-ndc',
    title: 'National Drug Code Directory, U.S. Food and Drug Administration',
    licence: 'Public domain, U.S. Government work (Food and Drug Administration).',
    files: [
      role('packages', 'package.txt of the NDC directory', 'NDCPACKAGECODE'),
      role('products', 'product.txt of the NDC directory', 'PRODUCTTYPENAME'),
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
      ({ barcode: 'NDCPACKAGECODE', name: 'NONPROPRIETARYNAME', company: 'LABELERNAME' })[field] ?? field,
    read: (input) => new NdcReader(input, today()).read(),
  };
}

export const FDA_NDC = fdaNdc();
