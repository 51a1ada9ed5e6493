import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A code of an app is good for its thirty seconds alone, by the clock of the phone that shows it. */
export class CodeDrift1799000000322 implements MigrationInterface {
  name = 'CodeDrift1799000000322';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
alter table operational.mfa_factors add column drift_seconds smallint not null default 0
  constraint mfa_factors_drift_check check (drift_seconds between -30 and 30 and (drift_seconds = 0 or kind = 'totp'));
comment on column operational.mfa_factors.drift_seconds is 'Of an app: how far the clock of its phone is ahead of ours (negative: behind), as last observed.';
grant update (drift_seconds) on operational.mfa_factors to pharmacy_app;
comment on column operational.recovery_codes.code_hash is 'SHA-256 of the code: 118 random bits (79 of sets made before 2026-12), so that a plain hash does.';
`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
comment on column operational.recovery_codes.code_hash is 'SHA-256 of the code: 80 random bits, so that a plain hash does.';
alter table operational.mfa_factors drop column drift_seconds;
`);
  }
}
