/**
 * The names of everything a product refers to – ingredients with their synonyms and ATC codes, groups, companies,
 * categories, forms, routes – as one small lexicon that leads to entities instead of products: a synonym costs its own
 * few bytes, not an entry for each of ten thousand products.
 */
import { everydayFormWords, everydayRouteWords, withoutArticle } from './everyday-words.domain.js';
import { Lexicon, WordTable } from './lexicon.domain.js';
import { CLASS_ATTRIBUTE, CLASS_GROUP, CLASS_INGREDIENT, CLASS_SYNONYM } from './match-code.domain.js';
import type { DictionaryIndexApi, IndexStatistics, SearchDictionary, SearchField } from './search.types.js';
import { buildSpelling, SpellingIndex } from './spelling-index.domain.js';
import { wordsOf } from './tokens.domain.js';

export type EntityKind = 'ingredient' | 'group' | 'company' | 'category' | 'form' | 'route';

/** One thing a product can refer to. */
export interface Entity {
  readonly kind: EntityKind;
  /** Key in the catalogue: an id, or the name of a form or route. */
  readonly key: number | string;
  readonly names: readonly EntityName[];
}

export interface EntityName {
  readonly field: SearchField;
  readonly class: number;
  /** Folded words with one space between and around: " fusidic acid ". */
  readonly padded: string;
}

/** Low byte of a posting: which of the entity's sorts of name; indexes NAME_SORTS. */
const NAME_SORTS: ReadonlyArray<{ readonly field: SearchField; readonly class: number }> = [
  { field: 'ingredient', class: CLASS_INGREDIENT },
  { field: 'synonym', class: CLASS_SYNONYM },
  { field: 'atc', class: CLASS_GROUP },
  { field: 'group', class: CLASS_GROUP },
  { field: 'category', class: CLASS_GROUP },
  { field: 'company', class: CLASS_ATTRIBUTE },
  { field: 'form', class: CLASS_ATTRIBUTE },
  { field: 'route', class: CLASS_ATTRIBUTE },
];
const sortOf = (field: SearchField): number => NAME_SORTS.findIndex((sort) => sort.field === field);
export const fieldOfSort = (sort: number): SearchField => NAME_SORTS[sort]?.field ?? 'name';
export const classOfSort = (sort: number): number => NAME_SORTS[sort]?.class ?? CLASS_ATTRIBUTE;

const SHORTEST_ATC_CLASS = 1;

export class DictionaryIndex implements DictionaryIndexApi {
  readonly spelling: SpellingIndex;
  readonly statistics: IndexStatistics;

  private constructor(
    readonly entities: readonly Entity[],
    readonly lexicon: Lexicon,
    /** Entities of word n: `postings[offsets[n] … offsets[n + 1])`, entity in the upper 24 bits, sort of name below. */
    readonly offsets: Uint32Array,
    readonly postings: Uint32Array,
    /** Entities that entity n stands for beside itself: the ingredients of a group, the subclasses of a category. */
    readonly impliedOffsets: Uint32Array,
    readonly implied: Uint32Array,
    /** Entity number by kind and key. */
    private readonly numbers: ReadonlyMap<string, number>,
  ) {
    const spelling = buildSpelling(lexicon);
    this.spelling = new SpellingIndex(lexicon, spelling);
    const buffers = [
      lexicon.chars,
      lexicon.offsets,
      offsets,
      postings,
      impliedOffsets,
      implied,
      ...Object.values<Uint8Array | Uint32Array>({ ...spelling }),
    ];
    this.statistics = {
      documents: entities.length,
      tokens: lexicon.size,
      postings: postings.length,
      bytes: buffers.reduce((sum, { byteLength }) => sum + byteLength, 0),
    };
  }

  static build(dictionary: SearchDictionary): DictionaryIndex {
    const entities = entitiesOf(dictionary);
    const numbers = new Map(entities.map(({ kind, key }, number) => [`${kind}:${key}`, number]));
    const table = new WordTable();
    const pairs: Array<[word: number, posting: number]> = [];
    for (const [number, { names }] of entities.entries()) {
      const seen = new Set<string>();
      for (const { field, padded } of names) {
        const sort = sortOf(field);
        for (const word of padded.split(' ')) {
          for (const form of [word, withoutArticle(word)]) {
            // The first name that has a word is the best one: names come before synonyms.
            if (form === null || form === '' || seen.has(form)) continue;
            seen.add(form);
            pairs.push([table.numberOf(form), number * 256 + sort]);
          }
        }
      }
    }
    const { words, placeOf } = table.sorted();
    const offsets = new Uint32Array(words.length + 1);
    for (const [word] of pairs) offsets[placeOf[word] ?? 0] = (offsets[placeOf[word] ?? 0] ?? 0) + 1;
    for (let n = 0, sum = 0; n < offsets.length; n++) offsets[n] = sum += offsets[n] ?? 0;
    const postings = new Uint32Array(pairs.length);
    for (const [word, posting] of pairs.reverse()) {
      const place = placeOf[word] ?? 0;
      const at = (offsets[place] ?? 0) - 1;
      offsets[place] = at;
      postings[at] = posting;
    }
    const implied = impliedBy(dictionary, entities, numbers);
    const impliedOffsets = new Uint32Array(entities.length + 1);
    for (let n = 0; n < implied.length; n++)
      impliedOffsets[n + 1] = (impliedOffsets[n] ?? 0) + (implied[n]?.length ?? 0);
    return new DictionaryIndex(
      entities,
      Lexicon.fromSorted(words),
      offsets,
      postings,
      impliedOffsets,
      Uint32Array.from(implied.flat()),
      numbers,
    );
  }

  /** The number of an entity, or -1. */
  numberOf(kind: EntityKind, key: number | string): number {
    return this.numbers.get(`${kind}:${key}`) ?? -1;
  }
}

function nameOf(field: SearchField, text: string | null | undefined): EntityName[] {
  const words = wordsOf(text ?? '');
  if (words.length === 0) return [];
  return [{ field, class: classOfSort(sortOf(field)), padded: ` ${words.join(' ')} ` }];
}

function entitiesOf(dictionary: SearchDictionary): Entity[] {
  const { ingredients, groups, companies, categories, forms, routes } = dictionary;
  return [
    ...ingredients.map((each): Entity => ({
      kind: 'ingredient',
      key: each.ingredientId,
      names: [
        ...nameOf('ingredient', each.name),
        ...nameOf('ingredient', each.nameAr),
        ...each.synonyms.flatMap((synonym) => nameOf('synonym', synonym)),
        ...nameOf('atc', each.atcCode),
      ],
    })),
    ...groups.map((each): Entity => ({
      kind: 'group',
      key: each.groupId,
      names: [each.name, each.nameAr, ...(each.otherNames ?? [])].flatMap((name) => nameOf('group', name)),
    })),
    ...companies.map((each): Entity => ({
      kind: 'company',
      key: each.companyId,
      names: nameOf('company', each.name),
    })),
    ...categories.map((each): Entity => ({
      kind: 'category',
      key: each.categoryId,
      names: [
        ...nameOf('category', each.name),
        ...nameOf('category', each.nameAr),
        ...nameOf('atc', each.atcCode),
      ],
    })),
    ...forms.map((each): Entity => ({
      kind: 'form',
      key: each.name,
      names: [each.name, each.nameAr, ...everydayFormWords(each.name)].flatMap((name) =>
        nameOf('form', name),
      ),
    })),
    ...routes.map((each): Entity => ({
      kind: 'route',
      key: each.name,
      names: [each.name, each.nameAr, ...everydayRouteWords(each.name)].flatMap((name) =>
        nameOf('route', name),
      ),
    })),
  ];
}

/** For each entity the entities below it; a cycle of parents ends where it closes. */
function impliedBy(
  dictionary: SearchDictionary,
  entities: readonly Entity[],
  numbers: ReadonlyMap<string, number>,
): number[][] {
  const implied = entities.map(() => new Set<number>());
  const put = (from: string, to: string): void => {
    const target = numbers.get(to);
    const source = numbers.get(from);
    if (source !== undefined && target !== undefined && source !== target) implied[source]?.add(target);
  };
  const parentOfGroup = new Map(
    dictionary.groups.map(({ groupId, parentGroupId }) => [groupId, parentGroupId]),
  );
  const parentOfCategory = new Map(
    dictionary.categories.map(({ categoryId, parentCategoryId }) => [categoryId, parentCategoryId]),
  );
  for (const { ingredientId, groupIds } of dictionary.ingredients)
    for (const groupId of groupIds)
      for (const above of withAncestors(groupId, parentOfGroup))
        put(`group:${above}`, `ingredient:${ingredientId}`);
  for (const { categoryId } of dictionary.categories)
    for (const above of withAncestors(categoryId, parentOfCategory))
      put(`category:${above}`, `category:${categoryId}`);
  // "Penicillins" with code J01C stands for every ingredient and every category whose code begins so.
  const byCode = [
    ...dictionary.ingredients.map(({ atcCode, ingredientId }) => ({
      atcCode,
      entity: `ingredient:${ingredientId}`,
    })),
    ...dictionary.categories.map(({ atcCode, categoryId }) => ({
      atcCode,
      entity: `category:${categoryId}`,
    })),
  ].filter(({ atcCode }) => atcCode !== null && atcCode !== '');
  byCode.sort((a, b) => ((a.atcCode ?? '') < (b.atcCode ?? '') ? -1 : 1));
  const codes = byCode.map(({ atcCode }) => atcCode ?? '');
  for (const { categoryId, atcCode } of dictionary.categories) {
    if (atcCode === null || atcCode.length < SHORTEST_ATC_CLASS) continue;
    for (let n = lowerBound(codes, atcCode); codes[n]?.startsWith(atcCode) === true; n++)
      put(`category:${categoryId}`, byCode[n]?.entity ?? '');
  }
  return implied.map((set) => [...set]);
}

function withAncestors(id: number, parents: ReadonlyMap<number, number | null>): Set<number> {
  const chain = new Set<number>();
  for (
    let at: number | null | undefined = id;
    at !== null && at !== undefined && !chain.has(at);
    at = parents.get(at)
  )
    chain.add(at);
  return chain;
}

function lowerBound(sorted: readonly string[], text: string): number {
  let lo = 0;
  let hi = sorted.length;
  while (lo < hi) {
    const middle = (lo + hi) >>> 1;
    if ((sorted[middle] ?? '') < text) lo = middle + 1;
    else hi = middle;
  }
  return lo;
}
