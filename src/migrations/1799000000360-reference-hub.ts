import type { MigrationInterface, QueryRunner } from 'typeorm';

import { ALONE, ARRIVALS, GUARDS, IN_A_NETWORK } from './reference-hub/guards.sql.js';
import { BROKEN_REFERENCES, DROP, INTAKE } from './reference-hub/intake.sql.js';
import { PUBLISHED, RIGHTS, TABLES } from './reference-hub/tables.sql.js';
import { refuseToDropRows } from './support/drop-guard.js';

/** A hub publishes schema reference by logical replication, branches take it from there (docs/hub.md, ADR 56). */
export class ReferenceHub1799000000360 implements MigrationInterface {
  name = 'ReferenceHub1799000000360';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(TABLES);
    await queryRunner.query(RIGHTS);
    await queryRunner.query(PUBLISHED);
    await queryRunner.query(IN_A_NETWORK);
    await queryRunner.query(GUARDS);
    await queryRunner.query(ARRIVALS);
    await queryRunner.query(INTAKE);
    await queryRunner.query(BROKEN_REFERENCES);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await refuseToDropRows(queryRunner, ['reference.hub_links']);
    await queryRunner.query(ALONE);
    await queryRunner.query(DROP);
  }
}
