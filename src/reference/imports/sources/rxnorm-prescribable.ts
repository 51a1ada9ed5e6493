import type { DelimitedOptions } from '../delimited.js';
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
import { CAUTIOUS_PRESCRIPTION_LIST } from './prescription-default.domain.js';
import { shorten } from './product-title.domain.js';
import { loadSide } from './read-side.js';
import { readRxNormName, type RxNormName } from './rxnorm-name.domain.js';
import { ingredientsOf, RxNormVocabulary, type Concept } from './rxnorm-vocabulary.js';
import { JoinBudget, SideTable } from './side-table.js';

/** Files by role; all have a header and are told by it. */
const FILES = {
  concepts: 'rxcui,tty,name',
  ingredients: 'rxcui,tty,name,unii',
  concept_ingredient: 'rxcui,ingredient_rxcui',
  concept_brand: 'rxcui,brand_rxcui',
  ndc: 'ndc11,rxcui',
} as const;
type Role = keyof typeof FILES;
const ROLES = Object.keys(FILES) as Role[];

const PRODUCT = /^(?:SCD|SBD|GPCK|BPCK)$/;
const INGREDIENT = /^(?:IN|PIN|MIN)$/;

function roleOf(role: Role): SourceFileRole {
  return {
    role,
    title: `${role}.csv of RxNorm prescribable`,
    isRequired: role !== 'concept_brand',
    allowsMany: false,
    encoding: 'utf-8',
    recognise: (_, start) => start.trim().replaceAll('"', '').toLowerCase() === FILES[role],
  };
}

function layout(role: Role): DelimitedOptions {
  return {
    delimiter: ',',
    quote: '"',
    isRowALine: true,
    header: 'first-row',
    columns: FILES[role].split(','),
  };
}

/** Longest name of a product, and longest composition, in the catalogue. */
const LONGEST_NAME = 500;
const LONGEST_RAW = 4000;

const isId = (text: string): boolean => /^\d{1,10}$/.test(text);

class RxNormReader {
  private readonly tables: Readonly<Record<Role, SideTable>>;
  private readonly vocabulary = new RxNormVocabulary();
  /** Components by name: where the rows of "amlodipine 5 MG" are. */
  private readonly components = new Map<string, string>();

  constructor(private readonly input: SourceInput) {
    const budget = new JoinBudget();
    this.tables = {
      concepts: new SideTable(budget),
      ingredients: new SideTable(budget),
      concept_ingredient: new SideTable(budget),
      concept_brand: new SideTable(budget),
      ndc: new SideTable(budget),
    };
  }

  async *read(): AsyncGenerator<readonly SourceRecord[]> {
    for (const role of ROLES) yield* this.load(role);
    this.learn();
    yield* this.readIngredients();
    let batch: SourceRecord[] = [];
    for (const concept of this.concepts()) {
      if (!PRODUCT.test(concept.tty)) continue;
      batch.push(...this.product(concept));
      if (batch.length < 1000) continue;
      yield batch;
      batch = [];
    }
    yield batch;
    yield [...this.leftConcepts()];
    yield [...this.tables.concept_ingredient.orphans('rxcui', 'belongs to no product')];
    yield [...this.tables.concept_brand.orphans('rxcui', 'belongs to no product')];
    yield [...this.tables.ndc.orphans('rxcui', 'belongs to no product')];
  }

  private load(role: Role): AsyncGenerator<readonly SourceReject[]> {
    const column = role === 'ndc' ? 1 : 0;
    const keyOf = (fields: readonly string[]): string =>
      isId(fields[column] ?? '') ? (fields[column] ?? '') : '';
    return loadSide(this.input, role, layout(role), this.tables[role], keyOf, 'rxcui');
  }

  private *concepts(): Generator<Concept> {
    for (const rxcui of this.tables.concepts.keys()) {
      const [first] = this.tables.concepts.peek(rxcui);
      if (first === undefined) continue;
      const [, tty = '', name = ''] = first.fields;
      yield { ref: first.ref, rxcui, tty, name };
    }
  }

  /** What must be known before the first ingredient is told: all ingredients, salts of what, brands of what. */
  private learn(): void {
    const { ingredients, concept_ingredient: links, concept_brand: brandLinks, concepts } = this.tables;
    for (const rxcui of ingredients.keys()) {
      const [row] = ingredients.peek(rxcui);
      const [, tty = '', name = '', unii = ''] = row?.fields ?? [];
      if (row !== undefined) this.vocabulary.add({ ref: row.ref, rxcui, tty, name, unii: unii.trim() });
    }
    for (const { rxcui, tty, name } of this.concepts()) {
      if (tty === 'SCDC') this.components.set(name, rxcui);
      if (tty === 'SCDC' || tty === 'SCD') this.vocabulary.learnBases(ingredientsOf(links, rxcui));
    }
    for (const rxcui of brandLinks.keys()) {
      const product = concepts.peek(rxcui)[0]?.fields[2] ?? '';
      for (const { fields } of brandLinks.peek(rxcui)) {
        const brand = concepts.peek(fields[1] ?? '')[0]?.fields[2] ?? '';
        if (brand !== '') this.vocabulary.learnBrand(brand, readRxNormName(product));
      }
    }
  }

  private *readIngredients(): Generator<readonly SourceRecord[]> {
    const brands = this.vocabulary.brandsOf();
    const batch: SourceRecord[] = [];
    for (const ingredient of this.vocabulary.all()) {
      const [, ...repeated] = this.tables.ingredients.take(ingredient.rxcui);
      for (const { ref } of repeated)
        batch.push(reject(ref, 'rxcui', `repeats line ${ingredient.ref.line}`, ingredient.rxcui));
      const rows = this.tables.concepts.take(ingredient.rxcui).map(({ ref }) => ref);
      batch.push(this.vocabulary.record(ingredient, rows, brands.get(ingredient.rxcui) ?? []));
    }
    yield batch;
  }

  private *product(concept: Concept): Generator<SourceRecord> {
    const { ref, rxcui } = concept;
    const [, ...repeated] = this.tables.concepts.take(rxcui);
    for (const row of repeated) yield reject(row.ref, 'rxcui', `repeats line ${ref.line}`, rxcui, rxcui);
    const name = readRxNormName(concept.name);
    const rows: RowRef[] = this.tables.concept_ingredient.take(rxcui).map((row) => row.ref);
    for (const row of this.tables.concept_brand.take(rxcui)) {
      rows.push(row.ref);
      rows.push(...this.tables.concepts.takeUntaken(row.fields[1] ?? '').map((brand) => brand.ref));
    }
    rows.push(...this.componentRows(name));
    const codes = this.tables.ndc.take(rxcui);
    rows.push(...codes.map((row) => row.ref));
    yield {
      ...this.facts(concept, name),
      rows,
      ...(codes.length === 0
        ? {}
        : {
            barcodes: codes.map(({ ref: row, fields }) => ({
              row,
              code: fields[0] ?? '',
              kind: 'ndc11' as const,
              packLevel: 'pack' as const,
            })),
          }),
    };
  }

  /** The rows of the components the name is made of, with the first product that has them. */
  private componentRows({ components }: RxNormName): RowRef[] {
    const rows: RowRef[] = [];
    for (const component of components) {
      const rxcui = this.components.get(component);
      if (rxcui === undefined) continue;
      rows.push(...this.tables.concepts.takeUntaken(rxcui).map(({ ref }) => ref));
      rows.push(...this.tables.concept_ingredient.takeUntaken(rxcui).map(({ ref }) => ref));
    }
    return rows;
  }

  private facts({ ref, rxcui, name: written }: Concept, name: RxNormName): SourceProduct {
    const composition = name.parts.map((part) => {
      const codes = this.vocabulary.codesOf(part.text);
      return codes === undefined ? part : { ...part, codes };
    });
    const strength = showAmounts(name.parts);
    const { form, route, unitsPerPack } = name;
    return {
      kind: 'product',
      ...ref,
      sourceId: rxcui,
      name: shorten(written),
      ...(written.length > LONGEST_NAME ? { activeRaw: shorten(written, LONGEST_RAW) } : {}),
      ...(composition.length === 0 ? {} : { composition }),
      ...(strength === undefined ? {} : { strength }),
      ...(form === undefined ? {} : { dosageForm: form.form, formFamily: form.family }),
      ...(route === undefined ? {} : { route }),
      ...(unitsPerPack === undefined || form === undefined ? {} : { baseUnit: form.baseUnit, unitsPerPack }),
    };
  }

  private *leftConcepts(): Generator<SourceReject> {
    for (const {
      kind,
      reasons: [reason],
      ...ref
    } of this.tables.concepts.orphans('tty', 'is no product')) {
      const [rxcui = '', tty = ''] = reason?.value.split(' | ') ?? [];
      const why = INGREDIENT.test(tty)
        ? 'is an ingredient that the ingredients file does not have'
        : tty === 'BN'
          ? 'is a brand of no product'
          : tty === 'SCDC'
            ? 'is a component of no product'
            : 'is a kind of concept the catalogue has no place for';
      yield { kind, ...ref, reasons: [{ column: 'tty', reason: why, value: `${tty} ${rxcui}` }] };
    }
  }
}

function reject(ref: RowRef, column: string, reason: string, value: string, sourceId = ''): SourceReject {
  return {
    kind: 'reject',
    ...ref,
    ...(sourceId === '' ? {} : { sourceId }),
    reasons: [{ column, reason, value }],
  };
}

/** RxNorm's prescribable subset as flat files: generic and branded drugs and packs, their NDCs and ingredients. */
export const RXNORM_PRESCRIBABLE: CatalogueSource = {
  name: 'rxnorm-prescribable',
  title: 'RxNorm Current Prescribable Content, U.S. National Library of Medicine',
  licence:
    'This product uses publicly available data from the U.S. National Library of Medicine (NLM), National Institutes of Health; NLM is not responsible for the product and does not endorse or recommend this or any other product.',
  files: ROLES.map(roleOf),
  states: {
    price: false,
    rxOnly: false,
    pack: true,
    barcodes: true,
    atcCode: false,
    controlledSchedule: false,
    storage: false,
    handlingFlags: false,
    nameAr: false,
    category: false,
  },
  columnOf: (field) => ({ barcode: 'ndc11', sourceId: 'rxcui' })[field] ?? field,
  prescriptionOnly: CAUTIOUS_PRESCRIPTION_LIST,
  read: (input) => new RxNormReader(input).read(),
};
