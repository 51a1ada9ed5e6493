import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll } from 'vitest';

import { AnchorsService } from '../../src/operational/audit-seals/anchors.service.js';
import { AuditSealsRepository } from '../../src/operational/audit-seals/audit-seals.repository.js';
import { ChainStateService } from '../../src/operational/audit-seals/chain-state.service.js';
import { SealerService } from '../../src/operational/audit-seals/sealer.service.js';
import { VerifyService } from '../../src/operational/audit-seals/verify.service.js';
import type { AuditSettings } from '../../src/platform/config/audit-settings.module.js';
import type { TestDatabase } from './db.js';

/** A folder with the keys and anchors of a chain, removed after the tests of the file. Use the answer inside tests only. */
export function useAuditSettings(): { -readonly [K in keyof AuditSettings]: AuditSettings[K] } {
  const settings = { keyFile: '', mayMakeKey: true, anchorFile: '' };
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'meditory-audit-'));
    settings.keyFile = join(folder, 'audit-keys.json');
    settings.anchorFile = join(folder, 'anchors', 'audit-anchors.ndjson');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return settings;
}

/** The services of the chain on a database, without a server. */
export function chainOn(db: TestDatabase, settings: AuditSettings) {
  const seals = new AuditSealsRepository();
  const sealer = new SealerService(db.uow, seals, settings);
  const chain = new ChainStateService(db.uow, seals, settings);
  return {
    seals,
    sealer,
    chain,
    anchors: new AnchorsService(db.uow, seals, sealer, settings),
    verifier: new VerifyService(db.uow, seals, sealer, chain, settings),
  };
}

/** Rows of the trail as triggers would write them, in one transaction, with texts that COPY has to escape. */
export async function writeTrail(db: TestDatabase, rows: number): Promise<void> {
  await db.owner.query(
    `insert into operational.audit_logs (tx_id, user_id, branch_id, request_id, table_schema, table_name, row_key, action, before, after)
     select 'tx' || n / 3, n % 7, nullif(n % 4, 0), case when n % 5 > 0 then 'r' || n end, 'operational', 'patients', n::text,
       (array['insert', 'update', 'read'])[1 + n % 3], case when n % 3 = 1 then jsonb_build_object('notes', E'tab\\there \\\\ and\\nline', 'n', n) end,
       case when n % 3 < 2 then jsonb_build_object('name', 'منى ' || n, 'amount', 1.50, 'nothing', null) end
     from generate_series(1, $1) n`,
    [rows],
  );
}

/** A trail that begins now: what making the database left in it is young. As a superuser could, before anything is sealed. */
export async function emptyTrail(db: TestDatabase): Promise<void> {
  const client = await db.owner.connect();
  try {
    await client.query('set session_replication_role = replica');
    await client.query('delete from operational.audit_logs');
  } finally {
    client.release(true);
  }
}
