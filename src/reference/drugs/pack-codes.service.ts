import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import { Barcodes, UnreadableBarcode } from '../barcodes/barcodes.service.js';
import { AmbiguousBarcode } from './drugs.errors.js';
import { DrugsRepository } from './drugs.repository.js';
import type { PackCode } from './drugs.types.js';

/** Tells which pack a code is on, for who has one in his hand. */
@Injectable()
export class PackCodesService {
  constructor(private readonly drugs: DrugsRepository) {}

  /**
   * The product and what is certain of the pack; where a separator may be lost, lot and expiry are null, to be asked.
   * Throws UnreadableBarcode for what is no code of a product, AmbiguousBarcode where it fits more than one.
   */
  async read(tx: Tx, text: string): Promise<PackCode> {
    const reading = Barcodes.read(text);
    if (reading.kind === 'no-product') throw new UnreadableBarcode(reading.detail);
    const rows = await this.drugs.findBarcodesOf(tx, Barcodes.lookupKeys(reading));
    const choice = Barcodes.choose(reading, rows);
    if (choice === undefined && reading.kind === 'unreadable') throw new UnreadableBarcode(reading.detail);
    const { lotNumber, expiryDate, serialNumber } = Barcodes.agreedFacts(reading);
    const facts = { lotNumber, expiryDate, serialNumber };
    if (choice === undefined) return { ...facts, drugId: null, drugName: null, gtin: gtinOf(reading) };
    const found = 'candidates' in choice ? choice.candidates : [choice.found];
    const drugs = await this.drugs.findMany(
      tx,
      found.map(({ drugId }) => drugId),
    );
    const nameOf = (drugId: number): string => drugs.get(drugId)?.name ?? '';
    if ('candidates' in choice)
      throw new AmbiguousBarcode(found.map(({ drugId, code }) => ({ drugId, name: nameOf(drugId), code })));
    const { drugId, gtin } = choice.found;
    return { ...facts, drugId, drugName: nameOf(drugId), gtin };
  }
}

function gtinOf(reading: ReturnType<typeof Barcodes.read>): string | null {
  return reading.kind === 'product' ? reading.gtin : null;
}
