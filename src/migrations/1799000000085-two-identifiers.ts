import type { MigrationInterface, QueryRunner } from 'typeorm';

/** New branches ask for two particulars of the patient before anything is handed over; those there are keep what they chose. */
export class TwoIdentifiers1799000000085 implements MigrationInterface {
  name = 'TwoIdentifiers1799000000085';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'alter table operational.branches alter column pick_up_identifiers set default true',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'alter table operational.branches alter column pick_up_identifiers set default false',
    );
  }
}
