import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An early refill is an alert, and its override has reasons of its own. */
export class EarlyRefill1798000000011 implements MigrationInterface {
  name = 'EarlyRefill1798000000011';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
alter table operational.alert_overrides drop constraint alert_overrides_reason_check,
  add constraint alert_overrides_reason_check check (reason in ('benefit_outweighs_risk', 'prescriber_consulted', 'patient_tolerates',
    'dose_adjusted', 'monitoring_in_place', 'not_clinically_relevant', 'vacation_supply', 'lost_or_damaged', 'supply_agreed'));
`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
alter table operational.alert_overrides drop constraint alert_overrides_reason_check,
  add constraint alert_overrides_reason_check check (reason in ('benefit_outweighs_risk', 'prescriber_consulted', 'patient_tolerates',
    'dose_adjusted', 'monitoring_in_place', 'not_clinically_relevant'));
`);
  }
}
