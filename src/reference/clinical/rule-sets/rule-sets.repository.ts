import { Injectable } from '@nestjs/common';

import type { Tx } from '../../../platform/database/tx.js';
import * as sql from './rule-sets.sql.js';
import type {
  RuleChange,
  RuleChangeCounts,
  RuleKindName,
  RuleReleaseChange,
  RuleRevertOutcome,
} from './rule-sets.types.js';

/** Codes named in an answer at most. */
const MOST_CODES = 100;

/** Compares a staged release with the rules in force, brings it in, takes it back. Writing needs a transaction as pharmacy_admin. */
@Injectable()
export class RuleSetsRepository {
  async lock(tx: Tx, kind: RuleKindName): Promise<void> {
    await tx.execute(sql.RULE_SET_STATEMENTS[kind].lock);
  }

  async mark(tx: Tx, kind: RuleKindName, set: string): Promise<string> {
    return (await tx.one<{ mark: string }>(sql.RULE_SET_STATEMENTS[kind].mark, [set])).mark;
  }

  async howManyStaged(tx: Tx, releaseId: number): Promise<number> {
    return (await tx.one<{ count: number }>(sql.HOW_MANY_STAGED, [releaseId])).count;
  }

  /**
   * Refuses what cannot be, folds what is said twice, and writes the diff. May be run again when the rules have moved.
   * `repeated`: rows folded by an earlier comparison of this release.
   */
  async compare(
    tx: Tx,
    releaseId: number,
    kind: RuleKindName,
    set: string,
    repeated: number,
  ): Promise<RuleChangeCounts> {
    const statements = sql.RULE_SET_STATEMENTS[kind];
    const refused = new Map<number, number>();
    const refuse = async (statement: string, values: readonly unknown[]): Promise<void> => {
      const rows = await tx.query<{ fileIndex: number; count: number }>(statement, values);
      for (const { fileIndex, count } of rows) refused.set(fileIndex, (refused.get(fileIndex) ?? 0) + count);
    };
    await tx.execute(sql.FORGET_CHANGES, [releaseId]);
    await tx.execute(sql.COUNT_STAGED_RULES);
    await refuse(sql.REFUSE_REPEATED, [releaseId]);
    const folded = await tx.execute(sql.FOLD_REPEATED, [releaseId]);
    await refuse(sql.REFUSE_SAME_CODE, [releaseId]);
    if (statements.refuseOwn !== undefined) await refuse(statements.refuseOwn, [releaseId]);
    await refuse(statements.refuseTakenCode, [releaseId, set]);
    await tx.execute(sql.ADD_REFUSED, [releaseId, [...refused.keys()], [...refused.values()]]);
    await tx.execute(statements.tellStaged, [releaseId]);
    await tx.execute(statements.tellMissing, [releaseId, set]);
    const { staged, ...counts } = await tx.one<
      Omit<RuleChangeCounts, 'refused' | 'repeated' | 'unchanged'> & { staged: number }
    >(sql.COUNT_CHANGES, [releaseId]);
    const unchanged = staged - counts.added - counts.changed;
    return { ...counts, unchanged, repeated: repeated + folded, refused };
  }

  /** Brings a compared release into force. Nothing is overwritten: versions end, and the next ones begin. */
  async apply(tx: Tx, releaseId: number, kind: RuleKindName, set: string): Promise<void> {
    const statements = sql.RULE_SET_STATEMENTS[kind];
    await tx.execute(sql.BEGIN_RELEASE, [String(releaseId), 'apply']);
    await tx.execute(sql.COUNT_STAGED_RULES);
    await tx.execute(statements.close, [releaseId]);
    await tx.execute(statements.add, [releaseId, set]);
    await tx.execute(statements.note, [releaseId]);
  }

  /** Rules of a release somebody changed since it was applied. */
  findEdited(tx: Tx, releaseId: number, kind: RuleKindName): Promise<{ count: number; codes: string[] }> {
    return tx.one(sql.RULE_SET_STATEMENTS[kind].edited, [releaseId]);
  }

  /** Puts in force again what a release ended, as next versions, and ends what it brought; `kept` are left alone. */
  async revert(
    tx: Tx,
    releaseId: number,
    kind: RuleKindName,
    kept: readonly string[],
  ): Promise<RuleRevertOutcome> {
    const statements = sql.RULE_SET_STATEMENTS[kind];
    await tx.execute(sql.BEGIN_RELEASE, [String(releaseId), 'revert']);
    const ended = await tx.execute(statements.end, [releaseId, kept]);
    const restored = await tx.execute(statements.restore, [releaseId, kept]);
    return { ended, restored, kept: kept.length, keptCodes: kept.slice(0, MOST_CODES) };
  }

  changes(
    tx: Tx,
    releaseId: number,
    change: RuleChange | null,
    limit: number,
    offset: number,
  ): Promise<RuleReleaseChange[]> {
    return tx.query<RuleReleaseChange>(sql.FIND_CHANGES, [releaseId, change, limit, offset]);
  }

  async countChanges(tx: Tx, releaseId: number, change: RuleChange | null): Promise<number> {
    return (await tx.one<{ total: number }>(sql.COUNT_CHANGES_TOLD, [releaseId, change])).total;
  }

  /** Versions a release ends and brings, of `limit` changes at most. */
  findChangedIds(tx: Tx, releaseId: number, limit: number): Promise<{ oldIds: number[]; newIds: number[] }> {
    return tx.one(sql.FIND_CHANGED_IDS, [releaseId, limit]);
  }
}
