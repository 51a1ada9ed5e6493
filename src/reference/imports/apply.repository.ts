import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import {
  ADD_CATEGORIES,
  ADD_COMPANIES,
  ADD_FORMS,
  ADD_INGREDIENTS,
  ADD_ROUTES,
  COMPLETE_FORMS,
  COMPLETE_ROUTES,
  COUNT_NEW_INGREDIENTS,
  DISCONTINUE_MISSING,
  DROP_CHANGED_COMPOSITIONS,
  FINISH_RELEASE,
  INSERT_BARCODES,
  INSERT_COMPOSITIONS,
  INSERT_DRUGS,
  PREVIEW,
  REJECT_ABOVE_CEILING,
  UPDATE_DRUGS,
} from './apply.sql.js';
import type { ListWord } from './list-words.domain.js';
import type { CategoryPath } from './staged-row.js';

/** The lists a release needs entries in. */
export interface ReleaseLists {
  forms: readonly ListWord[];
  routes: readonly ListWord[];
  categories: readonly CategoryPath[];
}

/** A staged row refused when it met the catalogue. */
export interface LateReject {
  line: number;
  reason: string;
  value: string;
}

/** A staged release on its way into the catalogue. Needs a transaction as pharmacy_admin. */
@Injectable()
export class ApplyRepository {
  /** Adds what the release's lists lack and drugs will refer to; leaves present entries alone. */
  async addLists(tx: Tx, releaseId: number, lists: ReleaseLists): Promise<void> {
    const { forms, routes, categories } = lists;
    await tx.execute(ADD_COMPANIES, [releaseId]);
    const deepest = Math.max(-1, ...categories.map(({ depth }) => depth));
    for (let depth = 0; depth <= deepest; depth++) {
      const level = categories.filter((category) => category.depth === depth);
      await tx.execute(ADD_CATEGORIES, [
        level.map(({ name }) => name),
        level.map(({ folded }) => folded),
        level.map(({ parentFolded }) => parentFolded),
      ]);
    }
    const formColumns = [
      forms.map(({ name }) => name),
      forms.map(({ nameAr }) => nameAr),
      forms.map(({ family }) => family),
    ];
    await tx.execute(ADD_FORMS, formColumns);
    await tx.execute(COMPLETE_FORMS, formColumns);
    const routeColumns = [routes.map(({ name }) => name), routes.map(({ nameAr }) => nameAr)];
    await tx.execute(ADD_ROUTES, routeColumns);
    await tx.execute(COMPLETE_ROUTES, routeColumns);
  }

  /** Adds unknown ingredient names as unverified; answers how many. */
  addIngredients(tx: Tx, releaseId: number, source: string): Promise<number> {
    return tx.execute(ADD_INGREDIENTS, [releaseId, source]);
  }

  async countNewIngredients(tx: Tx, releaseId: number): Promise<number> {
    return (await tx.one<{ count: number }>(COUNT_NEW_INGREDIENTS, [releaseId])).count;
  }

  /** Refuses rows whose price is above the ceiling kept for the product, naming the price column. */
  rejectAboveCeiling(tx: Tx, releaseId: number, source: string, priceColumn: string): Promise<LateReject[]> {
    return tx.query<LateReject>(REJECT_ABOVE_CEILING, [releaseId, source, priceColumn]);
  }

  /** Writes changed and new products with their compositions and barcodes. */
  async writeDrugs(
    tx: Tx,
    releaseId: number,
    source: string,
    statesRxOnly: boolean,
  ): Promise<{ inserted: number; updated: number }> {
    await tx.execute(DROP_CHANGED_COMPOSITIONS, [releaseId, source]);
    const updated = await tx.execute(UPDATE_DRUGS, [releaseId, source, statesRxOnly]);
    const inserted = await tx.execute(INSERT_DRUGS, [releaseId, source]);
    await tx.execute(INSERT_COMPOSITIONS, [releaseId, source]);
    await tx.execute(INSERT_BARCODES, [releaseId, source]);
    return { inserted, updated };
  }

  /** Discontinues what the source no longer lists; `refusedIds` are listed, only refused. */
  discontinueMissing(
    tx: Tx,
    releaseId: number,
    source: string,
    refusedIds: readonly string[],
  ): Promise<number> {
    return tx.execute(DISCONTINUE_MISSING, [releaseId, source, refusedIds]);
  }

  /** Lets the planner know the catalogue as it is now. */
  async refreshStatistics(tx: Tx): Promise<void> {
    await tx.execute('select /* imports.refreshStatistics */ reference.refresh_statistics()');
  }

  preview(
    tx: Tx,
    releaseId: number,
    source: string,
    refusedIds: readonly string[],
  ): Promise<{ inserted: number; updated: number; discontinued: number }> {
    return tx.one(PREVIEW, [releaseId, source, refusedIds]);
  }

  async finishRelease(
    tx: Tx,
    releaseId: number,
    userId: number | null,
    counts: { inserted: number; updated: number; unchanged: number; rejected: number; discontinued: number },
  ): Promise<void> {
    await tx.execute(FINISH_RELEASE, [
      releaseId,
      userId,
      counts.inserted,
      counts.updated,
      counts.unchanged,
      counts.rejected,
      counts.discontinued,
    ]);
  }
}
