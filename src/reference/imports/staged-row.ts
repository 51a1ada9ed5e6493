import { hash } from 'node:crypto';

import { foldText } from '../../platform/text/fold.js';
import type { CopyValue } from './copy-text.domain.js';
import type { ParsedPart } from './ingredient-text.domain.js';
import { isPrescriptionOnly, type PrescriptionOnlyList } from './prescription-only.domain.js';
import type { DrugClass } from './route-class.domain.js';
import type { CatalogueRow } from './row.domain.js';

/** A verified ingredient as the parser links to it. */
export interface KnownIngredient {
  id: number;
  atcCode: string | undefined;
}

/** A part of a composition as staged: linked by id, new by name, or neither. */
interface StagedPart {
  rawText: string;
  ingredientId?: number;
  name?: string;
  amount?: string;
  unit?: string;
  perAmount?: string;
  perUnit?: string;
}

export type IngredientStatus = 'linked' | 'partial' | 'unlinked';

/** Columns of reference.drug_staging after release_id and line_number, in the order of `stageRow`. */
export const STAGED_COLUMNS = [
  'source_id',
  'name',
  'name_folded',
  'name_ar',
  'active_raw',
  'strength',
  'dosage_form',
  'route',
  'company',
  'company_folded',
  'marketer',
  'marketer_folded',
  'category',
  'category_folded',
  'price',
  'base_unit',
  'units_per_strip',
  'units_per_pack',
  'rx_only',
  'status',
  'ingredients',
  'ingredient_status',
  'barcode',
] as const;

/** Units that say how much of an ingredient there is; a volume or a length says how big the pack is. */
const AMOUNT_UNITS: ReadonlySet<string> = new Set(['mg', 'g', 'mcg', 'ng', 'iu', 'unit', '%', 'mmol', 'meq']);

/** Longest path of a category, in characters; the rest of a longer one is left out. */
const LONGEST_PATH = 200;

/** A category with the wider one it belongs to. */
export interface CategoryPath {
  name: string;
  folded: string;
  parentFolded: string | null;
  depth: number;
}

/** A class as categories, widest first: ANTIBIOTIC, then ANTIBIOTIC / QUINOLONE. The last one is the product's. */
export function categoryPaths(drugClass: DrugClass): CategoryPath[] {
  const paths: CategoryPath[] = [];
  let name = '';
  for (const part of [drugClass.category, ...drugClass.narrower]) {
    name = name === '' ? part : `${name} / ${part}`;
    if (name.length > LONGEST_PATH) break;
    const folded = foldText(name);
    const parent = paths.at(-1);
    if (folded === '' || folded === parent?.folded) continue;
    paths.push({ name, folded, parentFolded: parent?.folded ?? null, depth: paths.length });
  }
  return paths;
}

/** How much of a composition is linked to verified ingredients. */
export function ingredientStatus(parts: ReadonlyArray<ParsedPart<KnownIngredient>>): IngredientStatus {
  const linked = parts.filter(({ status }) => status === 'linked').length;
  if (linked === 0) return 'unlinked';
  return linked === parts.length ? 'linked' : 'partial';
}

/**
 * The parts as staged. Where one ingredient without an amount meets one strength in the product name, the strength is
 * its amount; with more of either, nobody can tell which belongs to which.
 */
function stageParts(
  row: CatalogueRow,
  parts: ReadonlyArray<ParsedPart<KnownIngredient>>,
  nameOfNew: (key: string) => string,
): StagedPart[] {
  const [strength, ...more] = row.product.strengths;
  const fromName =
    parts.length === 1 && more.length === 0 && strength !== undefined && AMOUNT_UNITS.has(strength.unit)
      ? strength
      : undefined;
  return parts.map((part) => {
    const amount = part.amount !== undefined && part.unit !== undefined ? part : fromName;
    return {
      rawText: part.text,
      ...(part.ingredient === undefined ? {} : { ingredientId: part.ingredient.id }),
      ...(part.status === 'new' ? { name: nameOfNew(part.name) } : {}),
      ...(amount === undefined ? {} : { amount: amount.amount, unit: amount.unit }),
      ...(amount?.per === undefined ? {} : { perAmount: amount.per.amount, perUnit: amount.per.unit }),
    };
  });
}

/** What is needed to stage the rows of one source. */
export interface StagingRules {
  prescriptionOnly: PrescriptionOnlyList;
  /** Folded name of the unverified ingredient known by a key; the key itself where there is none. */
  nameOfNew: (key: string) => string;
}

/** The values of STAGED_COLUMNS, and the hash over all of them: equal hashes mean that nothing is to be written. */
export function stageRow(
  row: CatalogueRow,
  parts: ReadonlyArray<ParsedPart<KnownIngredient>>,
  rules: StagingRules,
): { values: CopyValue[]; contentHash: string } {
  const { product } = row;
  const category = row.category === undefined ? undefined : categoryPaths(row.category).at(-1);
  const codes = parts.map(({ ingredient }) => ingredient?.atcCode);
  const strip = product.unitsPerStrip;
  const values: CopyValue[] = [
    row.sourceId,
    row.name,
    row.nameFolded,
    row.nameAr ?? null,
    row.activeRaw ?? null,
    row.strength ?? null,
    product.dosageForm ?? null,
    row.route ?? null,
    row.company?.name ?? null,
    row.company?.folded ?? null,
    row.marketer?.name ?? null,
    row.marketer?.folded ?? null,
    category?.name ?? null,
    category?.folded ?? null,
    row.price,
    product.baseUnit,
    strip !== undefined && strip <= product.unitsPerPack ? strip : null,
    product.unitsPerPack,
    row.rxOnly || isPrescriptionOnly(rules.prescriptionOnly, row.route, codes),
    row.status,
    JSON.stringify(stageParts(row, parts, rules.nameOfNew)),
    ingredientStatus(parts),
    row.barcode ?? null,
  ];
  return { values, contentHash: hash('sha256', JSON.stringify(values), 'base64url') };
}
