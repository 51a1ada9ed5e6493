import type { MigrationInterface, QueryRunner } from 'typeorm';

import { dropRight, newRight } from './support/branch-scope.js';

const READ = 'See how the installation is: health, jobs, disk, slow queries';
const MANAGE = 'Run jobs by hand and begin the figures of slow queries anew';

/** Who looks after the installation: who reads the audit trail sees how it is, who manages roles may act. */
export class OperationsRights1799000000280 implements MigrationInterface {
  name = 'OperationsRights1799000000280';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(newRight('ReadOperations', READ, ['ReadAuditLog']));
    await queryRunner.query(newRight('ManageOperations', MANAGE, ['ManageRoles']));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(dropRight('ManageOperations'));
    await queryRunner.query(dropRight('ReadOperations'));
  }
}
