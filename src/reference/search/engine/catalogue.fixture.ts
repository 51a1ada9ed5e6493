// Small catalogues for the tests of the engine.
import { DictionaryIndex } from './dictionary-index.domain.js';
import { IndexBuilder } from './index-builder.domain.js';
import { SearchEngine, type SearchView } from './search-engine.domain.js';
import { SearchSegment } from './search-segment.domain.js';
import type { SearchDictionary, SearchDocument, SearchRequest, SearchResult } from './search.types.js';

export function aDocument(
  values: Partial<SearchDocument> & Pick<SearchDocument, 'drugId' | 'name'>,
): SearchDocument {
  return {
    nameAr: null,
    activeRaw: null,
    ingredientIds: [],
    ingredientTexts: [],
    strength: null,
    dosageForm: null,
    route: null,
    companyId: null,
    marketerCompanyId: null,
    categoryId: null,
    atcCode: null,
    rxOnly: false,
    isActive: true,
    barcodes: [],
    ...values,
  };
}

export const DICTIONARY: SearchDictionary = {
  ingredients: [
    {
      ingredientId: 1,
      name: 'paracetamol',
      nameAr: 'باراسيتامول',
      synonyms: ['acetaminophen', 'APAP'],
      atcCode: 'N02BE01',
      groupIds: [],
    },
    { ingredientId: 2, name: 'amoxicillin', nameAr: null, synonyms: [], atcCode: 'J01CA04', groupIds: [2] },
    { ingredientId: 3, name: 'clavulanic acid', nameAr: null, synonyms: [], atcCode: null, groupIds: [] },
    { ingredientId: 4, name: 'diclofenac', nameAr: null, synonyms: [], atcCode: 'M01AB05', groupIds: [4] },
    { ingredientId: 5, name: 'caffeine', nameAr: null, synonyms: [], atcCode: 'N06BC01', groupIds: [] },
    { ingredientId: 6, name: 'fusidic acid', nameAr: null, synonyms: [], atcCode: 'D06AX01', groupIds: [] },
    {
      ingredientId: 7,
      name: 'aciclovir',
      nameAr: null,
      synonyms: ['acyclovir'],
      atcCode: 'D06BB03',
      groupIds: [],
    },
  ],
  groups: [
    { groupId: 1, name: 'Beta-lactams', nameAr: 'بيتالاكتام', parentGroupId: null },
    { groupId: 2, name: 'Penicillins', nameAr: 'بنسلينات', parentGroupId: 1 },
    { groupId: 3, name: 'Anti-inflammatory drugs', nameAr: null, parentGroupId: null, otherNames: ['nsaid'] },
    { groupId: 4, name: 'Acetic acid derivatives', nameAr: null, parentGroupId: 3 },
  ],
  companies: [
    { companyId: 1, name: 'GSK' },
    { companyId: 2, name: 'Novartis' },
    { companyId: 3, name: 'Amoun Pharma' },
  ],
  categories: [
    { categoryId: 1, name: 'Pain relief', nameAr: 'مسكن', atcCode: 'N02', parentCategoryId: null },
    { categoryId: 2, name: 'Migraine', nameAr: null, atcCode: null, parentCategoryId: 1 },
    { categoryId: 3, name: 'Antibacterials', nameAr: null, atcCode: 'J01', parentCategoryId: null },
  ],
  forms: [
    { name: 'tablet', nameAr: 'أقراص', family: 'solid-oral' },
    { name: 'capsule', nameAr: 'كبسول', family: 'solid-oral' },
    { name: 'syrup', nameAr: 'شراب', family: 'liquid-oral' },
    { name: 'cream', nameAr: 'كريم', family: 'semi-solid' },
    { name: 'injection', nameAr: 'حقن', family: 'injection' },
  ],
  routes: [
    { name: 'oral', nameAr: 'بالفم' },
    { name: 'topical', nameAr: 'موضعي' },
  ],
};

export function segmentOf(documents: readonly SearchDocument[]): SearchSegment {
  const builder = new IndexBuilder();
  for (const document of documents) builder.add(document);
  return SearchSegment.open(builder.build());
}

const dictionaries = new Map<SearchDictionary, DictionaryIndex>();

/** One segment for each list of documents. */
export function viewOf(
  lists: ReadonlyArray<readonly SearchDocument[]>,
  dictionary: SearchDictionary = DICTIONARY,
): SearchView {
  const index = dictionaries.get(dictionary) ?? DictionaryIndex.build(dictionary);
  dictionaries.set(dictionary, index);
  return { dictionary: index, segments: lists.map(segmentOf) };
}

const engine = new SearchEngine({ remembered: 0 });

export function find(view: SearchView, query: string, more: Omit<SearchRequest, 'query'> = {}): SearchResult {
  return engine.search(view, { query, ...more });
}

export const idsOf = (result: SearchResult): number[] => result.hits.map(({ drugId }) => drugId);
