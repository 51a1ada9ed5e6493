import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Another product than the one prescribed: never without its kind and reason, never against the dispense-as-written code.
 * The code of a fill is that of its prescription unless the pharmacist gives one at the fill.
 */
export class Substitution1798000000042 implements MigrationInterface {
  name = 'Substitution1798000000042';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
alter table operational.fills
  add column daw_code smallint not null default 0,
  add column substitution_note text check (length(substitution_note) <= 500),
  add constraint fills_daw_code_check check (daw_code between 0 and 9),
  add constraint fills_daw_check check (substitution_type is null or (daw_code not in (1, 2, 7, 9) and (daw_code not in (3, 4, 8) or substitution_type <> 'generic'))),
  add constraint fills_substitution_reason_check check (substitution_reason in ('out_of_stock', 'patient_request', 'price', 'formulary', 'regulatory', 'continuing_therapy', 'prescriber_agreed')),
  add constraint fills_therapeutic_check check (substitution_type is distinct from 'therapeutic' or substitution_note is not null);
comment on column operational.fills.daw_code is 'Dispense-as-written code the fill was made under.';
comment on column operational.fills.substitution_note is 'Why it was substituted, in words; always there for another active substance.';
comment on column operational.fills.substitution_reason is 'Why it was substituted, by code.';

create function operational.guard_substitution() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_rx operational.prescriptions%rowtype;
begin
  select * into v_rx from operational.prescriptions where prescription_id = new.prescription_id;
  if (new.drug_id <> v_rx.drug_id) <> (new.substitution_type is not null) then
    raise exception 'fill under prescription % of product %, prescribed is %: substitution %', v_rx.prescription_id, new.drug_id, v_rx.drug_id, new.substitution_type
      using errcode = 'MD023';
  end if;
  if v_rx.daw_code in (1, 7) and (new.daw_code <> v_rx.daw_code or new.drug_id <> v_rx.drug_id) then
    raise exception 'prescription % is to be dispensed as written (%)', v_rx.prescription_id, v_rx.daw_code using errcode = 'MD023';
  end if;
  return new;
end $$;
comment on function operational.guard_substitution() is 'Refuses another product than prescribed without its kind, or where it is to be dispensed as written.';
create trigger fills_guard_substitution before insert on operational.fills
  for each row execute function operational.guard_substitution();
`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
drop trigger fills_guard_substitution on operational.fills;
drop function operational.guard_substitution();
alter table operational.fills drop constraint fills_substitution_reason_check, drop constraint fills_therapeutic_check,
  drop constraint fills_daw_check, drop column substitution_note, drop column daw_code;
comment on column operational.fills.substitution_reason is 'Why it was substituted.';
`);
  }
}
