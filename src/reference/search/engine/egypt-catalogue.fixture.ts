// The Egyptian price list as search documents, for tests and benches of the engine alone: ingredients are linked by
// plain look-up of names and synonyms, forms by words of the name. The real import does this better; here it must only
// be stable.
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { foldText } from '../../../platform/text/fold.js';
import type { SearchDictionary, SearchDocument } from './search.types.js';

type Row = Record<string, string>;

const readCsv = (file: URL | string): Row[] => parse(readFileSync(file), { columns: true, bom: true });

const FORMS: ReadonlyArray<readonly [form: string, pattern: RegExp]> = [
  ['suppository', /\bSUPP/],
  ['eye drops', /\bEYE\b.*DROP/],
  ['syrup', /\bSYRUP|\bSYR\b/],
  ['suspension', /\bSUSP/],
  ['capsule', /\bCAPS?\b|CAPSULE/],
  ['film-coated tablet', /F\.? ?C\.? ?TAB/],
  ['tablet', /\bTABS?\b|TABLET/],
  ['injection', /\bAMP|\bVIAL|\bINJ/],
  ['cream', /\bCREAM/],
  ['ointment', /\bOINT/],
  ['gel', /\bGEL\b/],
  ['drops', /\bDROPS?\b/],
  ['spray', /\bSPRAY/],
  ['sachet', /\bSACH/],
  ['lotion', /\bLOTION/],
  ['shampoo', /\bSHAMPOO/],
];
const FORM_AR: Readonly<Record<string, string>> = {
  syrup: 'شراب',
  tablet: 'أقراص',
  capsule: 'كبسولات',
  cream: 'كريم',
};

export interface Catalogue {
  readonly documents: readonly SearchDocument[];
  readonly dictionary: SearchDictionary;
}

/** Ingredients and groups of `db/seed/clinical`. */
export function seedDictionary(seed: URL): Pick<SearchDictionary, 'ingredients' | 'groups'> {
  const groupRows = readCsv(new URL('ingredient-groups.csv', seed));
  const groupIds = new Map(groupRows.map(({ code = '' }, n) => [code, n + 1]));
  return {
    groups: groupRows.map((row, n) => ({
      groupId: n + 1,
      name: row.name ?? '',
      nameAr: row.name_ar ?? null,
      parentGroupId: groupIds.get(row.parent_code ?? '') ?? null,
      otherNames: [(row.code ?? '').replaceAll('-', ' ')],
    })),
    ingredients: readCsv(new URL('ingredients.csv', seed)).map((row, n) => ({
      ingredientId: n + 1,
      name: row.name ?? '',
      nameAr: row.name_ar === '' ? null : (row.name_ar ?? null),
      synonyms: (row.synonyms ?? '').split('|').map((synonym) => synonym.split('~')[0] ?? ''),
      atcCode: row.atc_code === '' ? null : (row.atc_code ?? null),
      groupIds: (row.groups ?? '').split('|').flatMap((code) => groupIds.get(code) ?? []),
    })),
  };
}

/** Reads the file of `commercial_name_en, commercial_name_ar, scientific_name, manufacturer, drug_class, route`. */
export function egyptCatalogue(file: URL | string, seed: URL): Catalogue {
  const { ingredients, groups } = seedDictionary(seed);
  const ingredientIds = new Map<string, number>();
  for (const { ingredientId, name, synonyms } of ingredients)
    for (const each of [name, ...synonyms])
      if (!ingredientIds.has(foldText(each))) ingredientIds.set(foldText(each), ingredientId);
  const companies = new Map<string, number>();
  const categories = new Map<string, number>();
  const idIn = (ids: Map<string, number>, key: string): number | null => {
    if (key.trim() === '' || key === '.') return null;
    const id = ids.get(key) ?? ids.size + 1;
    ids.set(key, id);
    return id;
  };
  const documents = readCsv(file).map((row, n): SearchDocument => {
    const name = row.commercial_name_en ?? '';
    const parts = (row.scientific_name ?? '').split('+').filter((part) => part.trim() !== '');
    const linked = parts.map((part) => {
      const plain = foldText(
        part.replace(/\(.*?\)/g, ' ').replace(/[\d.,]+ ?(?:MG|GM?|MCG|IU|%|ML)?\b/gi, ' '),
      );
      return ingredientIds.get(plain) ?? null;
    });
    const [maker = '', marketer = ''] = (row.manufacturer ?? '').split('>').map((part) => part.trim());
    return {
      drugId: n + 1,
      name,
      nameAr: row.commercial_name_ar === '' ? null : (row.commercial_name_ar ?? null),
      activeRaw: row.scientific_name === '' ? null : (row.scientific_name ?? null),
      ingredientIds: linked.filter((id) => id !== null),
      ingredientTexts: parts.filter((_, k) => linked[k] === null),
      strength: null,
      dosageForm: FORMS.find(([, pattern]) => pattern.test(name))?.[0] ?? null,
      route:
        row.route === '' || row.route === 'UNKNOWN'
          ? null
          : (row.route ?? '').toLowerCase().replace('.', ' '),
      companyId: idIn(companies, maker),
      marketerCompanyId: idIn(companies, marketer),
      categoryId: idIn(categories, row.drug_class ?? ''),
      atcCode: null,
      rxOnly: /INJ/.test(row.route ?? ''),
      isActive: !/CANCELLED|N\/A/.test(name),
      barcodes: [String(6_220_000_000_000 + n * 7)],
    };
  });
  const routes = [...new Set(documents.flatMap(({ route }) => route ?? []))];
  return {
    documents,
    dictionary: {
      ingredients,
      groups,
      companies: Array.from(companies, ([name, companyId]) => ({ companyId, name })),
      categories: Array.from(categories, ([name, categoryId]) => ({
        categoryId,
        name,
        nameAr: null,
        atcCode: null,
        parentCategoryId: null,
      })),
      forms: FORMS.map(([name]) => ({ name, nameAr: FORM_AR[name] ?? null, family: null })),
      routes: routes.map((name) => ({ name, nameAr: null })),
    },
  };
}
