import type { MigrationInterface, QueryRunner } from 'typeorm';

import { refuseToDropRows } from './support/drop-guard.js';

/**
 * Trimester or due date of a pregnancy, hepatic function, and the day each state was asked about, so that what is too old
 * is not relied on. Answers from before get the day of the record, the earliest they can be from.
 */
export class PatientState1798000000010 implements MigrationInterface {
  name = 'PatientState1798000000010';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
alter table operational.patients
  add column trimester smallint check (trimester between 1 and 3),
  add column due_date date,
  add column pregnancy_recorded_on date,
  add column lactation_recorded_on date,
  add column child_pugh text check (child_pugh in ('A', 'B', 'C')),
  add column child_pugh_recorded_on date;
alter table operational.patients disable trigger user;
update operational.patients
set pregnancy_recorded_on = case when pregnant is not null then created_at::date end,
  lactation_recorded_on = case when lactating is not null then created_at::date end
where pregnant is not null or lactating is not null;
alter table operational.patients enable trigger user;
alter table operational.patients
  add constraint patients_pregnancy_check check (num_nonnulls(trimester, due_date) = 0 or pregnant is true and num_nonnulls(trimester, due_date) = 1),
  add constraint patients_pregnancy_day_check check (num_nonnulls(trimester, due_date) = 0 or pregnancy_recorded_on is not null),
  add constraint patients_due_date_check check (due_date between pregnancy_recorded_on - 14 and pregnancy_recorded_on + 294),
  add constraint patients_child_pugh_day_check check ((child_pugh is null) = (child_pugh_recorded_on is null));
comment on column operational.patients.trimester is 'Trimester of the pregnancy as told on pregnancy_recorded_on; null: not known, or known by due_date.';
comment on column operational.patients.due_date is 'Day the birth is expected; the trimester follows from it.';
comment on column operational.patients.pregnancy_recorded_on is 'When pregnancy was asked about.';
comment on column operational.patients.lactation_recorded_on is 'When breast-feeding was asked about.';
comment on column operational.patients.child_pugh is 'Hepatic function, Child-Pugh class; null: not known.';
comment on column operational.patients.child_pugh_recorded_on is 'When hepatic function was judged.';
`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await refuseToDropRows(queryRunner, ['operational.patients']);
    await queryRunner.query(`
alter table operational.patients drop column trimester, drop column due_date, drop column pregnancy_recorded_on,
  drop column lactation_recorded_on, drop column child_pugh, drop column child_pugh_recorded_on;
`);
  }
}
