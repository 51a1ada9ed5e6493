import { foldText } from '../../platform/text/fold.js';
import type {
  DictionaryCategory,
  DictionaryCompany,
  DictionaryForm,
  DictionaryGroup,
  DictionaryIngredient,
  DictionaryRoute,
  SearchDictionary,
} from './engine/search.types.js';

/** Rows read anew; of the lists by identity, `gone` names those that were asked for and are not there any more. */
export interface DictionaryUpdate {
  readonly ingredients?: readonly DictionaryIngredient[];
  readonly groups?: readonly DictionaryGroup[];
  readonly companies?: readonly DictionaryCompany[];
  readonly categories?: readonly DictionaryCategory[];
  /** All of them. */
  readonly forms?: readonly DictionaryForm[];
  /** All of them. */
  readonly routes?: readonly DictionaryRoute[];
  readonly gone?: {
    readonly ingredients?: readonly number[];
    readonly groups?: readonly number[];
    readonly companies?: readonly number[];
    readonly categories?: readonly number[];
  };
}

/** The names products refer to, by identity and by folded name. Immutable: an update answers a new one. */
export class Dictionary {
  readonly ingredients: ReadonlyMap<number, DictionaryIngredient>;
  readonly groups: ReadonlyMap<number, DictionaryGroup>;
  readonly companies: ReadonlyMap<number, DictionaryCompany>;
  readonly categories: ReadonlyMap<number, DictionaryCategory>;
  private readonly companyIds: ReadonlyMap<string, number>;
  private readonly categoryIds: ReadonlyMap<string, number>;

  constructor(readonly rows: SearchDictionary) {
    this.ingredients = new Map(rows.ingredients.map((row) => [row.ingredientId, row]));
    this.groups = new Map(rows.groups.map((row) => [row.groupId, row]));
    this.companies = new Map(rows.companies.map((row) => [row.companyId, row]));
    this.categories = new Map(rows.categories.map((row) => [row.categoryId, row]));
    this.companyIds = new Map(rows.companies.map((row) => [foldText(row.name), row.companyId]));
    this.categoryIds = new Map(rows.categories.map((row) => [foldText(row.name), row.categoryId]));
  }

  /** The dictionary with these rows put in or out. */
  with(update: DictionaryUpdate): Dictionary {
    const { gone = {} } = update;
    return new Dictionary({
      ingredients: merged(this.ingredients, update.ingredients, gone.ingredients, (row) => row.ingredientId),
      groups: merged(this.groups, update.groups, gone.groups, (row) => row.groupId),
      companies: merged(this.companies, update.companies, gone.companies, (row) => row.companyId),
      categories: merged(this.categories, update.categories, gone.categories, (row) => row.categoryId),
      forms: update.forms ?? this.rows.forms,
      routes: update.routes ?? this.rows.routes,
    });
  }

  /** Companies of these names, compared folded; names nobody has are left out. */
  companyIdsOf(names: readonly string[]): number[] {
    return names.flatMap((name) => this.companyIds.get(foldText(name)) ?? []);
  }

  /** Categories of these names, compared folded; names nobody has are left out. */
  categoryIdsOf(names: readonly string[]): number[] {
    return names.flatMap((name) => this.categoryIds.get(foldText(name)) ?? []);
  }
}

function merged<Row>(
  present: ReadonlyMap<number, Row>,
  rows: readonly Row[] = [],
  gone: readonly number[] = [],
  keyOf: (row: Row) => number,
): Row[] {
  if (rows.length === 0 && gone.length === 0) return [...present.values()];
  const next = new Map(present);
  for (const key of gone) next.delete(key);
  for (const row of rows) next.set(keyOf(row), row);
  return [...next.values()];
}
