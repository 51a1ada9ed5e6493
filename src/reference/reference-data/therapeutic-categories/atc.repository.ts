import { Injectable } from '@nestjs/common';

import type { Tx } from '../../../platform/database/tx.js';
import { foldedClass } from './atc.domain.js';
import { ADD_CLASSES, COUNT_PRODUCTS, PLACE_UNDER } from './atc.sql.js';

/** A class of the ATC tree as the shipped list has it. */
export interface AtcClass {
  readonly code: string;
  readonly name: string;
  readonly nameAr: string;
}

/** The ATC tree. Writing needs a transaction as pharmacy_admin. */
@Injectable()
export class AtcRepository {
  /** Adds classes that are missing; answers how many. */
  async add(tx: Tx, classes: readonly AtcClass[]): Promise<number> {
    const added = await tx.execute(ADD_CLASSES, [
      classes.map(({ code }) => code),
      classes.map(({ name }) => name),
      classes.map(({ nameAr }) => nameAr),
      classes.map(({ code, name, nameAr }) => foldedClass(code, name, nameAr)),
    ]);
    if (added > 0) await this.placeUnder(tx);
    return added;
  }

  /** Puts every class under the nearest wider class there is. */
  async placeUnder(tx: Tx): Promise<void> {
    await tx.execute(PLACE_UNDER);
  }

  /** Products of each of these classes, those of narrower classes included. */
  async countProducts(tx: Tx, codes: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const rows = await tx.query<{ code: string; products: number }>(COUNT_PRODUCTS, [codes]);
    return new Map(rows.map(({ code, products }) => [code, products]));
  }
}
