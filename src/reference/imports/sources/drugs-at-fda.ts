import { own } from '../../../platform/text/own.js';
import { readDelimited, type DelimitedOptions } from '../delimited.js';
import type {
  CatalogueSource,
  RowRef,
  SourceFileRole,
  SourceInput,
  SourceProduct,
  SourceRecord,
  SourceReject,
} from '../source.types.js';
import { showAmounts } from './amounts.domain.js';
import { cleanStrength, fdaComposition, splitOutside } from './fda-strength.domain.js';
import { catalogueForm } from './form-terms.domain.js';
import { productTitle } from './product-title.domain.js';
import { brokenRow, loadSide, rejectRow } from './read-side.js';
import { catalogueRoute } from './route-terms.domain.js';
import { JoinBudget, SideTable } from './side-table.js';

const PRODUCT_COLUMNS = ['ApplNo', 'ProductNo', 'Form', 'Strength', 'DrugName', 'ActiveIngredient'] as const;

/** Files beside Products.txt: what is taken of each, and how a row of it finds its product. */
const SIDES = {
  applications: {
    title: 'Applications.txt',
    isRequired: true,
    columns: ['ApplNo', 'ApplType', 'SponsorName'],
  },
  statuses: {
    title: 'MarketingStatus.txt',
    isRequired: true,
    columns: ['ApplNo', 'ProductNo', 'MarketingStatusID'],
  },
  names: {
    title: 'MarketingStatus_Lookup.txt',
    isRequired: false,
    columns: ['MarketingStatusID', 'MarketingStatusDescription'],
  },
  equivalence: { title: 'TE.txt', isRequired: false, columns: ['ApplNo', 'ProductNo', 'TECode'] },
} as const;
type Side = keyof typeof SIDES;

/** Meaning of the status numbers, for a set of files without the lookup. */
const STATUS_NAMES: Readonly<Record<string, string>> = {
  '1': 'Prescription',
  '2': 'Over-the-counter',
  '3': 'Discontinued',
  '4': 'None (Tentative Approval)',
};

function layout(columns: readonly string[]): DelimitedOptions {
  return { delimiter: '\t', quote: null, header: 'first-row', columns };
}

/** Files are told by their name without regard to case, as FDA and people who unpack its archive write them. */
function role(name: string, title: string, isRequired: boolean): SourceFileRole {
  return {
    role: name,
    title: `${title} of Drugs@FDA`,
    isRequired,
    allowsMany: false,
    encoding: 'mixed',
    recognise: (file) => file.toLowerCase() === title.toLowerCase(),
  };
}

/** Digits of an application and a product number; "" where one is none. */
function keyOf([application = '', product = '']: readonly string[]): string {
  return /^\d{1,6}$/.test(application) && /^\d{1,3}$/.test(product) ? `${application}-${product}` : '';
}

class DrugsAtFdaReader {
  private readonly tables: Readonly<Record<Side, SideTable>>;
  private readonly seen = new Map<string, number>();

  constructor(private readonly input: SourceInput) {
    const budget = new JoinBudget();
    this.tables = {
      applications: new SideTable(budget),
      statuses: new SideTable(budget),
      names: new SideTable(budget),
      equivalence: new SideTable(budget),
    };
  }

  async *read(): AsyncGenerator<readonly SourceRecord[]> {
    yield* this.load('applications', ([application = '']) =>
      /^\d{1,6}$/.test(application) ? application : '',
    );
    yield* this.load('statuses', keyOf);
    yield* this.load('names', ([id = '']) => id);
    yield* this.load('equivalence', keyOf);
    for (const file of this.input.of('products')) {
      for await (const rows of readDelimited(file, layout(PRODUCT_COLUMNS))) {
        yield rows.map((row) =>
          'problem' in row
            ? brokenRow(file, row, keyOf(row.raw.split('\t')))
            : this.product({ file: file.index, line: row.line }, row.fields),
        );
      }
    }
    yield [...this.tables.applications.orphans('ApplNo', 'belongs to no product of Products.txt')];
    yield [...this.tables.statuses.orphans('ProductNo', 'belongs to no product of Products.txt')];
    yield [...this.tables.equivalence.orphans('ProductNo', 'belongs to no product of Products.txt')];
    yield [...this.tables.names.orphans('MarketingStatusID', 'is the status of no product')];
  }

  private load(
    side: Side,
    key: (fields: readonly string[]) => string,
  ): AsyncGenerator<readonly SourceReject[]> {
    const { columns } = SIDES[side];
    return loadSide(this.input, side, layout(columns), this.tables[side], key, columns[0]);
  }

  private product(ref: RowRef, fields: readonly string[]): SourceRecord {
    const [application = '', number = '', formAndRoute = '', strengths = '', name = '', ingredients = ''] =
      fields;
    const key = keyOf([application, number]);
    if (key === '')
      return rejectRow(ref, 'ApplNo', 'is not an application with a product', `${application} ${number}`);
    const first = this.seen.get(key);
    if (first !== undefined)
      return { ...rejectRow(ref, 'ProductNo', `repeats line ${first}`, key), sourceId: key };
    this.seen.set(key, ref.line);

    const [formText = '', ...routeTexts] = splitOutside(formAndRoute, ';');
    const routes = routeTexts.flatMap((text) => text.split(',')).map((text) => text.trim());
    const form = catalogueForm(formText, routes);
    const route = catalogueRoute(routes);
    const composition = fdaComposition(ingredients, strengths);
    const strength = showAmounts(composition);
    const written = cleanStrength(strengths);
    const statuses = this.tables.statuses.take(key);
    const applications = this.tables.applications.peek(application);
    const rows = [
      ...statuses.map(({ ref: row }) => row),
      ...this.tables.applications.takeUntaken(application).map(({ ref: row }) => row),
      ...this.tables.equivalence.take(key).map(({ ref: row }) => row),
    ];
    const names: string[] = [];
    for (const { fields: status } of statuses) {
      const id = status[2] ?? '';
      names.push(this.tables.names.peek(id)[0]?.fields[1] ?? own(STATUS_NAMES, id) ?? '');
      rows.push(...this.tables.names.takeUntaken(id).map(({ ref: row }) => row));
    }
    const company = applications[0]?.fields[2] ?? '';
    const shown = strength ?? (/\d/.test(written) ? written : undefined);
    const product: SourceProduct = {
      kind: 'product',
      ...ref,
      rows,
      sourceId: key,
      name: productTitle({
        brand: name === '' ? ingredients : name,
        ...(shown === undefined ? {} : { strength: shown }),
        ...(form === undefined ? {} : { form: form.form }),
      }),
      ...(composition.length === 0 ? {} : { composition }),
      ...(shown === undefined ? {} : { strength: shown }),
      ...(form === undefined ? {} : { dosageForm: form.form, formFamily: form.family }),
      ...(route === undefined ? {} : { route }),
      ...(company === '' ? {} : { company }),
      ...marketing(names),
    };
    return product;
  }
}

/**
 * Marketed by prescription or over the counter: active. Discontinued, only tentatively approved, or of no stated status:
 * not on the market. Only what is sold over the counter and in no other way is free.
 */
function marketing(statuses: readonly string[]): Pick<SourceProduct, 'status' | 'rxOnly'> {
  const isPrescription = statuses.some((status) => /^prescription/i.test(status));
  const isFree = statuses.some((status) => /^over-the-counter/i.test(status));
  return {
    status: isPrescription || isFree ? 'active' : 'discontinued',
    rxOnly: !isFree || isPrescription,
  };
}

/** Drugs@FDA: every product of every approved application in the United States. */
export const DRUGS_AT_FDA: CatalogueSource = {
  name: 'drugs-at-fda',
  title: 'Drugs@FDA, U.S. Food and Drug Administration',
  licence: 'Public domain, U.S. Government work (Food and Drug Administration).',
  files: [
    role('products', 'Products.txt', true),
    ...(Object.keys(SIDES) as Side[]).map((side) => role(side, SIDES[side].title, SIDES[side].isRequired)),
  ],
  states: {
    price: false,
    rxOnly: true,
    pack: false,
    barcodes: false,
    atcCode: false,
    controlledSchedule: false,
    storage: false,
    handlingFlags: false,
    nameAr: false,
    category: false,
  },
  columnOf: (field) =>
    ({ name: 'DrugName', composition: 'ActiveIngredient', strength: 'Strength', dosageForm: 'Form' })[
      field
    ] ?? field,
  read: (input) => new DrugsAtFdaReader(input).read(),
};
