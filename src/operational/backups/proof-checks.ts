import type { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { rowDifferences } from '../../platform/database/recovery/row-counts.js';
import { IntegrityService } from '../integrity/integrity.service.js';

/** A restored copy, brought up to this program, that can be thrown away. */
export interface RestoredCopy {
  /** Rows of each table as the backup says, and as they were found before the copy was touched. */
  readonly expected: Readonly<Record<string, number>>;
  readonly found: Readonly<Record<string, number>>;
  /** The copy as the server's own role. */
  readonly uow: UnitOfWork;
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
];
