import { dirname, join } from 'node:path';

import { Inject, Injectable } from '@nestjs/common';

import { AUDIT_SETTINGS, type AuditSettings } from '../../platform/config/audit-settings.module.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { jobContext, type RequestContext } from '../../platform/security/request-context.js';
import { RedactionsService } from '../audit-seals/redactions.service.js';
import { ErasureBlocked } from './erasure.errors.js';
import { appendList, contentOf, readList, type ErasedLine, type ErasedRecord } from './erasure-list.js';
import { ErasureRepository } from './erasure.repository.js';
import { ErasureService } from './erasure.service.js';

/** Name of the list, beside the anchors of the trail: outside of the database, so that a restore does not take it back. */
const LIST = 'erased-records.ndjson';

/** What a look did. */
export interface ErasedAgain {
  /** Records that were noted in the list. */
  readonly noted: number;
  /** Records that had come back with a backup and were erased again. */
  readonly erased: number;
  /** Such records of which something is open: a person has to finish that first. */
  readonly waiting: number;
}

/**
 * Keeps a signed list of erased records outside of the database, and erases what a restored backup brought back. It is found by its number
 * and the instant it was entered at.
 */
@Injectable()
export class ErasureAgainService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly repository: ErasureRepository,
    private readonly erasure: ErasureService,
    private readonly redactions: RedactionsService,
    @Inject(AUDIT_SETTINGS) private readonly settings: AuditSettings | null,
  ) {}

  /** Without keys of the audit trail there is no list, since nobody could tell whether it is ours. */
  async look(): Promise<ErasedAgain> {
    if (!this.settings) return { noted: 0, erased: 0, waiting: 0 };
    const file = join(dirname(this.settings.anchorFile), LIST);
    const listed = await this.ours(await readList(file));
    const branchIds = await this.uow.read(jobContext(), (tx) => this.repository.branchIds(tx));
    const [records, back] = await this.uow.read(jobContext(branchIds), async (tx) => [
      await this.repository.erasedRecords(tx),
      await this.repository.findBack(tx, listed),
    ]);
    const known = new Set(listed.map(contentOf));
    const missing: ErasedLine[] = [];
    for (const record of records.filter((one) => !known.has(contentOf(one)))) {
      const signed = await this.redactions.sign(contentOf(record));
      if (signed) missing.push({ ...record, ...signed });
    }
    if (missing.length > 0) await appendList(file, missing);
    let [erased, waiting] = [0, 0];
    for (const record of listed.filter(({ patientId }) => back.has(patientId))) {
      if (await this.again(record)) erased += 1;
      else waiting += 1;
    }
    return { noted: missing.length, erased, waiting };
  }

  /** Lines that our keys prove: a list somebody else wrote erases nobody. */
  private async ours(lines: readonly ErasedLine[]): Promise<ErasedLine[]> {
    const proved: ErasedLine[] = [];
    for (const line of lines)
      if (await this.redactions.isSigned(contentOf(line), line.keyId, line.mac)) proved.push(line);
    return proved;
  }

  /** In the names of who recorded and who approved it then. False: something is open. */
  private async again({ patientId, branchId, recordedBy, decidedBy }: ErasedRecord): Promise<boolean> {
    const as = (userId: number): RequestContext => {
      const ctx = jobContext([branchId]);
      return { ...ctx, actor: { ...ctx.actor, userId } };
    };
    const requestId = await this.uow.run(as(recordedBy), async (tx) => {
      const survivor = await this.repository.survivorOf(tx, patientId);
      // Erased with another number of the same person meanwhile.
      if (survivor === undefined) return undefined;
      return (
        (await this.repository.findPending(tx, survivor)) ??
        this.repository.insert(tx, branchId, survivor, {
          requestedBy: 'patient',
          identityProof: 'as recorded before the restore',
          reason: 'erased before, came back with a restored backup',
        })
      );
    });
    if (requestId === undefined) return true;
    try {
      await this.erasure.approve(as(decidedBy), requestId);
      return true;
    } catch (error) {
      // Told by the job, and tried again: the request stays in the list of requests.
      if (error instanceof ErasureBlocked) return false;
      throw error;
    }
  }
}
