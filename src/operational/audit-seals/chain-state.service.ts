import { Inject, Injectable } from '@nestjs/common';

import { AUDIT_SETTINGS, type AuditSettings } from '../../platform/config/audit-settings.module.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { jobContext, systemContext, type RequestContext } from '../../platform/security/request-context.js';
import { readAnchors } from './anchors-file.js';
import { AuditSealsRepository } from './audit-seals.repository.js';
import type { Seal, SealHead, Waiting } from './audit-seals.types.js';

/** Rows that wait are counted up to this many. */
const MOST_COUNTED = 10_000;

/** Where the chain stands. */
export interface ChainState {
  /** False: no keys are configured, and nothing is sealed. */
  readonly isSealing: boolean;
  readonly head: SealHead | null;
  readonly waiting: Waiting;
  /** Seconds the oldest row has waited for its seal; 0: none waits. */
  readonly lagSeconds: number;
  readonly lastAnchor: { readonly number: number; readonly at: string; readonly sealNo: number } | null;
}

export const headOf = (seal: Seal | undefined): SealHead | null =>
  seal
    ? {
        sealNo: seal.sealNo,
        lastId: seal.lastId,
        hash: seal.hash.toString('hex'),
        sealedAt: seal.sealedAt.toISOString(),
      }
    : null;

const lagOf = ({ oldestAt }: Waiting): number =>
  oldestAt === null ? 0 : Math.max(0, (Date.now() - Date.parse(oldestAt)) / 1000);

/** Tells where the chain stands: its head, what waits to be sealed, the last anchor. For screens, the health check and metrics. */
@Injectable()
export class ChainStateService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly seals: AuditSealsRepository,
    @Inject(AUDIT_SETTINGS) private readonly settings: AuditSettings | null,
  ) {}

  async state(ctx: RequestContext = systemContext()): Promise<ChainState> {
    const [head, waiting] = await this.uow.read(ctx, async (tx) => {
      const seal = await this.seals.findHead(tx);
      return [headOf(seal), await this.waiting(tx, seal?.lastId ?? 0)] as const;
    });
    const content = this.settings && (await readAnchors(this.settings.anchorFile));
    const last = content?.entries.at(-1);
    return {
      isSealing: this.settings !== null,
      head,
      waiting,
      lagSeconds: lagOf(waiting),
      lastAnchor: last ? { number: last.number, at: last.at, sealNo: last.sealNo } : null,
    };
  }

  /** The lag alone, asked on the connections of jobs; undefined: nothing is sealed here, and nothing can be late. For a metric. */
  async lagSeconds(): Promise<number | undefined> {
    const { isSealing, lagSeconds } = await this.state(jobContext());
    return isSealing ? lagSeconds : undefined;
  }

  /** Rows above a number, counted to a bound. */
  async waiting(tx: Tx, lastId: number): Promise<Waiting> {
    await this.seals.becomeSealer(tx);
    const { rows, oldestAt } = await this.seals.countWaiting(tx, lastId, MOST_COUNTED + 1);
    return {
      rows: Math.min(rows, MOST_COUNTED),
      isMore: rows > MOST_COUNTED,
      oldestAt: oldestAt?.toISOString() ?? null,
    };
  }
}
