import { Injectable } from '@nestjs/common';

import type { Tx } from '../../../platform/database/tx.js';
import { RuleSubjects, type KnownSubjects, type RuleIngredient } from './rule-subjects.domain.js';
import {
  FIND_PRODUCTS,
  FIND_ROUTES,
  FIND_SUBJECT_CODES,
  FIND_SUBJECT_GROUPS,
  FIND_SUBJECT_IDS,
  FIND_SUBJECT_NAMES,
} from './rule-subjects.sql.js';

type Rows<Part> = Part extends Iterable<infer Row> ? Row & object : never;

/** Reads what rules of files may be about. */
@Injectable()
export class RuleSubjectsRepository {
  /** Every name, code and group of the catalogue. */
  async findAll(tx: Tx): Promise<RuleSubjects> {
    return new RuleSubjects({
      names: await tx.query<Rows<KnownSubjects['names']>>(FIND_SUBJECT_NAMES),
      codes: await tx.query<Rows<KnownSubjects['codes']>>(FIND_SUBJECT_CODES),
      ids: await tx.query<Rows<KnownSubjects['ids']>>(FIND_SUBJECT_IDS),
      groups: await tx.query<Rows<KnownSubjects['groups']>>(FIND_SUBJECT_GROUPS),
    });
  }

  /** Routes of the catalogue, in lower case. */
  async findRoutes(tx: Tx): Promise<ReadonlySet<string>> {
    return new Set((await tx.query<{ name: string }>(FIND_ROUTES)).map(({ name }) => name.toLowerCase()));
  }

  /** The only ingredient of each product; null where it has not just one that is known. Unknown products are absent. */
  async findProducts(
    tx: Tx,
    drugIds: readonly number[],
  ): Promise<ReadonlyMap<number, RuleIngredient | null>> {
    if (drugIds.length === 0) return new Map();
    const rows = await tx.query<{ drugId: number; ingredientId: number | null; name: string }>(
      FIND_PRODUCTS,
      [drugIds],
    );
    return new Map(
      rows.map(({ drugId, ingredientId, name }) => [
        drugId,
        ingredientId === null ? null : { ingredientId, name },
      ]),
    );
  }
}
