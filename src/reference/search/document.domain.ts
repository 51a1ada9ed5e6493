import type { SearchDocument } from './engine/search.types.js';

/** Separates texts within one column; no name holds it (control characters are refused). */
const SEPARATOR = '\u001f';

const numberOf = (text: string | null | undefined): number | null =>
  text === null || text === undefined ? null : Number(text);
const listOf = (text: string | null | undefined, separator: string): string[] => text?.split(separator) ?? [];

/** A product from the columns of catalogue-source.sql.ts. */
export function documentOf(columns: readonly (string | null)[]): SearchDocument {
  const [id, name, nameAr, activeRaw, ingredientIds, ingredientTexts, strength, dosageForm, route] = columns;
  const [companyId, marketerId, categoryId, atcCode, rxOnly, isActive, codes] = columns.slice(9);
  return {
    drugId: Number(id),
    name: name ?? '',
    nameAr: nameAr ?? null,
    activeRaw: activeRaw ?? null,
    ingredientIds: listOf(ingredientIds, ',').map(Number),
    ingredientTexts: listOf(ingredientTexts, SEPARATOR),
    strength: strength ?? null,
    dosageForm: dosageForm ?? null,
    route: route ?? null,
    companyId: numberOf(companyId),
    marketerCompanyId: numberOf(marketerId),
    categoryId: numberOf(categoryId),
    atcCode: atcCode ?? null,
    rxOnly: rxOnly === 'true',
    isActive: isActive === 'true',
    barcodes: listOf(codes, ','),
  };
}
