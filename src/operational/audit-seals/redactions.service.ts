import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import { AuditSealsRepository } from './audit-seals.repository.js';
import { erasedMac, isOurs, redactionMac } from './seal-codec.js';
import { SealerService } from './sealer.service.js';

/** Key that redactions are signed with; undefined: nothing is sealed here, so there is nothing to prove. */
export type RedactionKey = { readonly keyId: string; readonly key: Buffer } | undefined;

/** Keeps, signed, which rows of the trail an erasure blanked: their hashes before, which the seals know, and after. */
@Injectable()
export class RedactionsService {
  constructor(
    private readonly seals: AuditSealsRepository,
    private readonly sealer: SealerService,
  ) {}

  /** Read before the transaction: the file may be made then. */
  async key(): Promise<RedactionKey> {
    return this.sealer.isConfigured ? (await this.sealer.keys()).current : undefined;
  }

  /** Signs a line of the list of erased records; undefined: there is no key. */
  async sign(content: string): Promise<{ keyId: string; mac: string } | undefined> {
    const current = await this.key();
    return current && { keyId: current.keyId, mac: erasedMac(current.key, content) };
  }

  async isSigned(content: string, keyId: string, mac: string): Promise<boolean> {
    return isOurs(await this.sealer.keys(), keyId, mac, (key) => erasedMac(key, content));
  }

  /** In the transaction that blanked them. `rowHashes`: null where no row was. */
  async record(
    tx: Tx,
    key: RedactionKey,
    {
      branchId,
      erasureRequestId,
      rowHashes,
    }: { branchId: number; erasureRequestId: number; rowHashes: Buffer | null },
  ): Promise<void> {
    if (!rowHashes) return;
    const mac = key && redactionMac(key.key, { erasureRequestId, rowHashes, keyId: key.keyId });
    await this.seals.insertRedaction(tx, branchId, {
      erasureRequestId,
      rowHashes,
      keyId: key?.keyId ?? null,
      mac: mac ?? null,
    });
  }
}
