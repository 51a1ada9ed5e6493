import type { MigrationInterface, QueryRunner } from 'typeorm';

import { applySql } from './import-releases/apply.sql.js';
import { DOWN } from './import-releases/down.sql.js';
import { IMAGES } from './import-releases/images.sql.js';
import { REVERT } from './import-releases/revert.sql.js';
import { RIGHTS } from './import-releases/rights.sql.js';
import { TABLES } from './import-releases/tables.sql.js';
import { commentedSql } from './support/commented-sql.js';
import { refuseToDropRows } from './support/drop-guard.js';

/**
 * Releases that are previewed, applied and taken back: staging by table, the stored diff, before-images kept by trigger,
 * and the functions that write and restore many rows. See docs/adr/0014-releases.md.
 */
export class ImportReleases1763800000016 implements MigrationInterface {
  name = 'ImportReleases1763800000016';

  async up(queryRunner: QueryRunner): Promise<void> {
    const [role] = (await queryRunner.query(
      "select /* migrations.isSuperuser */ current_setting('is_superuser') = 'on' as superuser",
    )) as { superuser: boolean }[];
    for (const part of [TABLES, IMAGES, applySql(role?.superuser === true), REVERT, RIGHTS])
      await queryRunner.query(commentedSql(part));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await refuseToDropRows(queryRunner, ['reference.release_images', 'reference.release_changes']);
    await queryRunner.query(commentedSql(DOWN));
  }
}
