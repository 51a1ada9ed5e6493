import { foldText } from '../../platform/text/fold.js';
import { Barcodes } from '../barcodes/barcodes.service.js';
import type { CopyValue } from './copy-text.domain.js';
import type { ParsedPart } from './ingredient-text.domain.js';
import { isPrescriptionOnly, type PrescriptionOnlyList } from './prescription-only.domain.js';
import { isAbove } from './product-check.domain.js';
import type { SourceBarcode, SourcePart, SourceProduct } from './source.types.js';

/** An ingredient as the parser links to it: one of the catalogue by its id, one this release brings by its key. */
export interface KnownIngredient {
  id?: number;
  key?: number;
  atcCode: string | undefined;
  /** Its standard name, folded: the same in every release, whether it has an identity yet or not. */
  name: string;
}

export type IngredientStatus = 'linked' | 'partial' | 'unlinked';

/** Columns of reference.drug_staging, in the order of `ProductRow`. */
export const STAGED_COLUMNS = [
  'release_id',
  'row_no',
  'file_index',
  'line_number',
  'side_rows',
  'source_id',
  'name',
  'name_folded',
  'name_ar',
  'active_raw',
  'strength',
  'dosage_form',
  'route',
  'company_key',
  'marketer_key',
  'category_key',
  'atc_code',
  'price',
  'old_price',
  'price_ceiling',
  'base_unit',
  'units_per_strip',
  'units_per_pack',
  'rx_only',
  'rx_stated',
  'controlled_schedule',
  'storage',
  'handling_flags',
  'status',
  'ingredient_status',
  'content_hash',
] as const;

/** A category with the wider one it belongs to. */
export interface CategoryPath {
  name: string;
  folded: string;
  parentFolded: string | null;
  depth: number;
}

/** Longest path of a category, in characters; the rest of a longer one is left out. */
const LONGEST_PATH = 200;

/** A class as categories, widest first: ANTIBIOTIC, then ANTIBIOTIC / QUINOLONE. The last one is the product's. */
export function categoryPaths(names: readonly string[]): CategoryPath[] {
  const paths: CategoryPath[] = [];
  let name = '';
  for (const part of names) {
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
export function ingredientStatus(parts: ReadonlyArray<{ isLinked: boolean }>): IngredientStatus {
  let linked = 0;
  for (const { isLinked } of parts) if (isLinked) linked += 1;
  if (linked === 0) return 'unlinked';
  return linked === parts.length ? 'linked' : 'partial';
}

/** A part of a composition, ready to be staged. */
export interface StagedPart {
  rawText: string;
  ingredient?: KnownIngredient;
  /** Folded name of an ingredient nobody knows yet. */
  newName?: string;
  isLinked: boolean;
  amount?: string;
  unit?: string;
  perAmount?: string;
  perUnit?: string;
}

/** Units that say how much of an ingredient there is; a volume or a length says how big the pack is. */
const AMOUNT_UNITS: ReadonlySet<string> = new Set(['mg', 'g', 'mcg', 'ng', 'iu', 'unit', '%', 'mmol', 'meq']);

/** One strength as `showStrengths` writes it: "500 mg", "400 mg/5 ml". */
const ONE_STRENGTH = /^(\d+(?:\.\d+)?) (\S+?)(?:\/(?:(\d+(?:\.\d+)?) )?(\S+))?$/;

/** The only strength of a product, where it says how much of an ingredient there is. */
function onlyStrength(shown: string | undefined): Omit<StagedPart, 'rawText' | 'isLinked'> | undefined {
  const match = shown === undefined ? null : ONE_STRENGTH.exec(shown);
  const [, amount, unit = '', perAmount = '1', perUnit] = match ?? [];
  if (amount === undefined || !AMOUNT_UNITS.has(unit)) return undefined;
  return { amount, unit, ...(perUnit === undefined ? {} : { perAmount, perUnit }) };
}

/**
 * The parts of a composition text as staged. Where one ingredient without an amount meets one strength of the product, the
 * strength is its amount; with more of either, nobody can tell which belongs to which.
 */
export function stageParsed(
  parts: ReadonlyArray<ParsedPart<KnownIngredient>>,
  strength: string | undefined,
  nameOfNew: (key: string) => string,
): StagedPart[] {
  const only = parts.length === 1 ? onlyStrength(strength) : undefined;
  return parts.map((part) => {
    const hasAmount = part.amount !== undefined && part.unit !== undefined;
    return {
      rawText: part.text,
      isLinked: part.status === 'linked',
      ingredient: part.ingredient,
      newName: part.status === 'new' ? nameOfNew(part.name) : undefined,
      amount: hasAmount ? part.amount : only?.amount,
      unit: hasAmount ? part.unit : only?.unit,
      perAmount: hasAmount ? part.per?.amount : only?.perAmount,
      perUnit: hasAmount ? part.per?.unit : only?.perUnit,
    };
  });
}

/** A stated part as staged; `link` is what its code or name led to. */
export function stageStated(
  part: SourcePart,
  link: { ingredient?: KnownIngredient; newName?: string },
): StagedPart {
  const { amount, unit, perAmount, perUnit } = part;
  return {
    rawText: part.text,
    isLinked: link.ingredient !== undefined,
    ...link,
    ...(amount === undefined || unit === undefined ? {} : { amount, unit }),
    ...(amount === undefined || perUnit === undefined ? {} : { perAmount: perAmount ?? '1', perUnit }),
  };
}

/** A code of a product as it is stored. */
export interface StagedCode {
  code: string;
  gtin: string;
  kind: string;
  barcode: SourceBarcode;
}

/** The code as it is stored, or what is wrong with it. */
export function stageCode(barcode: SourceBarcode): StagedCode | string {
  if (barcode.kind === 'gtin') {
    const problem = Barcodes.problem(barcode.code);
    if (problem !== undefined) return problem;
  }
  const kind = barcode.kind === 'ndc10' || barcode.kind === 'ndc11' ? 'ndc' : barcode.kind;
  try {
    return { ...Barcodes.toStore(barcode.code, kind === 'gtin' ? undefined : kind), barcode };
  } catch {
    return 'is not a product code';
  }
}

/** Whether a product leaves through a prescription only: as stated, else by the default of its source. */
export function staysBehindTheCounter(
  product: SourceProduct,
  parts: readonly StagedPart[],
  list: PrescriptionOnlyList | undefined,
): boolean {
  if (product.rxOnly !== undefined) return product.rxOnly;
  if (list === undefined) return false;
  return isPrescriptionOnly(
    list,
    product.route,
    parts.map(({ ingredient }) => ingredient?.atcCode),
  );
}

/** `{"a","b"}`: a text array as COPY reads it. */
export function arrayLiteral(values: readonly (string | number)[] | undefined): CopyValue {
  if (values === undefined) return null;
  return `{${values.map((value) => (typeof value === 'number' ? value : `"${value.replace(/["\\]/g, '\\$&')}"`)).join(',')}}`;
}

/** What two rows of one product must agree in to be the same row twice. */
export const contentOf = (product: SourceProduct): string =>
  `${product.price ?? ''}\n${product.route ?? ''}\n${product.nameAr ?? ''}\n${product.activeRaw ?? ''}\n` +
  `${product.category?.join() ?? ''}\n${product.barcodes?.map(({ code }) => code).join() ?? ''}`;

/** Base unit, strip and pack; a strip larger than its pack is none. */
export function packOf({ baseUnit, unitsPerStrip, unitsPerPack }: SourceProduct): CopyValue[] {
  const fits =
    unitsPerStrip !== undefined && unitsPerPack !== undefined && !isAbove(unitsPerStrip, unitsPerPack);
  return [baseUnit ?? null, fits ? unitsPerStrip : null, unitsPerPack ?? null];
}

/** The composition as one text. */
export function activeRawOf({ activeRaw, composition }: SourceProduct): string | undefined {
  if (activeRaw !== undefined || composition === undefined || composition.length === 0) return activeRaw;
  return composition
    .map(({ text }) => text)
    .join(' + ')
    .slice(0, 4000);
}
