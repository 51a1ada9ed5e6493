import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Finds what runs out in the next days without looking at every fill of a branch. */
export class RefillsDue1798000000082 implements MigrationInterface {
  name = 'RefillsDue1798000000082';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `create index fills_runs_out_idx on operational.fills (branch_id, (dispensed_on + days_supply), prescription_id) where status = 'dispensed';`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop index operational.fills_runs_out_idx;');
  }
}
