import { Barcodes } from '../barcodes/barcodes.service.js';
import type { BarcodeReading, BarcodeWarning } from '../barcodes/barcodes.types.js';
import { toBarcode } from './drug-view.js';
import type { BarcodeAnswer, DrugView } from './drugs.schemas.js';
import type { DrugBarcode } from './entities/drug-barcode.entity.js';

const SHAPE_ASSUMED: BarcodeWarning = {
  code: 'ndc-shape-assumed',
  detail:
    'The code does not say where its NDC has its hyphens; this is the only product that fits. Compare the name.',
};

/** The answer for a scan whose product is found: what is in doubt is null, and `readings` says what it may be. */
export function toBarcodeAnswer(
  reading: BarcodeReading,
  { found, isShapeAssumed }: { found: DrugBarcode; isShapeAssumed: boolean },
  drug: DrugView,
): BarcodeAnswer {
  const { national, ...facts } = Barcodes.agreedFacts(reading);
  const warnings = reading.kind === 'product' ? [...reading.warnings] : [];
  const isSeparatorLost = reading.kind === 'ambiguous' && reading.reason === 'separator';
  if (isSeparatorLost) warnings.push({ code: 'separator-missing', detail: reading.detail });
  if (isShapeAssumed) warnings.push(SHAPE_ASSUMED);
  return {
    drug,
    barcode: toBarcode(found),
    ...facts,
    nationalNumbers: national.map((number) => ({ ...number })),
    readings: isSeparatorLost
      ? reading.readings.map(({ lotNumber, expiryDate, serialNumber }) => ({
          lotNumber,
          expiryDate,
          serialNumber,
        }))
      : [],
    warnings,
  };
}
