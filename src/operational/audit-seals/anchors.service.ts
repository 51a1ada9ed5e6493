import { setTimeout as pause } from 'node:timers/promises';

import { Inject, Injectable } from '@nestjs/common';

import { AUDIT_SETTINGS, type AuditSettings } from '../../platform/config/audit-settings.module.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { systemContext } from '../../platform/security/request-context.js';
import { appendAnchor, readAnchors, type NewEntry } from './anchors-file.js';
import { AuditSealsRepository } from './audit-seals.repository.js';
import type { AnchorEntry, AnchorReason, Seal } from './audit-seals.types.js';
import { SealerService } from './sealer.service.js';

const DAY_MS = 24 * 60 * 60_000;
/** How often, and how long between, another process that seals is waited for. */
const TRIES = 100;
const TRY_MS = 50;

/** Keeps the head of the chain outside of the database: there alone it shows that the end was cut off. */
@Injectable()
export class AnchorsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly seals: AuditSealsRepository,
    private readonly sealer: SealerService,
    @Inject(AUDIT_SETTINGS) private readonly settings: AuditSettings | null,
  ) {}

  /** Writes the head down; undefined where there is no seal yet. */
  anchor(reason: AnchorReason): Promise<AnchorEntry | undefined> {
    return this.append(
      (head, now) => head && { kind: 'anchor', reason, ...placeOf(head), at: now.toISOString() },
    );
  }

  /** Writes the head down where the last anchor knows another one: always, or if it is older than a day. */
  async anchorIfDue(reason: 'daily' | 'start'): Promise<AnchorEntry | undefined> {
    const last = (await readAnchors(this.file))?.entries.at(-1);
    return this.append((head, now) => {
      if (!head || last?.hash === head.hash.toString('hex')) return undefined;
      if (reason === 'daily' && last && now.getTime() - Date.parse(last.at) < DAY_MS) return undefined;
      return { kind: 'anchor', reason, ...placeOf(head), at: now.toISOString() };
    });
  }

  /** Notes that the database was restored from a backup: anchors of seals it does not have speak of what was lost with it. */
  async noteRestore(reason: string): Promise<AnchorEntry | undefined> {
    const last = (await readAnchors(this.file))?.entries.at(-1);
    return this.append((head, now) => {
      const place = head ? placeOf(head) : last && { chainId: last.chainId, sealNo: 0, lastId: 0, hash: '' };
      return place && { kind: 'restored', reason, ...place, at: now.toISOString() };
    });
  }

  private get file(): string {
    if (!this.settings)
      throw new Error(
        'The audit trail is not sealed here: set MEDITORY_AUDIT_KEY_FILE to the file of its keys.',
      );
    return this.settings.anchorFile;
  }

  private async append(
    entryOf: (head: Seal | undefined, now: Date) => NewEntry | undefined,
  ): Promise<AnchorEntry | undefined> {
    const keys = await this.sealer.keys();
    for (let n = 0; n < TRIES; n++) {
      const found = await this.uow.read(systemContext(), async (tx) => {
        if (!(await this.seals.tryLock(tx))) return undefined;
        const entry = entryOf(await this.seals.findHead(tx), await this.seals.now(tx));
        return { written: entry && (await appendAnchor(this.file, keys, entry)) };
      });
      if (found) return found.written;
      await pause(TRY_MS);
    }
    throw new Error('Another process seals the audit trail without an end.');
  }
}

const placeOf = ({ chainId, sealNo, lastId, hash }: Seal) => ({
  chainId,
  sealNo,
  lastId,
  hash: hash.toString('hex'),
});
