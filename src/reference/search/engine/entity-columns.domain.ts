/**
 * What products refer to, as columns: form, route, company, category, ingredients. Keys of the catalogue become small
 * numbers of the segment (0: none) that fit 16 bits, and each has the list of its products.
 */
import { GrowingArray } from './growing-array.domain.js';
import type { IndexData, SearchDocument } from './search.types.js';

const RX_ONLY = 2;

/** Numbers from 1 for keys in order of first appearance. */
class Numbering<Key> {
  readonly keys: Key[] = [];
  private readonly numbers = new Map<Key, number>();

  numberOf(key: Key | null): number {
    if (key === null) return 0;
    let number = this.numbers.get(key);
    if (number === undefined) {
      this.keys.push(key);
      number = this.keys.length;
      this.numbers.set(key, number);
    }
    return number;
  }
}

type Column = Uint16Array | Uint32Array;
type BufferMaker = (bytes: number) => ArrayBuffer;

function makeColumn(length: number, largest: number, makeBuffer: BufferMaker): Column {
  return largest < 0x10000
    ? new Uint16Array(makeBuffer(length * 2))
    : new Uint32Array(makeBuffer(length * 4));
}

export class EntityColumns {
  private readonly forms = new Numbering<string>();
  private readonly routes = new Numbering<string>();
  private readonly companies = new Numbering<number>();
  private readonly categories = new Numbering<number>();
  private readonly ingredients = new Numbering<number>();
  private readonly form = new GrowingArray();
  private readonly route = new GrowingArray();
  private readonly company = new GrowingArray();
  private readonly marketer = new GrowingArray();
  private readonly category = new GrowingArray();
  private readonly ingredientStarts = new GrowingArray();
  private readonly ingredientNumbers = new GrowingArray();

  add(document: SearchDocument): void {
    this.form.push(this.forms.numberOf(document.dosageForm));
    this.route.push(this.routes.numberOf(document.route));
    this.company.push(this.companies.numberOf(document.companyId));
    const marketer = document.marketerCompanyId === document.companyId ? null : document.marketerCompanyId;
    this.marketer.push(this.companies.numberOf(marketer));
    this.category.push(this.categories.numberOf(document.categoryId));
    this.ingredientStarts.push(this.ingredientNumbers.length);
    for (const id of new Set(document.ingredientIds))
      this.ingredientNumbers.push(this.ingredients.numberOf(id));
  }

  /** Number of distinct linked ingredients of the n-th document added. */
  ingredientsOf(product: number): number {
    const starts = this.ingredientStarts.filled;
    return (starts[product + 1] ?? this.ingredientNumbers.length) - (starts[product] ?? 0);
  }

  /** The columns in document order, and the products of each form, route, company, category and ingredient. */
  layOut(
    order: Uint32Array,
    makeBuffer: BufferMaker,
    flags: Uint32Array,
  ): Pick<IndexData, 'arrays' | 'lists'> {
    const pick = (source: GrowingArray, largest: number): Column => {
      const column = makeColumn(order.length, largest, makeBuffer);
      const values = source.filled;
      for (let n = 0; n < order.length; n++) column[n] = values[order[n] ?? 0] ?? 0;
      return column;
    };
    const form = pick(this.form, this.forms.keys.length);
    const route = pick(this.route, this.routes.keys.length);
    const company = pick(this.company, this.companies.keys.length);
    const marketer = pick(this.marketer, this.companies.keys.length);
    const category = pick(this.category, this.categories.keys.length);
    const ingredients = this.layOutIngredients(order, makeBuffer);
    const copy = (keys: readonly number[]): Uint32Array => {
      const array = new Uint32Array(makeBuffer(keys.length * 4));
      array.set(keys);
      return array;
    };
    return {
      arrays: {
        form,
        route,
        company,
        marketer,
        category,
        ...ingredients,
        ...this.layOutTuples(order, form, route, flags, makeBuffer),
        ...this.layOutLists(
          order.length,
          { form, route, company, marketer, category, ...ingredients },
          makeBuffer,
        ),
        companyKeys: copy(this.companies.keys),
        categoryKeys: copy(this.categories.keys),
        ingredientKeys: copy(this.ingredients.keys),
      },
      lists: { forms: this.forms.keys, routes: this.routes.keys },
    };
  }

  private layOutIngredients(order: Uint32Array, makeBuffer: BufferMaker) {
    this.ingredientStarts.push(this.ingredientNumbers.length);
    const starts = this.ingredientStarts.filled;
    const numbers = this.ingredientNumbers.filled;
    const ingredientOffsets = new Uint32Array(makeBuffer((order.length + 1) * 4));
    for (let n = 0; n < order.length; n++) {
      const product = order[n] ?? 0;
      ingredientOffsets[n + 1] =
        (ingredientOffsets[n] ?? 0) + (starts[product + 1] ?? 0) - (starts[product] ?? 0);
    }
    const ingredient = makeColumn(
      ingredientOffsets[order.length] ?? 0,
      this.ingredients.keys.length,
      makeBuffer,
    );
    let at = 0;
    for (const product of order) {
      const end = starts[product + 1] ?? 0;
      for (let from = starts[product] ?? 0; from < end; from++) ingredient[at++] = numbers[from] ?? 0;
    }
    return { ingredientOffsets, ingredient };
  }

  /** Form, route and prescription flag occur in few combinations: one column counts three facets. */
  private layOutTuples(
    order: Uint32Array,
    form: Column,
    route: Column,
    flags: Uint32Array,
    makeBuffer: BufferMaker,
  ) {
    const tuples = new Numbering<number>();
    const routeCount = this.routes.keys.length + 1;
    const numbers = new Uint32Array(order.length);
    for (let n = 0; n < order.length; n++) {
      const rxOnly = ((flags[order[n] ?? 0] ?? 0) & RX_ONLY) === 0 ? 0 : 1;
      numbers[n] = tuples.numberOf(((form[n] ?? 0) * routeCount + (route[n] ?? 0)) * 2 + rxOnly);
    }
    const tuple = makeColumn(order.length, tuples.keys.length, makeBuffer);
    tuple.set(numbers);
    const tupleForm = new Uint32Array(makeBuffer((tuples.keys.length + 1) * 4));
    const tupleRoute = new Uint32Array(makeBuffer((tuples.keys.length + 1) * 4));
    const tupleRxOnly = new Uint8Array(makeBuffer(tuples.keys.length + 1));
    for (const [n, key] of tuples.keys.entries()) {
      tupleRxOnly[n + 1] = key % 2;
      tupleRoute[n + 1] = Math.floor(key / 2) % routeCount;
      tupleForm[n + 1] = Math.floor(key / 2 / routeCount);
    }
    return { tuple, tupleForm, tupleRoute, tupleRxOnly };
  }

  /** Products of every entity, entities in the order forms, routes, companies, categories, ingredients. */
  private layOutLists(
    count: number,
    columns: {
      readonly form: Column;
      readonly route: Column;
      readonly company: Column;
      readonly marketer: Column;
      readonly category: Column;
      readonly ingredientOffsets: Uint32Array;
      readonly ingredient: Column;
    },
    makeBuffer: BufferMaker,
  ) {
    const bases = entityBases({
      forms: this.forms.keys.length,
      routes: this.routes.keys.length,
      companies: this.companies.keys.length,
      categories: this.categories.keys.length,
    });
    const { form, route, company, marketer, category, ingredientOffsets, ingredient } = columns;
    const total = bases.ingredient + this.ingredients.keys.length + 1;
    const each = (visit: (entity: number, document: number) => void): void => {
      for (let n = 0; n < count; n++) {
        if (form[n] !== 0) visit(bases.form + (form[n] ?? 0), n);
        if (route[n] !== 0) visit(bases.route + (route[n] ?? 0), n);
        if (company[n] !== 0) visit(bases.company + (company[n] ?? 0), n);
        if (marketer[n] !== 0) visit(bases.company + (marketer[n] ?? 0), n);
        if (category[n] !== 0) visit(bases.category + (category[n] ?? 0), n);
        const end = ingredientOffsets[n + 1] ?? 0;
        for (let at = ingredientOffsets[n] ?? 0; at < end; at++)
          visit(bases.ingredient + (ingredient[at] ?? 0), n);
      }
    };
    const entityOffsets = new Uint32Array(makeBuffer((total + 1) * 4));
    each((entity) => {
      entityOffsets[entity + 1] = (entityOffsets[entity + 1] ?? 0) + 1;
    });
    for (let n = 1; n <= total; n++) entityOffsets[n] = (entityOffsets[n] ?? 0) + (entityOffsets[n - 1] ?? 0);
    const entityDocuments = new Uint32Array(makeBuffer((entityOffsets[total] ?? 0) * 4));
    const next = entityOffsets.slice();
    each((entity, document) => {
      const at = next[entity] ?? 0;
      next[entity] = at + 1;
      entityDocuments[at] = document;
    });
    return { entityOffsets, entityDocuments };
  }
}

export interface EntityBases {
  readonly form: number;
  readonly route: number;
  readonly company: number;
  readonly category: number;
  readonly ingredient: number;
}

/** Number `base + n` is the n-th (from 1) entity of its kind; the base itself is nobody. */
export function entityBases(counts: {
  readonly forms: number;
  readonly routes: number;
  readonly companies: number;
  readonly categories: number;
}): EntityBases {
  const route = counts.forms;
  const company = route + counts.routes;
  const category = company + counts.companies;
  return { form: 0, route, company, category, ingredient: category + counts.categories };
}
