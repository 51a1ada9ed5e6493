import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import type { MediaType } from './document-content.domain.js';
import type { DocumentView } from './prescription-documents.schemas.js';
import * as sql from './prescription-documents.sql.js';

export type ShownDocument = z.output<typeof DocumentView>;

/** A file to be kept; `prescriptionId` null: its prescription is not entered yet. */
export interface NewDocument {
  readonly branchId: number;
  readonly prescriptionId: number | null;
  readonly userId: number;
  readonly mediaType: MediaType;
  readonly content: Buffer;
}

/** Papers of prescriptions: what is known of them, and their bytes. */
@Injectable()
export class PrescriptionDocumentsRepository {
  async insert(tx: Tx, document: NewDocument): Promise<number> {
    const { branchId, prescriptionId, userId, mediaType, content } = document;
    const { contentId } = await tx.one<{ contentId: number }>(sql.INSERT_CONTENT, [
      branchId,
      mediaType,
      content,
    ]);
    const row = await tx.one<{ documentId: number }>(sql.INSERT, [
      branchId,
      prescriptionId,
      contentId,
      userId,
    ]);
    return row.documentId;
  }

  /** The document at one of the branches; an upload that is not claimed, for who uploaded it alone. */
  async findOne(
    tx: Tx,
    documentId: number,
    who: { readonly branchIds: readonly number[]; readonly userId: number },
  ): Promise<ShownDocument | undefined> {
    return tx.maybeOne<ShownDocument>(sql.FIND_ONE, [documentId, who.branchIds, who.userId]);
  }

  async findPage(
    tx: Tx,
    prescriptionId: number,
    limit: number,
    offset: number,
  ): Promise<{ rows: ShownDocument[]; total: number }> {
    const [rows, { total }] = await Promise.all([
      tx.query<ShownDocument>(sql.FIND_PAGE, [prescriptionId, limit, offset]),
      tx.one<{ total: number }>(sql.COUNT, [prescriptionId]),
    ]);
    return { rows, total };
  }

  async findUnclaimed(
    tx: Tx,
    who: { readonly userId: number; readonly branchId: number },
    limit: number,
    offset: number,
  ): Promise<{ rows: ShownDocument[]; total: number }> {
    const [rows, { total }] = await Promise.all([
      tx.query<ShownDocument>(sql.FIND_UNCLAIMED, [who.userId, who.branchId, limit, offset]),
      tx.one<{ total: number }>(sql.COUNT_UNCLAIMED, [who.userId, who.branchId]),
    ]);
    return { rows, total };
  }

  async hasPrescription(tx: Tx, prescriptionId: number, branchId: number): Promise<boolean> {
    return (await tx.maybeOne(sql.PRESCRIPTION, [prescriptionId, branchId])) !== undefined;
  }

  /** Answers how many of them were there to be claimed. */
  async claim(
    tx: Tx,
    documentIds: readonly number[],
    prescriptionId: number,
    who: { readonly userId: number; readonly branchId: number },
  ): Promise<number> {
    return tx.execute(sql.CLAIM, [documentIds, prescriptionId, who.userId, who.branchId]);
  }

  async withdraw(
    tx: Tx,
    documentId: number,
    by: { readonly userId: number; readonly branchId: number; readonly reason: string },
  ): Promise<boolean> {
    return (await tx.execute(sql.WITHDRAW, [documentId, by.userId, by.reason, by.branchId])) > 0;
  }

  /** Removes an upload nobody claimed with its bytes; false where there is none of that user. */
  async remove(tx: Tx, documentId: number, userId: number): Promise<boolean> {
    return (await this.removeFound(tx, sql.REMOVE, [documentId, userId])) > 0;
  }

  /** Removes uploads that nobody claimed within a day; answers how many. */
  async removeForgotten(tx: Tx): Promise<number> {
    return this.removeFound(tx, sql.REMOVE_FORGOTTEN, []);
  }

  private async removeFound(tx: Tx, statement: string, values: readonly unknown[]): Promise<number> {
    const gone = await tx.query<{ contentId: number }>(statement, values);
    if (gone.length > 0) await tx.execute(sql.REMOVE_CONTENTS, [gone.map(({ contentId }) => contentId)]);
    return gone.length;
  }

  async slice(tx: Tx, documentId: number, from: number, length: number): Promise<Buffer> {
    return (await tx.one<{ slice: Buffer }>(sql.READ_SLICE, [documentId, from + 1, length])).slice;
  }

  /** Records in the audit trail that the paper was read. */
  async logRead(tx: Tx, documentId: number): Promise<void> {
    await tx.query(sql.LOG_READ, [documentId]);
  }

  /** Records in the audit trail that the list of papers of a prescription was read. */
  async logListRead(tx: Tx, prescriptionId: number): Promise<void> {
    await tx.query(sql.LOG_LIST_READ, [prescriptionId]);
  }

  async branchIds(tx: Tx): Promise<number[]> {
    return (await tx.one<{ branchIds: number[] | null }>(sql.BRANCH_IDS)).branchIds ?? [];
  }
}
