import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { systemContext } from '../../platform/security/request-context.js';
import { IntegrityRepository } from './integrity.repository.js';
import { INVARIANTS } from './invariants.sql.js';

/** Verdict on one invariant; `broken` names the first rows that break it. */
export interface InvariantReport {
  readonly code: string;
  readonly rule: string;
  readonly broken: readonly string[];
}

/** Proves the invariants on the data as it is. It reports and never repairs: a silent repair hides the cause. */
@Injectable()
export class IntegrityService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly integrity: IntegrityRepository,
  ) {}

  /** The check on another database than the server's own, such as a restored copy. */
  static on(uow: UnitOfWork): IntegrityService {
    return new IntegrityService(uow, new IntegrityRepository());
  }

  async check(): Promise<InvariantReport[]> {
    const branchIds = await this.uow.read(systemContext(), (tx) => this.integrity.branchIds(tx));
    const reports: InvariantReport[] = [];
    for (const { code, rule, sql } of INVARIANTS) {
      const broken = await this.uow.read(systemContext(branchIds), async (tx) => {
        await this.integrity.allowLongReads(tx);
        return this.integrity.findBroken(tx, sql);
      });
      reports.push({ code, rule, broken });
    }
    return reports;
  }
}
