import type { AuditSettings } from '../../platform/config/audit-settings.module.js';
import type { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { rowDifferences } from '../../platform/database/recovery/row-counts.js';
import { VerifyService } from '../audit-seals/verify.service.js';
import { IntegrityService } from '../integrity/integrity.service.js';

/** A restored copy, brought up to this program, that can be thrown away. */
export interface RestoredCopy {
  /** Rows of each table as the backup says, and as they were found before the copy was touched. */
  readonly expected: Readonly<Record<string, number>>;
  readonly found: Readonly<Record<string, number>>;
  /** The copy as the server's own role. */
  readonly uow: UnitOfWork;
  /** The keys of the audit trail and the anchors of that moment; undefined: the trail is not sealed here. */
  readonly audit: AuditSettings | undefined;
}

/** What is asked of a restored copy; answers what is wrong with it. */
interface ProofCheck {
  readonly name: string;
  run(copy: RestoredCopy): Promise<readonly string[]>;
}

/** Everything a backup must pass before anybody relies on it. */
export const PROOF_CHECKS: readonly ProofCheck[] = [
  {
    name: 'rows',
    run: ({ expected, found }) => Promise.resolve(rowDifferences(expected, found)),
  },
  {
    name: 'invariants',
    run: async ({ uow }) => {
      const reports = await IntegrityService.on(uow).check();
      return reports.flatMap(({ code, broken }) =>
        broken[0] === undefined ? [] : [`${code}: ${broken[0]}`],
      );
    },
  },
  {
    name: 'audit trail',
    run: async ({ uow, audit }) => {
      if (!audit) return [];
      const { findings } = await VerifyService.on(uow, audit).verifyAll();
      return findings.map(({ detail }) => detail);
    },
  },
];
