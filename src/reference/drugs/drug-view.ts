import { Money } from '../../platform/money/money.js';
import { moneyText, plainDecimal } from './drug.domain.js';
import type { ListRow } from './drug-list.repository.js';
import { priceOfPack, readablePacks } from './drug-packs.domain.js';
import type { BarcodeRow, PackSize } from './drug-packs.repository.js';
import type { ScheduledPrice } from './drug-prices.repository.js';
import type { BarcodeAnswer, DrugSummary, DrugView } from './drugs.schemas.js';
import type { DrugBarcode } from './entities/drug-barcode.entity.js';
import type { DrugIngredient } from './entities/drug-ingredient.entity.js';
import type { Drug } from './entities/drug.entity.js';

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
    hasPrice: !Money.of(drug.price).isZero(),
    baseUnit: drug.baseUnit,
    unitsPerPack: plainDecimal(drug.unitsPerPack),
    rxOnly: drug.rxOnly,
    status: drug.status,
    ingredientStatus: drug.ingredientStatus,
    version: drug.version,
    stockOnHand,
  };
}

/** A row of the list as a line of the list. */
export function toListed(row: ListRow, stockOnHand: string): DrugSummary {
  return {
    ...row,
    price: moneyText(row.price) ?? row.price,
    hasPrice: !Money.of(row.price).isZero(),
    unitsPerPack: plainDecimal(row.unitsPerPack),
    stockOnHand,
  };
}

/** What a product in full is made of. */
export interface DrugParts {
  readonly drug: Drug;
  readonly ingredients: readonly DrugIngredient[];
  readonly packs: readonly PackSize[];
  readonly barcodes: readonly BarcodeRow[];
  readonly scheduled: readonly ScheduledPrice[];
  readonly stockOnHand: string;
}

/** A product in full. */
export function toView(parts: DrugParts): DrugView {
  const { drug, ingredients, packs, barcodes, scheduled, stockOnHand } = parts;
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
    packs: readablePacks(packs).map((pack) => ({
      ...pack,
      baseUnits: plainDecimal(pack.baseUnits),
      price: moneyText(pack.price),
      packPrice: priceOfPack(pack, drug)?.toString() ?? null,
    })),
    priceCeilingEffectiveFrom: drug.priceCeilingEffectiveFrom,
    priceCeilingSource: drug.priceCeilingSource,
    scheduledPrices: scheduled.map((decision) => ({
      ...decision,
      price: moneyText(decision.price) ?? decision.price,
    })),
    controlledSchedule: drug.controlledSchedule,
    storage: drug.storage,
    handlingFlags: drug.handlingFlags,
    source: drug.source,
    sourceId: drug.sourceId,
    sourceUrl: drug.sourceUrl,
    releaseId: drug.releaseId,
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
    barcodes: barcodes.map((row) => ({
      ...toBarcode(row),
      packId: row.packId,
      baseUnits: plain(row.scanUnits),
    })),
  };
}

/** A barcode without its identities. */
export const toBarcode = ({
  code,
  gtin,
  kind,
  packLevel,
}: Pick<DrugBarcode, 'code' | 'gtin' | 'kind' | 'packLevel'>): BarcodeAnswer['barcode'] => ({
  code,
  gtin,
  kind,
  packLevel,
});
