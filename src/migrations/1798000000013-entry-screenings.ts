import type { MigrationInterface, QueryRunner } from 'typeorm';

import { refuseToDropRows } from './support/drop-guard.js';

/** What was judged when a prescription was entered is kept as well, so that it can be given again. */
export class EntryScreenings1798000000013 implements MigrationInterface {
  name = 'EntryScreenings1798000000013';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
alter table operational.screenings drop constraint screenings_purpose_check, drop constraint screenings_target_check,
  add constraint screenings_purpose_check check (purpose in ('entry', 'fill', 'verify', 'dispense', 'sale')),
  add constraint screenings_target_check check (
    (purpose = 'sale') = (sale_id is not null) and (purpose = 'sale') = (prescription_id is null) and (purpose in ('entry', 'sale')) = (fill_id is null));
create index screenings_entry_idx on operational.screenings (prescription_id, screening_id) where purpose = 'entry';
comment on column operational.screenings.fill_id is 'The fill; null: an entry or a sale.';
comment on column operational.screenings.drug_id is 'The product judged, of an entry or a fill.';
`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await refuseToDropRows(queryRunner, ['operational.screenings']);
    await queryRunner.query(`
drop index operational.screenings_entry_idx;
alter table operational.screenings disable trigger user;
delete from operational.screenings where purpose = 'entry';
alter table operational.screenings enable trigger user;
alter table operational.screenings drop constraint screenings_purpose_check, drop constraint screenings_target_check,
  add constraint screenings_purpose_check check (purpose in ('fill', 'verify', 'dispense', 'sale')),
  add constraint screenings_target_check check ((purpose = 'sale') = (sale_id is not null) and (purpose = 'sale') = (fill_id is null) and (fill_id is null) = (prescription_id is null));
`);
  }
}
