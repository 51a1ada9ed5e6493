import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { systemContext } from '../../platform/security/request-context.js';
import { IntegrityRepository } from './integrity.repository.js';
import type { Broken } from './invariant.types.js';
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
    const branchIds = await this.branchIds();
    const reports: InvariantReport[] = [];
    for (const { code, rule, sql } of INVARIANTS) {
      reports.push({ code, rule, broken: (await this.findBroken(sql, branchIds)).rows });
    }
    return reports;
  }

  /** How many rows break one invariant. */
  async countBroken(code: string, branchIds: readonly number[]): Promise<number> {
    const invariant = INVARIANTS.find((one) => one.code === code);
    if (!invariant) throw new Error(`there is no invariant ${code}`);
    return (await this.findBroken(invariant.sql, branchIds)).total;
  }

  /** All branches: what is checked is checked everywhere. */
  branchIds(): Promise<number[]> {
    return this.uow.read(systemContext(), (tx) => this.integrity.branchIds(tx));
  }

  private findBroken(sql: string, branchIds: readonly number[]): Promise<Broken> {
    return this.uow.read(systemContext(branchIds), async (tx) => {
      await this.integrity.prepareLongReads(tx);
      return this.integrity.findBroken(tx, sql);
    });
  }
}
