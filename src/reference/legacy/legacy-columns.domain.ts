import type { LegacyKind } from './legacy.types.js';

/** Columns each field goes by, the specification's own name first. */
const NAMES = {
  id: [
    'id',
    'drug_id',
    'company_id',
    'category_id',
    'group_id',
    'ingredient_id',
    'synonym_id',
    'standard_id',
    'route_id',
    'dosage_form_id',
    'form_id',
  ],
  name: [
    'name',
    'drug_name',
    'trade_name',
    'tradename',
    'commercial_name',
    'name_en',
    'title',
    'standard_name',
    'company_name',
    'route_name',
    'form_name',
    'group_name',
    'category_name',
    'ingredient_name',
  ],
  nameAr: ['name_ar', 'arabic_name', 'arabic', 'name_arabic'],
  price: ['price', 'current_price', 'new_price'],
  oldPrice: ['oldprice', 'old_price', 'price_old'],
  activeRaw: [
    'active_raw',
    'active',
    'active_ingredient',
    'active_ingredients',
    'scientific_name',
    'composition',
    'generic_name',
  ],
  company: ['company', 'company_name', 'manufacturer', 'producer'],
  companyId: ['company_id', 'manufacturer_id'],
  dosageForm: ['dosage_form', 'form', 'pharmaceutical_form'],
  dosageFormId: ['dosage_form_id', 'form_id'],
  route: ['route', 'route_of_administration', 'administration_route'],
  routeId: ['route_id'],
  category: ['therapeutic_category', 'category', 'drug_class', 'class'],
  categoryId: ['therapeutic_category_id', 'category_id'],
  units: ['units', 'unit', 'pack_size', 'units_per_pack'],
  barcode: ['barcode', 'barcodes', 'bar_code', 'ean', 'gtin'],
  pharmacology: ['pharmacology', 'pharmacological_action'],
  description: ['description', 'details', 'pamphlet', 'notes'],
  dateUpdated: ['date_updated', 'updated_at', 'last_updated', 'updated', 'date'],
  rxOnly: ['rx_only', 'prescription_only', 'prescription', 'is_rx', 'rx'],
  synonym: ['synonym', 'synonym_name', 'name', 'alias'],
  ingredientId: ['ingredient_id', 'standard_id', 'ingredient_standard_id'],
  ingredientName: ['ingredient', 'ingredient_name', 'standard_name', 'standard'],
  groupId: ['group_id', 'ingredient_group_id'],
  groupName: ['group', 'group_name', 'ingredient_group'],
  parentId: ['parent_id', 'parent_group_id', 'parent_category_id'],
  atcCode: ['atc_code', 'atc'],
  code: ['code', 'slug'],
  confidence: ['confidence'],
} as const;
export type LegacyField = keyof typeof NAMES;

/** The id column of each kind: that name rather than another table's. */
const OWN_ID: Readonly<Record<LegacyKind, readonly string[]>> = {
  companies: ['id', 'company_id', 'manufacturer_id'],
  dosage_forms: ['id', 'dosage_form_id', 'form_id'],
  routes: ['id', 'route_id'],
  therapeutic_categories: ['id', 'category_id', 'therapeutic_category_id'],
  ingredient_groups: ['id', 'group_id', 'ingredient_group_id'],
  ingredients: ['id', 'ingredient_id', 'standard_id', 'ingredient_standard_id'],
  ingredient_synonyms: ['id', 'synonym_id'],
  drugs: ['drug_id', 'id'],
};

/** A row of the older catalogue: JSON values by column. */
export type LegacyRow = Readonly<Record<string, unknown>>;

/** Which column each field is read from; a field whose column is missing is not there. */
export type ColumnMap = Readonly<Partial<Record<LegacyField, string>>>;

/** Finds the columns of a table, whatever case they are written in. */
export function columnsOf(kind: LegacyKind, columns: readonly string[]): ColumnMap {
  const byFolded = new Map(columns.map((column) => [column.toLowerCase(), column]));
  const find = (names: readonly string[]): string | undefined =>
    names.map((name) => byFolded.get(name)).find((column) => column !== undefined);
  const map: Partial<Record<LegacyField, string>> = {};
  for (const [field, names] of Object.entries(NAMES) as [LegacyField, readonly string[]][]) {
    const column = find(field === 'id' ? OWN_ID[kind] : names);
    if (column !== undefined) map[field] = column;
  }
  // Of a synonym table "name" is the synonym, of the others it is the name.
  if (kind === 'ingredient_synonyms') delete map.name;
  // The id of the row itself is no reference to another.
  for (const field of [
    'companyId',
    'routeId',
    'dosageFormId',
    'categoryId',
    'groupId',
    'ingredientId',
  ] as const)
    if (map[field] === map.id) delete map[field];
  return map;
}

/** The value of a field as text without blanks around; null: missing or empty. */
export function textOf(row: LegacyRow, map: ColumnMap, field: LegacyField): string | null {
  const column = map[field];
  const value = column === undefined ? null : row[column];
  if (value === null || value === undefined) return null;
  const text =
    typeof value === 'string' ? value : Array.isArray(value) ? value.join(',') : JSON.stringify(value);
  const trimmed = text.trim();
  return trimmed === '' ? null : trimmed;
}
