import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Directions for use as they were understood when the prescription was entered, so that a label says tomorrow what it
 * says today. Null: kept as written alone.
 */
export class SigStructure1798000000060 implements MigrationInterface {
  name = 'SigStructure1798000000060';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
alter table operational.prescriptions
  add column sig_structure jsonb,
  add constraint prescriptions_sig_structure_check check (
    sig_structure is null
    or (jsonb_typeof(sig_structure) = 'object' and jsonb_typeof(sig_structure -> 'steps') = 'array'
      and jsonb_array_length(sig_structure -> 'steps') between 1 and 12 and length(sig_structure::text) <= 20000));
comment on column operational.prescriptions.sig_structure is 'Directions as understood at entry: steps with dose, frequency, duration; null: kept as written alone.';
`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
alter table operational.prescriptions
  drop constraint prescriptions_sig_structure_check,
  drop column sig_structure;
`);
  }
}
