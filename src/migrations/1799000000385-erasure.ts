import type { MigrationInterface, QueryRunner } from 'typeorm';

import { DROP_ERASING, ERASING } from './erasure/erase.sql.js';
import { DROP_GUARDS, GUARDS } from './erasure/guards.sql.js';
import { DROP_ROWS, ROWS } from './erasure/rows.sql.js';
import { DROP_TABLES, TABLES } from './erasure/tables.sql.js';
import { dropRight, newRight } from './support/branch-scope.js';
import { commentedSql } from './support/commented-sql.js';
import { refuseToDropRows } from './support/drop-guard.js';
import { asLogin } from './support/forced-row-security.js';

const NEW_RIGHTS = [
  newRight('ErasePatient', 'Record that a patient asked to be erased, carry it out or refuse it', [
    'ManageUsers',
  ]),
  newRight('ReadErasedIdentity', 'See who an erased patient was, as long as law keeps records of him', [
    'ManageUsers',
  ]),
  newRight('ManageRetention', 'Set how long records are kept though a patient is erased', ['ManageUsers']),
].join('');
const DROP_RIGHTS = ['ErasePatient', 'ReadErasedIdentity', 'ManageRetention'].map(dropRight).join('');
const DROP_DEFINERS = asLogin(`
drop function operational.read_erased_identity(integer, text), operational.release_erasure_holds(integer), operational.carry_out_erasure(integer);`);

/** Erasing a patient on request: at once what no rule holds, the rest when its time has come; the audit trail is blanked and stays provable (ADR 57). */
export class Erasure1799000000385 implements MigrationInterface {
  name = 'Erasure1799000000385';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(commentedSql(TABLES));
    await queryRunner.query(GUARDS);
    await queryRunner.query(ROWS);
    await queryRunner.query(ERASING);
    await queryRunner.query(NEW_RIGHTS);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await refuseToDropRows(queryRunner, ['operational.erasure_requests']);
    await queryRunner.query(DROP_RIGHTS);
    await queryRunner.query(DROP_DEFINERS);
    await queryRunner.query(DROP_ERASING);
    await queryRunner.query(DROP_ROWS);
    await queryRunner.query(DROP_GUARDS);
    await queryRunner.query(DROP_TABLES);
  }
}
