import { amountText, moneyText, packsOf, plainDecimal } from './drug.domain.js';
import { findHighlights, type SearchPlan } from './drug-search.domain.js';
import type { HitRow, Match } from './drug-search.repository.js';
import type { DrugSearchHit } from './drug-search.schemas.js';
import type { DrugSummary, DrugView } from './drugs.schemas.js';
import type { DrugBarcode } from './entities/drug-barcode.entity.js';
import type { DrugIngredient } from './entities/drug-ingredient.entity.js';
import type { Drug } from './entities/drug.entity.js';

/** Enough to show why a product was found. */
const MAX_HIGHLIGHTS = 20;

const named = (row: { id: number; name: string } | null): { id: number; name: string } | null =>
  row === null ? null : { id: row.id, name: row.name };

const plain = (text: string | null): string | null => (text === null ? null : plainDecimal(text));

/** A product as a line of a list. */
export function toSummary(drug: Drug, stockOnHand: string): DrugSummary {
  return {
    drugId: drug.drugId,
    name: drug.name,
    nameAr: drug.nameAr,
    strength: drug.strength,
    dosageForm: drug.dosageForm,
    route: drug.route,
    company: drug.company?.name ?? null,
    price: moneyText(drug.price) ?? drug.price,
    baseUnit: drug.baseUnit,
    unitsPerPack: plainDecimal(drug.unitsPerPack),
    rxOnly: drug.rxOnly,
    status: drug.status,
    ingredientStatus: drug.ingredientStatus,
    version: drug.version,
    stockOnHand,
  };
}

/** A product in full. */
export function toView(
  drug: Drug,
  ingredients: readonly DrugIngredient[],
  barcodes: readonly DrugBarcode[],
  stockOnHand: string,
): DrugView {
  return {
    ...toSummary(drug, stockOnHand),
    activeRaw: drug.activeRaw,
    company: named(drug.company),
    marketer: named(drug.marketer),
    category: named(drug.category),
    atcCode: drug.atcCode,
    oldPrice: moneyText(drug.oldPrice),
    priceEffectiveFrom: drug.priceEffectiveFrom,
    priceCeiling: moneyText(drug.priceCeiling),
    unitsPerStrip: plain(drug.unitsPerStrip),
    packs: packsOf(drug),
    controlledSchedule: drug.controlledSchedule,
    storage: drug.storage,
    handlingFlags: drug.handlingFlags,
    source: drug.source,
    sourceId: drug.sourceId,
    createdAt: drug.createdAt,
    updatedAt: drug.updatedAt,
    ingredients: ingredients.map((line) => ({
      position: line.position,
      ingredientId: line.ingredientId,
      name: line.ingredient?.name ?? line.rawText,
      rawText: line.rawText,
      amount: plain(line.amount),
      unit: line.unit,
      perAmount: plain(line.perAmount),
      perUnit: line.perUnit,
    })),
    barcodes: barcodes.map(toBarcode),
  };
}

/** A barcode without its identities. */
export const toBarcode = ({ code, gtin, kind, packLevel }: DrugBarcode): DrugView['barcodes'][number] => ({
  code,
  gtin,
  kind,
  packLevel,
});

/** A product found, with why and where. `synonym` is the other name of one of its ingredients the query begins. */
export function toHit(
  row: HitRow,
  match: Match,
  plan: SearchPlan,
  stockOnHand: string,
  synonym: string | undefined,
): DrugSearchHit {
  const { activeRaw: _, ingredients, ...hit } = row;
  return {
    ...hit,
    price: moneyText(row.price) ?? row.price,
    unitsPerPack: plainDecimal(row.unitsPerPack),
    ingredients: ingredients.map((line) => ({ name: line.name, amount: amountText(line) })),
    match: { kind: match.kind, highlights: highlightsOf(row, plan, synonym) },
    stockOnHand,
  };
}

function highlightsOf(
  row: HitRow,
  plan: SearchPlan,
  synonym: string | undefined,
): DrugSearchHit['match']['highlights'] {
  const fields: [DrugSearchHit['match']['highlights'][number]['field'], string][] = [
    ['name', row.name],
    ...(row.nameAr === null ? [] : [['nameAr', row.nameAr] as ['nameAr', string]]),
    ...row.ingredients.map(({ name }) => ['ingredient', name] as ['ingredient', string]),
    ...(synonym === undefined ? [] : [['synonym', synonym] as ['synonym', string]]),
  ];
  const found = fields.flatMap(([field, text]) =>
    findHighlights(plan, text).map((span) => ({ field, text, ...span })),
  );
  if (found.length > 0 || row.activeRaw === null) return found.slice(0, MAX_HIGHLIGHTS);
  const { activeRaw } = row;
  return findHighlights(plan, activeRaw)
    .slice(0, MAX_HIGHLIGHTS)
    .map((span) => ({ field: 'activeRaw', text: activeRaw, ...span }));
}
