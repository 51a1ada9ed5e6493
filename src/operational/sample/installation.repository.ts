import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';

/** The one row of facts about this installation. */
@Injectable()
export class InstallationRepository {
  /** Hash of the starter rules last loaded. */
  async rulesSha256(tx: Tx): Promise<string | undefined> {
    const row = await tx.maybeOne<{ sha256: string | null }>(
      'select /* installation.rules */ clinical_rules_sha256 as sha256 from operational.installation',
    );
    return row?.sha256 ?? undefined;
  }

  async noteRules(tx: Tx, sha256: string): Promise<void> {
    await tx.execute(
      `insert /* installation.noteRules */ into operational.installation (clinical_rules_sha256) values ($1)
       on conflict (singleton) do update set clinical_rules_sha256 = excluded.clinical_rules_sha256`,
      [sha256],
    );
  }

  /** True when sample staff is there. */
  async holdsSample(tx: Tx): Promise<boolean> {
    return (
      await tx.one<{ held: boolean }>(
        'select /* installation.holdsSample */ exists (select from operational.users where is_sample) as held',
      )
    ).held;
  }

  /** Forgets the answers of commands older than a week: no till retries that late. Answers how many. */
  async pruneIdempotencyKeys(tx: Tx): Promise<number> {
    return tx.execute(
      "delete /* installation.pruneKeys */ from operational.idempotency_keys where created_at < now() - interval '7 days'",
    );
  }
}
