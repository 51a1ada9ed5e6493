import { Readable } from 'node:stream';

import { Injectable, Logger } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { InvalidTransition, NotFound, RuleViolation } from '../../platform/errors/domain-error.js';
import { receiveFile, Slots, type MultipartRequest } from '../../platform/http/multipart.js';
import { MalwareScanner } from '../../platform/scanning/malware-scanner.js';
import type { Page } from '../../platform/http/schemas.js';
import { jobContext, type RequestContext } from '../../platform/security/request-context.js';
import { judgeContent, MOST_BYTES } from './document-content.domain.js';
import { DocumentRefused } from './prescription-documents.errors.js';
import { PrescriptionDocumentsRepository, type ShownDocument } from './prescription-documents.repository.js';

/** Uploads read at once: each holds its file, and once more on its way to the database. */
const UPLOADS_AT_ONCE = 4;
/** Bytes read from the database at a time when a paper is shown. */
const SLICE_BYTES = 512 * 1024;

/** A paper to be sent: what it is, and its bytes as they are read. */
export interface DocumentContent {
  readonly document: ShownDocument;
  readonly bytes: Readable;
}

/** The papers prescriptions were written on: taken in, shown, withdrawn. */
@Injectable()
export class PrescriptionDocumentsService {
  private readonly logger = new Logger('prescription-documents');
  private readonly slots = new Slots(UPLOADS_AT_ONCE);

  constructor(
    private readonly uow: UnitOfWork,
    private readonly documents: PrescriptionDocumentsRepository,
    private readonly scanner: MalwareScanner,
  ) {}

  /**
   * Takes a file in. Without a prescription it belongs to whoever uploads it until a prescription claims it, a day at the most.
   * Throws InvalidRequest, ContentTooLarge, DocumentRefused by what is in it, NotFound for another branch's prescription,
   * TooManyDocuments, TemporarilyUnavailable where the malware scanner there is gives no verdict.
   */
  upload(
    ctx: RequestContext,
    request: MultipartRequest,
    prescriptionId: number | null,
  ): Promise<ShownDocument> {
    return this.slots.run(async () => {
      const content = await receiveFile(request, MOST_BYTES);
      const verdict = judgeContent(content);
      if ('fault' in verdict) throw new DocumentRefused(verdict.fault);
      const malware = await this.scanner.findIn(content);
      if (malware !== undefined) {
        this.logger.warn(`An upload was refused: ${malware}`);
        throw new DocumentRefused('malware');
      }
      return this.uow.run(ctx, async (tx) => {
        if (prescriptionId !== null) await this.assertPrescription(tx, ctx, prescriptionId);
        const documentId = await this.documents.insert(tx, {
          branchId: ctx.branchId,
          prescriptionId,
          userId: ctx.actor.userId,
          mediaType: verdict.mediaType,
          content,
        });
        return this.get(tx, ctx, documentId);
      });
    });
  }

  /** Papers of a prescription, withdrawn ones among them; that they were looked at is recorded. Throws NotFound. */
  findOfPrescription(
    ctx: RequestContext,
    prescriptionId: number,
    { page, limit }: { page: number; limit: number },
  ): Promise<Page<ShownDocument>> {
    return this.uow.run(ctx, async (tx) => {
      await this.assertPrescription(tx, ctx, prescriptionId);
      await this.documents.logListRead(tx, prescriptionId);
      const { rows, total } = await this.documents.findPage(tx, prescriptionId, limit, (page - 1) * limit);
      return { data: rows, meta: { total, page, limit } };
    });
  }

  /** Uploads of the user that belong to no prescription yet. */
  findUnclaimed(
    ctx: RequestContext,
    { page, limit }: { page: number; limit: number },
  ): Promise<Page<ShownDocument>> {
    return this.uow.read(ctx, async (tx) => {
      const who = { userId: ctx.actor.userId, branchId: ctx.branchId };
      const { rows, total } = await this.documents.findUnclaimed(tx, who, limit, (page - 1) * limit);
      return { data: rows, meta: { total, page, limit } };
    });
  }

  /**
   * The bytes of a paper, read slice by slice as they are sent; that it was read is recorded first. Throws NotFound for a
   * withdrawn one, another user's unclaimed upload, and what lies at a branch one does not work at.
   */
  async content(ctx: RequestContext, documentId: number): Promise<DocumentContent> {
    const document = await this.uow.run(ctx, async (tx) => {
      const found = await this.get(tx, ctx, documentId);
      if (found.withdrawn) throw new NotFound('document');
      await this.documents.logRead(tx, documentId);
      return found;
    });
    return { document, bytes: Readable.from(this.slices(ctx, document), { objectMode: false }) };
  }

  /** Withdraws a paper that was put to a prescription by mistake; its bytes are kept. Throws NotFound, InvalidTransition. */
  withdraw(ctx: RequestContext, documentId: number, reason: string): Promise<ShownDocument> {
    return this.uow.run(ctx, async (tx) => {
      const found = await this.get(tx, ctx, documentId);
      const by = { userId: ctx.actor.userId, branchId: ctx.branchId, reason };
      if (!(await this.documents.withdraw(tx, documentId, by)))
        throw new InvalidTransition('document', found.withdrawn ? 'withdrawn' : 'unclaimed', 'withdraw', []);
      return this.get(tx, ctx, documentId);
    });
  }

  /** Removes an upload of the user that belongs to no prescription. Throws NotFound. */
  async discard(ctx: RequestContext, documentId: number): Promise<void> {
    const isGone = await this.uow.run(ctx, (tx) => this.documents.remove(tx, documentId, ctx.actor.userId));
    if (!isGone) throw new NotFound('document');
  }

  /** Puts uploads of the user to a prescription just entered, all or none. Throws RuleViolation, TooManyDocuments. */
  async claim(
    tx: Tx,
    ctx: RequestContext,
    documentIds: readonly number[],
    prescriptionId: number,
  ): Promise<void> {
    const who = { userId: ctx.actor.userId, branchId: ctx.branchId };
    if ((await this.documents.claim(tx, documentIds, prescriptionId, who)) === documentIds.length) return;
    throw new RuleViolation('A paper named is not an upload of yours that waits for a prescription.', {}, [
      { pointer: '/documentIds', detail: 'must be uploads of your own that belong to no prescription' },
    ]);
  }

  /** Removes uploads that nobody claimed within a day, of all branches; answers how many. */
  async sweep(): Promise<number> {
    const branches = await this.uow.read(jobContext(), (tx) => this.documents.branchIds(tx));
    return this.uow.run(jobContext(branches), (tx) => this.documents.removeForgotten(tx));
  }

  private async get(tx: Tx, { actor }: RequestContext, documentId: number): Promise<ShownDocument> {
    const found = await this.documents.findOne(tx, documentId, actor);
    if (!found) throw new NotFound('document');
    return found;
  }

  private async assertPrescription(tx: Tx, ctx: RequestContext, prescriptionId: number): Promise<void> {
    if (!(await this.documents.hasPrescription(tx, prescriptionId, ctx.branchId)))
      throw new NotFound('prescription');
  }

  private async *slices(
    ctx: RequestContext,
    { documentId, byteSize }: ShownDocument,
  ): AsyncGenerator<Buffer, void, undefined> {
    for (let from = 0; from < byteSize; from += SLICE_BYTES)
      yield await this.uow.read(ctx, (tx) => this.documents.slice(tx, documentId, from, SLICE_BYTES));
  }
}
