import type { DrugDetail } from '../../../api/types';
import { cleanZeros } from '../../../ui/money.domain';
import type { DrugDraft, PackLevel } from './drug-draft.domain';

function shown(decimal: string | null): string {
  return decimal === null ? '' : cleanZeros(decimal);
}

/** A product as its form shows it. */
export function draftOfDrug(drug: DrugDetail): DrugDraft {
  return {
    name: drug.name,
    nameAr: drug.nameAr ?? '',
    activeRaw: drug.activeRaw ?? '',
    strength: drug.strength ?? '',
    dosageForm: drug.dosageForm,
    route: drug.route,
    company: drug.company,
    marketer: drug.marketer,
    category: drug.category,
    atcCode: drug.atcCode ?? '',
    price: drug.hasPrice ? drug.price : '',
    priceFrom: '',
    priceCeiling: drug.priceCeiling ?? '',
    priceCeilingSource: drug.priceCeilingSource ?? '',
    baseUnit: drug.baseUnit,
    unitsPerStrip: shown(drug.unitsPerStrip),
    unitsPerPack: shown(drug.unitsPerPack),
    sourceUrl: drug.sourceUrl ?? '',
    rxOnly: drug.rxOnly,
    controlledSchedule: drug.controlledSchedule ?? '',
    storage: drug.storage,
    handlingFlags: drug.handlingFlags,
    status: drug.status,
    ingredients: drug.ingredients.map((line) => ({
      key: line.position,
      ingredient: line.ingredientId === null ? null : { id: line.ingredientId, name: line.name },
      rawText: line.rawText,
      amount: shown(line.amount),
      unit: line.unit ?? '',
      perAmount: shown(line.perAmount),
      perUnit: line.perUnit ?? '',
    })),
    packs: drug.packs.flatMap((pack) =>
      pack.packId === null
        ? []
        : [
            {
              key: pack.packId,
              level: pack.level,
              baseUnits: shown(pack.baseUnits),
              description: pack.description,
              price: pack.price ?? '',
            },
          ],
    ),
    barcodes: drug.barcodes.map((line, at) => ({
      key: at,
      code: line.code,
      packLevel: line.packLevel,
      packKey: line.packId,
      baseUnits:
        line.packId === null && line.baseUnits !== usualUnits(drug, line.packLevel)
          ? shown(line.baseUnits)
          : '',
    })),
  };
}

/** Base units of the usual pack of that level, which need not be said with a barcode. */
function usualUnits(drug: DrugDetail, level: PackLevel): string | null {
  return (
    drug.packs.find((pack) => pack.level === level && pack.isDefault)?.baseUnits ??
    (level === 'unit' ? '1' : null)
  );
}
