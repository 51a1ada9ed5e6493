import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import type { ChangedProduct } from '../clinical/clinical.types.js';
import type {
  ChangeKind,
  ClinicalImpact,
  FileReport,
  RejectedRow,
  RejectGroup,
  Release,
  ReleaseChange,
  ReleaseReport,
  StagedSource,
} from './imports.types.js';
import {
  COUNT_CHANGES_TOLD,
  COUNT_REJECTS,
  FIND_APPLIED_NEW,
  FIND_CHANGED_COMPOSITIONS,
  FIND_CHANGES,
  FIND_DRUGS_OF_OTHER_INGREDIENTS,
  FIND_FILES,
  FIND_REJECT_GROUPS,
  FIND_REJECTS,
  FIND_RELEASE,
  FIND_RELEASES,
  FIND_STAGED_NEW,
  KEEP_IMPACT,
} from './releases.sql.js';

/** Reasons kept apart in a summary; files that are wrong in more ways than this are wrong altogether. */
const MOST_GROUPS = 200;
/** Refused rows shown with each reason. */
const SHOWN = 5;

/** A release as it is stored. */
export type StoredRelease = Release &
  StagedSource & { comparedWith: string | null } & Pick<ReleaseReport, 'summary' | 'impact' | 'progress'>;

/** Reads releases and their reports. */
@Injectable()
export class ReleasesRepository {
  async findPage(
    tx: Tx,
    isOfRules: boolean,
    source: string | null,
    limit: number,
    offset: number,
  ): Promise<{ rows: Release[]; total: number }> {
    const values = [source, limit, offset, isOfRules];
    const rows = await tx.query<Release & { total: number }>(FIND_RELEASES, values);
    return { total: rows[0]?.total ?? 0, rows: rows.map(({ total: _, ...release }) => release) };
  }

  find(tx: Tx, releaseId: number): Promise<StoredRelease | undefined> {
    return tx.maybeOne<StoredRelease>(FIND_RELEASE, [releaseId]);
  }

  files(tx: Tx, releaseId: number): Promise<FileReport[]> {
    return tx.query<FileReport>(FIND_FILES, [releaseId]);
  }

  rejectGroups(tx: Tx, releaseId: number): Promise<RejectGroup[]> {
    return tx.query<RejectGroup>(FIND_REJECT_GROUPS, [releaseId, MOST_GROUPS, SHOWN]);
  }

  rejects(tx: Tx, releaseId: number, limit: number, offset: number): Promise<RejectedRow[]> {
    return tx.query<RejectedRow>(FIND_REJECTS, [releaseId, limit, offset]);
  }

  async countRejects(tx: Tx, releaseId: number): Promise<number> {
    return (await tx.one<{ total: number }>(COUNT_REJECTS, [releaseId])).total;
  }

  /** A page of what a release changes; without a kind all but the new products. */
  async changes(
    tx: Tx,
    release: Release,
    kind: ChangeKind | null,
    limit: number,
    offset: number,
  ): Promise<{ rows: ReleaseChange[]; total: number }> {
    const { releaseId, source, status, rowsInserted } = release;
    if (kind === 'new' && (status === 'staged' || status === 'applying'))
      return {
        total: rowsInserted,
        rows: await tx.query<ReleaseChange>(FIND_STAGED_NEW, [releaseId, source, limit, offset]),
      };
    if (kind === 'new' && (status === 'applied' || status === 'reverting'))
      return {
        total: rowsInserted,
        rows: await tx.query<ReleaseChange>(FIND_APPLIED_NEW, [releaseId, limit, offset]),
      };
    const { total } = await tx.one<{ total: number }>(COUNT_CHANGES_TOLD, [releaseId, kind]);
    return { total, rows: await tx.query<ReleaseChange>(FIND_CHANGES, [releaseId, kind, limit, offset]) };
  }

  async keepImpact(tx: Tx, releaseId: number, impact: ClinicalImpact): Promise<void> {
    await tx.execute(KEEP_IMPACT, [releaseId, JSON.stringify(impact)]);
  }

  /** Products of the catalogue whose ingredients a compared release changes. */
  async drugsOfOtherIngredients(tx: Tx, releaseId: number): Promise<number[]> {
    const rows = await tx.query<{ drugId: number }>(FIND_DRUGS_OF_OTHER_INGREDIENTS, [releaseId]);
    return rows.map(({ drugId }) => drugId);
  }

  /** What these products would be made of. */
  changedCompositions(tx: Tx, releaseId: number, drugIds: readonly number[]): Promise<ChangedProduct[]> {
    return tx.query<ChangedProduct>(FIND_CHANGED_COMPOSITIONS, [releaseId, drugIds]);
  }
}
