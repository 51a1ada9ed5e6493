import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import {
  ADD_CATEGORIES,
  ADD_CODES,
  ADD_COMPANIES,
  ADD_FORMS,
  ADD_INGREDIENTS,
  ADD_ROUTES,
  ADD_SYNONYMS,
  BEGIN_RELEASE,
  COMPLETE_FORMS,
  COMPLETE_ROUTES,
  DEEPEST_CATEGORY,
  DROP_CHANGED_COMPOSITIONS,
  DROP_STALE_PACKS,
  FINISH_RELEASE,
  FINISH_REVERT,
  INSERT_BARCODES,
  INSERT_COMPOSITIONS,
  INSERT_DRUGS,
  INSERT_PACKS,
  NUMBER_NEW,
  RESERVE_IDS,
  RESOLVE_SALTS,
  REVERT_RELEASE,
  UPDATE_DRUGS,
  VERIFY_INGREDIENTS,
} from './apply.sql.js';
import {
  ADD_REJECTED,
  CATALOGUE_MARK,
  COUNT_CHANGES,
  COUNT_REJECTED,
  COUNT_STAGED,
  COUNTS_AS_COMPARED,
  DISCONTINUE_MISSING,
  COUNT_STAGING,
  FIND_TARGETS,
  FINISH_COMPARISON,
  FORGET_CHANGES,
  FORGET_TARGETS,
  REJECT_ABOVE_CEILING,
  REJECT_TAKEN_CODES,
  RESOLVE_NAMES,
  TELL_CHANGES,
  TELL_MISSING,
} from './compare.sql.js';
import type { RuleRevertOutcome } from '../clinical/rule-sets/rule-sets.types.js';
import type {
  ChangeCounts,
  ReleaseSummary,
  RevertOutcome,
  RuleReleaseSummary,
  StagedSource,
} from './imports.types.js';

/** Compares a staged release with the catalogue, brings it in, takes it back. Needs a transaction as pharmacy_admin. */
@Injectable()
export class ApplyRepository {
  /** A mark of what a comparison rests on. */
  async catalogueMark(tx: Tx): Promise<string> {
    return (await tx.one<{ mark: string }>(CATALOGUE_MARK)).mark;
  }

  /** Refuses what the catalogue does not allow, and writes the diff; answers the counts, and the rows refused in all. */
  async compare(
    tx: Tx,
    releaseId: number,
    { source, states, priceColumn }: StagedSource,
  ): Promise<{ counts: ChangeCounts; rejected: number }> {
    await tx.execute(FORGET_CHANGES, [releaseId]);
    await tx.execute(FORGET_TARGETS, [releaseId]);
    await tx.execute(COUNT_STAGING);
    await tx.execute(RESOLVE_NAMES, [releaseId]);
    await tx.execute(FIND_TARGETS, [releaseId, source]);
    await tx.execute(COUNT_STAGING);
    const refused = [
      ...(await tx.query<{ fileIndex: number }>(REJECT_ABOVE_CEILING, [releaseId, priceColumn])),
      ...(await tx.query<{ fileIndex: number }>(REJECT_TAKEN_CODES, [releaseId, source])),
    ];
    const byFile = new Map<number, number>();
    for (const { fileIndex } of refused) byFile.set(fileIndex, (byFile.get(fileIndex) ?? 0) + 1);
    await tx.execute(ADD_REJECTED, [releaseId, [...byFile.keys()], [...byFile.values()]]);
    await tx.execute(TELL_CHANGES, [releaseId, JSON.stringify(states)]);
    await tx.execute(TELL_MISSING, [releaseId]);
    const counts = await tx.one<ChangeCounts>(COUNT_CHANGES, [releaseId]);
    return { counts, rejected: await this.countRejected(tx, releaseId) };
  }

  /** Rows refused of all files of a release. */
  async countRejected(tx: Tx, releaseId: number): Promise<number> {
    return (await tx.one<{ rejected: number }>(COUNT_REJECTED, [releaseId])).rejected;
  }

  /** Products staged for a release; 0 when they were lost with a crash of the database. */
  async countStaged(tx: Tx, releaseId: number): Promise<number> {
    return (await tx.one<{ count: number }>(COUNT_STAGED, [releaseId])).count;
  }

  /** What the comparison counted, and what it was made with. */
  countsAsCompared(
    tx: Tx,
    releaseId: number,
  ): Promise<Omit<ChangeCounts, 'kinds'> & { comparedWith: string | null; summary: ReleaseSummary }> {
    return tx.one(COUNTS_AS_COMPARED, [releaseId]);
  }

  /** Marks the release as compared with the catalogue of this mark, to be kept for some hours. */
  async finishComparison(
    tx: Tx,
    releaseId: number,
    result: {
      mark: string;
      keepHours: number;
      rejected: number;
      counts: Pick<ChangeCounts, 'inserted' | 'updated' | 'unchanged' | 'discontinued'>;
      summary: ReleaseSummary | RuleReleaseSummary;
    },
  ): Promise<void> {
    const { inserted, updated, unchanged, discontinued } = result.counts;
    await tx.execute(FINISH_COMPARISON, [
      releaseId,
      result.mark,
      result.keepHours,
      result.rejected,
      inserted,
      updated,
      unchanged,
      discontinued,
      JSON.stringify(result.summary),
    ]);
  }

  /** Takes the locks and has triggers keep before-images, until the transaction ends. */
  async begin(tx: Tx, releaseId: number, mode: 'apply' | 'revert'): Promise<void> {
    await tx.execute(BEGIN_RELEASE, [String(releaseId), mode]);
  }

  /** Adds what the release's lists lack and products will refer to; leaves present entries alone. */
  async addLists(tx: Tx, releaseId: number): Promise<void> {
    await tx.execute(RESOLVE_NAMES, [releaseId]);
    await tx.execute(ADD_COMPANIES, [releaseId]);
    const { depth: deepest } = await tx.one<{ depth: number }>(DEEPEST_CATEGORY, [releaseId]);
    for (let depth = 0; depth <= deepest; depth++) await tx.execute(ADD_CATEGORIES, [releaseId, depth]);
    await tx.execute(ADD_FORMS, [releaseId]);
    await tx.execute(COMPLETE_FORMS, [releaseId]);
    await tx.execute(ADD_ROUTES, [releaseId]);
    await tx.execute(COMPLETE_ROUTES, [releaseId]);
  }

  /** Adds unknown ingredients, and codes and names of known ones. */
  async addIngredients(tx: Tx, releaseId: number, source: string): Promise<void> {
    await tx.execute(VERIFY_INGREDIENTS, [releaseId]);
    await tx.execute(ADD_INGREDIENTS, [releaseId, source]);
    await tx.execute(RESOLVE_NAMES, [releaseId]);
    await tx.execute(RESOLVE_SALTS, [releaseId]);
    await tx.execute(ADD_CODES, [releaseId, source]);
    await tx.execute(ADD_SYNONYMS, [releaseId, source]);
  }

  /** Writes changed and new products with their compositions, packs and barcodes. `newCount`: how many are new. */
  async writeDrugs(
    tx: Tx,
    releaseId: number,
    { source, states }: StagedSource,
    newCount: number,
  ): Promise<{ inserted: number; updated: number }> {
    if (newCount > 0) {
      const { first } = await tx.one<{ first: number }>(RESERVE_IDS, [newCount]);
      await tx.execute(NUMBER_NEW, [releaseId, first]);
    }
    await tx.execute(DROP_CHANGED_COMPOSITIONS, [releaseId]);
    const updated = await tx.execute(UPDATE_DRUGS, [releaseId, JSON.stringify(states), source]);
    const inserted = (await tx.one<{ count: number }>(INSERT_DRUGS, [releaseId, source])).count;
    await tx.execute(INSERT_COMPOSITIONS, [releaseId]);
    await tx.execute(DROP_STALE_PACKS, [releaseId, source]);
    await tx.execute(INSERT_PACKS, [releaseId, source]);
    await tx.execute(INSERT_BARCODES, [releaseId]);
    return { inserted, updated };
  }

  /** Discontinues what the source no longer lists. */
  discontinueMissing(tx: Tx, releaseId: number): Promise<number> {
    return tx.execute(DISCONTINUE_MISSING, [releaseId]);
  }

  async finishRelease(
    tx: Tx,
    releaseId: number,
    userId: number | null,
    result: {
      inserted: number;
      updated: number;
      unchanged: number;
      discontinued: number;
      applySeconds: number;
    },
  ): Promise<void> {
    const { inserted, updated, unchanged, discontinued, applySeconds } = result;
    const more = JSON.stringify({ applySeconds });
    await tx.execute(FINISH_RELEASE, [releaseId, userId, inserted, updated, unchanged, discontinued, more]);
  }

  /** Lets the planner know the catalogue as it is now. */
  async analyze(tx: Tx): Promise<void> {
    await tx.execute('select /* imports.analyzeCatalogue */ reference.analyze_catalogue()');
  }

  /** Counts the catalogue as it is now. */
  async countCatalogue(tx: Tx): Promise<void> {
    await tx.execute('select /* imports.countCatalogue */ reference.count_catalogue()');
  }

  /** Names of the text indexes that a release leaves untidy, the largest first. */
  async searchIndexes(tx: Tx): Promise<string[]> {
    const rows = await tx.query<{ index: string }>(
      'select /* imports.searchIndexes */ s as index from reference.search_indexes() s',
    );
    return rows.map(({ index }) => index);
  }

  /** Merges what a release left for one text index to gather. */
  async tidySearchIndex(tx: Tx, index: string): Promise<void> {
    await tx.execute('select /* imports.tidySearchIndex */ reference.tidy_search_index($1)', [index]);
  }

  /** Takes the release back; without `force` only where no product was edited since, else it says which and does nothing. */
  async revert(
    tx: Tx,
    releaseId: number,
    force: boolean,
  ): Promise<RevertOutcome | { edited: number; editedIds: number[] }> {
    const { outcome } = await tx.one<{ outcome: RevertOutcome | { edited: number; editedIds: number[] } }>(
      REVERT_RELEASE,
      [releaseId, force],
    );
    return outcome;
  }

  async finishRevert(
    tx: Tx,
    releaseId: number,
    userId: number | null,
    outcome: RevertOutcome | RuleRevertOutcome,
  ): Promise<void> {
    await tx.execute(FINISH_REVERT, [releaseId, userId, JSON.stringify(outcome)]);
  }
}
