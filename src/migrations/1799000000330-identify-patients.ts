import type { MigrationInterface, QueryRunner } from 'typeorm';

import { dropRight, newRight } from './support/branch-scope.js';

const DOWN = dropRight('IdentifyPatients');

/** The right to know who a patient is. Roles that read of patients so far keep what they see. */
export class IdentifyPatients1799000000330 implements MigrationInterface {
  name = 'IdentifyPatients1799000000330';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      newRight(
        'IdentifyPatients',
        'Know who a patient is: names, birth date, telephone, numbers; without it initials and the year of birth',
        ['ReadPatient', 'ReadPrescription', 'ReadClaims', 'Sell'],
      ),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(DOWN);
  }
}
