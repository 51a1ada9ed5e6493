import type { MigrationInterface, QueryRunner } from 'typeorm';

import { commentedSql } from './support/commented-sql.js';
import { refuseToDropRows } from './support/drop-guard.js';

/**
 * Limits of the rest of a partial fill and caps for a person, asked when something is filled, by the database too. What they are
 * is a table that says what the rules of the programs say; a test holds the two together.
 */
export class ControlledLimits1799000000020 implements MigrationInterface {
  name = 'ControlledLimits1799000000020';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      commentedSql(`
alter table operational.controlled_schedules
  add column rest text not null default 'valid' check (rest in ('valid', 'never', 'limited')),
  add column cap_period_days smallint check (cap_period_days > 0),
  add column cap_days_supply smallint check (cap_days_supply > 0),
  add column cap_times smallint check (cap_times > 0),
  add constraint controlled_schedules_cap_check check (num_nonnulls(cap_days_supply, cap_times) = num_nonnulls(cap_period_days));
comment on column operational.controlled_schedules.rest is 'Whether the rest of a partial fill may be given: while the prescription is valid, never, or as controlled_rest_limits says.';
comment on column operational.controlled_schedules.cap_period_days is 'Days in which what a person was given counts; null: no cap.';
comment on column operational.controlled_schedules.cap_days_supply is 'Most days of supply a person may have in hand.';
comment on column operational.controlled_schedules.cap_times is 'Most a person may be given, in times what one prescription may hold.';

create table operational.controlled_rest_limits ( -- Until when the rest of a partial fill may be given, by why only a part was.
  jurisdiction text not null, -- Whose rules.
  schedule text not null, -- Schedule of the product.
  reason text not null check (reason in ('short_of_stock', 'requested', 'long_term_care', 'terminal_illness')), -- Why only a part was given.
  hours_from_part smallint check (hours_from_part > 0), -- Hours from the part that left it.
  days_from_written smallint check (days_from_written > 0), -- Days from when the prescription was written.
  constraint controlled_rest_limits_pkey primary key (jurisdiction, schedule, reason),
  constraint controlled_rest_limits_schedule_fkey foreign key (jurisdiction, schedule) references operational.controlled_schedules (jurisdiction, schedule),
  constraint controlled_rest_limits_one_check check (num_nonnulls(hours_from_part, days_from_written) = 1)
);
update operational.controlled_schedules set rest = 'limited', cap_period_days = 90, cap_days_supply = 90 where (jurisdiction, schedule) = ('US', 'II');
update operational.controlled_schedules set rest = 'never', cap_period_days = 30, cap_times = 10 where (jurisdiction, schedule) = ('EG', 'II');
insert into operational.controlled_rest_limits (jurisdiction, schedule, reason, hours_from_part, days_from_written)
values ('US', 'II', 'short_of_stock', 72, null), ('US', 'II', 'requested', null, 30),
  ('US', 'II', 'long_term_care', null, 60), ('US', 'II', 'terminal_illness', null, 60);
grant select on operational.controlled_rest_limits to pharmacy_app, pharmacy_reporting;

create table operational.controlled_maxima ( -- What one prescription may hold of a controlled product, where the law counts in that.
  jurisdiction text not null check (jurisdiction in ('EG', 'US')), -- Whose rules.
  drug_id integer not null references reference.drugs (drug_id), -- The product.
  quantity numeric(14, 3) not null check (quantity > 0), -- Base units.
  source text not null check (length(btrim(source)) between 3 and 300), -- Where the figure comes from.
  set_by integer not null references operational.users (user_id), -- Who entered it last.
  set_at timestamptz not null default now(), -- When.
  constraint controlled_maxima_pkey primary key (jurisdiction, drug_id)
);
call operational.attach_row_audit('controlled_maxima', 'jurisdiction,drug_id');
grant select, insert, update (quantity, source, set_by, set_at) on operational.controlled_maxima to pharmacy_app;
grant select on operational.controlled_maxima to pharmacy_reporting;

alter table operational.fills
  add column partial_reason text check (partial_reason in ('short_of_stock', 'requested', 'long_term_care', 'terminal_illness'));
comment on column operational.fills.partial_reason is 'Why only a part was given, where a rest was left and it was said.';

create function operational.lock_person(p_patient integer) returns integer language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_patient integer;
begin
  loop
    v_patient := operational.surviving_patient(p_patient);
    perform 1 from operational.patients p where p.patient_id = v_patient for no key update;
    -- Whoever was waited for may have merged the record into another.
    exit when v_patient is not distinct from operational.surviving_patient(p_patient);
  end loop;
  return v_patient;
end $$;
comment on function operational.lock_person(integer) is 'Locks the record that answers for a patient number, so that caps of one person are judged one fill after the other.';

create function operational.same_controlled(p_drug integer, p_other integer) returns boolean language sql stable
  set search_path = pg_catalog, pg_temp as $$
  with own as (
    select coalesce(i.base_ingredient_id, i.ingredient_id) as ingredient_id
    from reference.drug_ingredients l join reference.ingredients i using (ingredient_id) where l.drug_id = p_drug
  ), telling as (
    select o.ingredient_id, exists (
      select from reference.ingredients i join reference.drug_ingredients l using (ingredient_id) join reference.drugs d using (drug_id)
      where (i.ingredient_id = o.ingredient_id or i.base_ingredient_id = o.ingredient_id) and d.controlled_schedule is null) as is_free
    from own o
  )
  select p_drug = p_other or exists (
    select from reference.drug_ingredients l join reference.ingredients i using (ingredient_id)
    join telling t on t.ingredient_id = coalesce(i.base_ingredient_id, i.ingredient_id)
    where l.drug_id = p_other and (not t.is_free or not exists (select from telling x where not x.is_free)))
$$;
comment on function operational.same_controlled(integer, integer) is 'True where two controlled products hold the same controlled substance: the same ingredient, but for one that free products hold too.';

create function operational.controlled_given(p_patient integer, p_drug integer, p_jurisdiction text, p_today date)
returns table (given_on date, days_supply integer, quantity numeric) language sql stable security definer
  set search_path = pg_catalog, pg_temp as $$
  -- What is prepared and not handed over yet is in the person's hands from today.
  select coalesce(case when f.status = 'dispensed' then f.dispensed_on end, p_today), f.days_supply::integer,
    case when f.drug_id = p_drug or mine.quantity is null or other.quantity is null then f.quantity
      else ceil(f.quantity * mine.quantity / other.quantity * 1000) / 1000 end
  from operational.patient_family(p_patient) as n (patient_id)
  join operational.prescriptions r on r.patient_id = n.patient_id
  join operational.fills f on f.prescription_id = r.prescription_id and f.status not in ('reversed', 'returned_to_stock')
  join reference.drugs d on d.drug_id = f.drug_id
  join reference.drugs own on own.drug_id = p_drug and own.controlled_schedule = d.controlled_schedule
  left join operational.controlled_maxima mine on mine.jurisdiction = p_jurisdiction and mine.drug_id = p_drug
  left join operational.controlled_maxima other on other.jurisdiction = p_jurisdiction and other.drug_id = f.drug_id
  where operational.same_controlled(p_drug, f.drug_id)
$$;
comment on function operational.controlled_given(integer, integer, text, date) is 'What a person, under every number of his, was given of the controlled substance of a product: day, days of supply, base units of that product.';

create function operational.guard_controlled_fill() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_rule operational.controlled_schedules%rowtype;
  v_rx operational.prescriptions%rowtype;
  v_today date;
  v_given numeric;
  v_had numeric;
  v_most numeric;
begin
  select s.* into v_rule from operational.branches b join reference.drugs d on d.drug_id = new.drug_id
  join operational.controlled_schedules s on s.jurisdiction = b.jurisdiction and s.schedule = d.controlled_schedule
  where b.branch_id = new.branch_id;
  if not found then
    return new;
  end if;
  select (now() at time zone b.time_zone)::date into v_today from operational.branches b where b.branch_id = new.branch_id;
  select * into v_rx from operational.prescriptions r where r.prescription_id = new.prescription_id;
  if v_rule.rest <> 'valid' then
    select coalesce(sum(f.quantity), 0) into v_given from operational.fills f
    where f.prescription_id = new.prescription_id and f.fill_number = new.fill_number and f.status not in ('reversed', 'returned_to_stock');
    if v_given > 0 and (v_rule.rest = 'never' or exists (
      select from operational.fills f
      left join operational.controlled_rest_limits l on l.jurisdiction = v_rule.jurisdiction and l.schedule = v_rule.schedule
        and l.reason = coalesce(f.partial_reason, 'short_of_stock')
      where f.prescription_id = new.prescription_id and f.fill_number = new.fill_number and f.status not in ('reversed', 'returned_to_stock')
        and not coalesce(now() <= f.filled_at + make_interval(hours => l.hours_from_part), v_today <= v_rx.prescribed_date + l.days_from_written, false)
    )) then
      raise exception 'the rest of fill % of prescription % is too late', new.fill_number, new.prescription_id using errcode = 'MD032';
    end if;
    if v_rule.rest = 'limited' and new.partial_reason is null and v_given + new.quantity < v_rx.quantity then
      raise exception 'fill % of prescription % leaves a rest and does not say why', new.fill_number, new.prescription_id using errcode = 'MD033';
    end if;
  end if;
  if v_rule.cap_period_days is not null then
    perform operational.lock_person(v_rx.patient_id);
    if v_rule.cap_days_supply is not null then
      select coalesce(sum(greatest(0, g.days_supply - (v_today - g.given_on))), 0) into v_had
      from operational.controlled_given(v_rx.patient_id, new.drug_id, v_rule.jurisdiction, v_today) g
      where v_today - g.given_on between 0 and v_rule.cap_period_days - 1;
      v_most := v_rule.cap_days_supply - new.days_supply;
    else
      select coalesce(sum(g.quantity), 0) into v_had
      from operational.controlled_given(v_rx.patient_id, new.drug_id, v_rule.jurisdiction, v_today) g
      where v_today - g.given_on between 0 and v_rule.cap_period_days - 1;
      select m.quantity * v_rule.cap_times - new.quantity into v_most
      from operational.controlled_maxima m where m.jurisdiction = v_rule.jurisdiction and m.drug_id = new.drug_id;
    end if;
    if v_had > v_most then
      raise exception 'the person has % of drug % in % days already', v_had, new.drug_id, v_rule.cap_period_days using errcode = 'MD034';
    end if;
  end if;
  return new;
end $$;
comment on function operational.guard_controlled_fill() is 'Refuses the rest of a controlled fill after its time, a part that does not say why, and more than a person may have, by the jurisdiction of the branch.';
create trigger fills_guard_controlled before insert on operational.fills
  for each row execute function operational.guard_controlled_fill();

grant execute on function operational.lock_person(integer), operational.controlled_given(integer, integer, text, date) to pharmacy_app;
`),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await refuseToDropRows(queryRunner, ['operational.controlled_maxima']);
    await queryRunner.query(`
drop trigger fills_guard_controlled on operational.fills;
drop function operational.guard_controlled_fill();
drop function operational.controlled_given(integer, integer, text, date);
drop function operational.same_controlled(integer, integer);
drop function operational.lock_person(integer);
alter table operational.fills drop column partial_reason;
drop table operational.controlled_maxima, operational.controlled_rest_limits;
alter table operational.controlled_schedules drop constraint controlled_schedules_cap_check,
  drop column cap_times, drop column cap_days_supply, drop column cap_period_days, drop column rest;
`);
  }
}
