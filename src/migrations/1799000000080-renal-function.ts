import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Creatinine is judged by from now on: what the columns mean is said anew. */
export class RenalFunction1799000000080 implements MigrationInterface {
  name = 'RenalFunction1799000000080';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
comment on column operational.patients.creatinine_umol_l is 'Creatinine in serum or blood, micromoles per litre; null: not known. Renal function is computed from it where it is later than egfr.';
comment on column operational.patients.egfr is 'Renal function as measured, mL/min/1.73 m2; null: not known.';
`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
comment on column operational.patients.creatinine_umol_l is 'Creatinine in serum or blood, micromoles per litre; null: not known. Renal function is judged by egfr.';
comment on column operational.patients.egfr is 'Renal function, mL/min/1.73 m2; null: not known.';
`);
  }
}
