import type { MigrationInterface, QueryRunner } from 'typeorm';

import { applySql } from './import-speed/apply.sql.js';
import { DOWN } from './import-speed/down.sql.js';
import { FINISHING } from './import-speed/finishing.sql.js';
import { revertSql } from './import-speed/revert.sql.js';
import { STAGING } from './import-speed/staging.sql.js';
import { commentedSql } from './support/commented-sql.js';

/**
 * Releases of half a million products in less time: products are matched once, foreign keys of new rows are checked set by
 * set (which the functions were meant to do and could not, since migrations do not run as superuser), and the work after
 * the commit is cut into parts. See docs/adr/0014-releases.md.
 */
export class ImportSpeed1795000000000 implements MigrationInterface {
  name = 'ImportSpeed1795000000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    const [owner] = (await queryRunner.query(
      "select /* migrations.mayReplicate */ has_parameter_privilege('session_replication_role', 'set') as may",
    )) as { may: boolean }[];
    const may = owner?.may === true;
    for (const part of [STAGING, applySql(may), FINISHING, revertSql(may)])
      await queryRunner.query(commentedSql(part));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(commentedSql(DOWN));
  }
}
