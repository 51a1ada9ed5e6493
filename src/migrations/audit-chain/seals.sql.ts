import { appendOnly } from '../support/branch-scope.js';

/** Seals of the audit trail: each covers a range of numbers, knows every row in it, and the seal before. */
export const SEALS = `
create table operational.audit_seals ( -- The chain over the audit trail: each seal covers a range of its rows and the seal before. Written after the rows are committed, append-only.
  seal_no bigint primary key check (seal_no > 0), -- 1, 2, 3 … without a gap.
  chain_id uuid not null, -- The chain of this installation, drawn with its first seal.
  first_id bigint not null, -- First number of the range: the one after the range before.
  last_id bigint not null, -- Last number of the range; nothing in it can still be committed.
  row_count integer not null check (row_count > 0), -- Rows in the range.
  row_hashes bytea not null, -- For each row its number (8 bytes) and the SHA-256 of its line (32 bytes), by number.
  rows_hash bytea not null, -- SHA-256 of row_hashes.
  sealed_at timestamptz not null, -- When it was sealed.
  key_id text not null check (key_id ~ '^[a-z0-9]{4,32}$'), -- Key of the MAC; the key itself is never in the database.
  previous_hash bytea, -- Hash of the seal before; null: the first.
  hash bytea not null check (octet_length(hash) = 32), -- SHA-256 of all above as text.
  mac bytea not null check (octet_length(mac) = 32), -- HMAC-SHA-256 of the hash.
  constraint audit_seals_range_check check (first_id <= last_id and row_count <= last_id - first_id + 1),
  constraint audit_seals_first_check check ((seal_no = 1) = (previous_hash is null)),
  constraint audit_seals_rows_check check (octet_length(row_hashes) = 40 * row_count and rows_hash = sha256(row_hashes))
);
create unique index audit_seals_last_id_key on operational.audit_seals (last_id);
create index audit_seals_time_idx on operational.audit_seals (sealed_at);

create function operational.guard_audit_seal() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_last operational.audit_seals%rowtype;
begin
  select * into v_last from operational.audit_seals order by seal_no desc limit 1;
  if new.seal_no <> coalesce(v_last.seal_no, 0) + 1 or new.first_id <> coalesce(v_last.last_id, 0) + 1
    or new.previous_hash is distinct from v_last.hash or new.chain_id <> coalesce(v_last.chain_id, new.chain_id) then
    raise exception 'seal % does not follow seal %', new.seal_no, coalesce(v_last.seal_no, 0) using errcode = 'MD401';
  end if;
  return new;
end $$;
comment on function operational.guard_audit_seal() is 'A seal follows the last one: number, range, hash and chain.';
create trigger audit_seals_guard before insert on operational.audit_seals
  for each row execute function operational.guard_audit_seal();
${appendOnly('audit_seals')}

-- Whoever seals reads the trail of all branches, adds seals, and can do nothing else.
grant usage on schema operational to pharmacy_sealer;
create policy sealer_reads on operational.audit_logs for select to pharmacy_sealer using (true);
grant select on operational.audit_logs, operational.audit_seals to pharmacy_sealer;
grant select on sequence operational.audit_logs_audit_log_id_seq to pharmacy_sealer;
grant insert on operational.audit_seals to pharmacy_sealer;
grant select on operational.audit_seals to pharmacy_app, pharmacy_reporting;

-- A transaction has its own number before its row of the trail has one: what is committed after a sealer looked is then known to him.
create or replace function operational.log_read(p_table text, p_key text, p_branch integer) returns void language sql security definer
  set search_path = pg_catalog, pg_temp as $$
  select pg_current_xact_id();
  insert into operational.audit_logs (tx_id, user_id, branch_id, request_id, table_schema, table_name, row_key, action)
  values (operational.current_tx_id(), operational.current_user_id(), p_branch,
    nullif(current_setting('app.request_id', true), ''), 'operational', p_table, p_key, 'read');
$$;
`;

/** Taking old rows out, after they were exported: whole seals from the beginning, and the seal stays. */
export const REMOVALS = `
create table operational.audit_removals ( -- Rows of the audit trail that were taken out after an export; their seals stay. Append-only.
  removal_no bigint primary key check (removal_no > 0), -- 1, 2, 3 … without a gap.
  first_seal bigint not null, -- First seal whose rows are gone: the one after the removal before.
  last_seal bigint not null, -- Last seal whose rows are gone.
  first_id bigint not null, -- First number that is gone.
  last_id bigint not null, -- Last number that is gone.
  row_count bigint not null check (row_count > 0), -- Rows that are gone.
  keep_years integer not null check (keep_years between 1 and 100), -- How old a row had to be.
  export_sha256 bytea not null check (octet_length(export_sha256) = 32), -- SHA-256 of the file they were exported to.
  removed_at timestamptz not null, -- When.
  key_id text not null, -- Key of the MAC.
  mac bytea not null check (octet_length(mac) = 32), -- HMAC-SHA-256 of all above as text.
  constraint audit_removals_first_fkey foreign key (first_seal) references operational.audit_seals (seal_no),
  constraint audit_removals_last_fkey foreign key (last_seal) references operational.audit_seals (seal_no),
  constraint audit_removals_range_check check (first_seal <= last_seal and first_id <= last_id)
);

create function operational.guard_audit_removal() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_last operational.audit_removals%rowtype;
  v_first_id bigint;
  v_last_id bigint;
  v_rows bigint;
begin
  select * into v_last from operational.audit_removals order by removal_no desc limit 1;
  select min(first_id), max(last_id), sum(row_count) into v_first_id, v_last_id, v_rows
    from operational.audit_seals where seal_no between new.first_seal and new.last_seal;
  if new.removal_no <> coalesce(v_last.removal_no, 0) + 1 or new.first_seal <> coalesce(v_last.last_seal, 0) + 1
    or (new.first_id, new.last_id, new.row_count) is distinct from (v_first_id, v_last_id, v_rows) then
    raise exception 'removal % is not of whole seals from the beginning', new.removal_no using errcode = 'MD402';
  end if;
  if exists (select from operational.audit_logs l where l.audit_log_id between new.first_id and new.last_id
      and l.occurred_at >= new.removed_at - make_interval(years => new.keep_years)) then
    raise exception 'seals % to % have rows younger than % years', new.first_seal, new.last_seal, new.keep_years using errcode = 'MD402';
  end if;
  return new;
end $$;
comment on function operational.guard_audit_removal() is 'A removal is of whole seals from the beginning, all of whose rows are old enough.';
create trigger audit_removals_guard before insert on operational.audit_removals
  for each row execute function operational.guard_audit_removal();
${appendOnly('audit_removals')}
call operational.attach_row_audit('audit_removals', 'removal_no');
grant select on operational.audit_removals to pharmacy_app, pharmacy_sealer, pharmacy_reporting;

create function operational.guard_audit_delete() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (select from operational.audit_removals r where old.audit_log_id between r.first_id and r.last_id) then
    raise exception 'operational.audit_logs is append-only: DELETE refused' using errcode = 'MD004';
  end if;
  return old;
end $$;
comment on function operational.guard_audit_delete() is 'A row of the trail goes with a removal only.';
drop trigger audit_logs_append_only on operational.audit_logs;
create trigger audit_logs_append_only before update on operational.audit_logs
  for each row execute function operational.refuse_change();
create trigger audit_logs_removal before delete on operational.audit_logs
  for each row execute function operational.guard_audit_delete();

create function operational.remove_audit_rows(p_removal operational.audit_removals) returns void language plpgsql
  set search_path = pg_catalog, pg_temp as $$
declare
  v_gone bigint;
begin
  insert into operational.audit_removals select p_removal.*;
  delete from operational.audit_logs where audit_log_id between p_removal.first_id and p_removal.last_id;
  get diagnostics v_gone = row_count;
  if v_gone <> p_removal.row_count then
    raise exception 'removal %: % rows are there, % were sealed', p_removal.removal_no, v_gone, p_removal.row_count using errcode = 'MD402';
  end if;
end $$;
comment on function operational.remove_audit_rows(operational.audit_removals) is 'Takes the rows of a removal out; granted to nobody, the owner calls it.';
revoke all on function operational.remove_audit_rows(operational.audit_removals) from public;
`;

export const REMOVALS_DOWN = `
drop function operational.remove_audit_rows(operational.audit_removals);
drop trigger audit_logs_removal on operational.audit_logs;
drop trigger audit_logs_append_only on operational.audit_logs;
create trigger audit_logs_append_only before update or delete on operational.audit_logs
  for each row execute function operational.refuse_change();
drop function operational.guard_audit_delete();
drop table operational.audit_removals;
drop function operational.guard_audit_removal();
`;

export const SEALS_DOWN = `
create or replace function operational.log_read(p_table text, p_key text, p_branch integer) returns void language sql security definer
  set search_path = pg_catalog, pg_temp as $$
  insert into operational.audit_logs (tx_id, user_id, branch_id, request_id, table_schema, table_name, row_key, action)
  values (operational.current_tx_id(), operational.current_user_id(), p_branch,
    nullif(current_setting('app.request_id', true), ''), 'operational', p_table, p_key, 'read')
$$;
drop policy sealer_reads on operational.audit_logs;
revoke select on operational.audit_logs from pharmacy_sealer;
revoke select on sequence operational.audit_logs_audit_log_id_seq from pharmacy_sealer;
drop table operational.audit_seals;
drop function operational.guard_audit_seal();
revoke usage on schema operational from pharmacy_sealer;
`;
