import type { MigrationInterface, QueryRunner } from 'typeorm';

import { appendOnly, branchScope } from './support/branch-scope.js';
import { commentedSql } from './support/commented-sql.js';
import { refuseToDropRows } from './support/drop-guard.js';

/** Jobs that may wait for one printer: a morning of receipts. */
const MOST_WAITING = 200;

/** Receipt printers of a branch with their queue, and how often a receipt was printed. */
export class ReceiptPrinters1799000000242 implements MigrationInterface {
  name = 'ReceiptPrinters1799000000242';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      commentedSql(`
create table operational.receipt_printers ( -- Receipt printers that speak ESC/POS, each at a till or shared by several.
  printer_id integer generated always as identity primary key, -- Identity.
  branch_id integer not null references operational.branches (branch_id), -- Branch.
  name text not null check (length(btrim(name)) between 1 and 60), -- What it is called, such as Till 1.
  driver text not null check (driver in ('tcp', 'file')), -- tcp: a network printer; file: a device of the server, or a file it writes.
  host text check (host ~ '^[A-Za-z0-9.-]{1,253}$'), -- Name or address of a network printer.
  port integer check (port between 1 and 65535), -- Its port, 9100 as a rule.
  path text check (path ~ '^/dev/(usb/)?(lp|ttyUSB|ttyS|ttyACM)[0-9]{1,2}$' or path ~ '^[A-Za-z0-9_-]{1,60}[.]prn$'), -- A printer device, or the name of a file in the folder prints of the installation.
  dots smallint not null default 576 check (dots in (384, 512, 576)), -- Dots across the paper: 576 on 80 mm, 384 on 58 mm.
  opens_drawer boolean not null default true, -- True: a cash drawer hangs on it.
  active boolean not null default true, -- False: nothing is sent to it.
  version integer not null default 1, -- Rises by one with each edit.
  constraint receipt_printers_branch_key unique (printer_id, branch_id),
  constraint receipt_printers_name_key unique (branch_id, name),
  constraint receipt_printers_address_check check (case driver when 'tcp' then host is not null and port is not null and path is null else path is not null and host is null and port is null end)
);
call operational.attach_row_audit('receipt_printers', 'printer_id');
grant select, insert, update on operational.receipt_printers to pharmacy_app;
${branchScope('receipt_printers')}

create table operational.print_jobs ( -- What was sent to a receipt printer and what became of it. A sale never waits for it.
  print_job_id integer generated always as identity primary key, -- Identity, and the order in which a printer gets them.
  branch_id integer not null, -- Branch of the printer.
  printer_id integer not null, -- The printer.
  kind text not null check (kind in ('receipt', 'drawer', 'test')), -- drawer: it opens the drawer and prints nothing.
  sale_id integer, -- The sale, return or void a receipt is of.
  kicks_drawer boolean not null default false, -- True: it opens the drawer, unless it comes too late for that.
  status text not null default 'waiting' check (status in ('waiting', 'sending', 'printed', 'failed', 'cancelled')), -- failed: given up after the last try.
  attempts smallint not null default 0 check (attempts between 0 and 20), -- How often it was tried.
  failure text check (failure in ('unreachable', 'timeout', 'refused', 'no-device')), -- Why the last try did not end well.
  next_try_at timestamptz not null default now(), -- Not tried before.
  requested_by integer not null references operational.users (user_id), -- Who asked for it; set by trigger.
  requested_at timestamptz not null default now(), -- When.
  tried_at timestamptz, -- When the last try began.
  ended_at timestamptz, -- When it ended.
  constraint print_jobs_branch_key unique (print_job_id, branch_id),
  constraint print_jobs_printer_fkey foreign key (printer_id, branch_id) references operational.receipt_printers (printer_id, branch_id),
  constraint print_jobs_sale_fkey foreign key (sale_id, branch_id) references operational.sales (sale_id, branch_id),
  constraint print_jobs_sale_check check ((kind = 'receipt') = (sale_id is not null)),
  constraint print_jobs_ended_check check ((status in ('printed', 'failed', 'cancelled')) = (ended_at is not null))
);
create index print_jobs_open_idx on operational.print_jobs (printer_id, print_job_id) where status in ('waiting', 'sending');
create index print_jobs_branch_idx on operational.print_jobs (branch_id, print_job_id desc);
create index print_jobs_sale_idx on operational.print_jobs (sale_id);

create table operational.print_job_bytes ( -- The bytes of jobs that are still to be sent; gone with their job's end.
  print_job_id integer primary key, -- The job.
  branch_id integer not null, -- Its branch.
  content bytea not null check (length(content) between 1 and 2000000), -- ESC/POS, without the opening of the drawer.
  constraint print_job_bytes_job_fkey foreign key (print_job_id, branch_id) references operational.print_jobs (print_job_id, branch_id)
);

create function operational.guard_print_job() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    perform pg_advisory_xact_lock(7342, new.printer_id);
    if (select count(*) from operational.print_jobs j where j.printer_id = new.printer_id and j.status in ('waiting', 'sending')) >= ${MOST_WAITING} then
      raise exception 'printer % has % jobs waiting', new.printer_id, ${MOST_WAITING} using errcode = 'MD446';
    end if;
    new.requested_by := coalesce(operational.current_user_id(), new.requested_by);
    new.requested_at := now();
    return new;
  end if;
  if (new.branch_id, new.printer_id, new.kind, new.sale_id, new.kicks_drawer, new.requested_by, new.requested_at)
      is distinct from (old.branch_id, old.printer_id, old.kind, old.sale_id, old.kicks_drawer, old.requested_by, old.requested_at)
    or not (old.status in ('waiting', 'sending') or old.status = 'failed' and new.status = 'waiting') then
    raise exception 'print job % has ended', old.print_job_id using errcode = 'MD447';
  end if;
  new.ended_at := case when new.status in ('printed', 'failed', 'cancelled') then clock_timestamp() end;
  if new.status in ('printed', 'cancelled') then
    delete from operational.print_job_bytes b where b.print_job_id = new.print_job_id;
  end if;
  return new;
end $$;
comment on function operational.guard_print_job() is 'A printer has a bounded queue; a job that was printed or called off stays so, and its bytes are gone.';
create trigger print_jobs_guard before insert or update on operational.print_jobs
  for each row execute function operational.guard_print_job();
create trigger print_jobs_stay before delete on operational.print_jobs
  for each row execute function operational.refuse_change();
grant select, insert (branch_id, printer_id, kind, sale_id, kicks_drawer), update (status, attempts, failure, next_try_at, tried_at) on operational.print_jobs to pharmacy_app;
grant select, insert on operational.print_job_bytes to pharmacy_app;
${branchScope('print_jobs')}
${branchScope('print_job_bytes')}

create table operational.receipt_prints ( -- Every printing of a receipt, on paper or screen; all after the first are copies. Append-only.
  receipt_print_id integer generated always as identity primary key, -- Identity.
  branch_id integer not null, -- Branch of the sale.
  sale_id integer not null, -- The sale, return or void.
  print_no smallint not null check (print_no between 1 and 1000), -- 1: the receipt; from 2: its copies. Set by trigger.
  printed_by integer not null references operational.users (user_id), -- Who; set by trigger.
  printed_at timestamptz not null default now(), -- When.
  constraint receipt_prints_no_key unique (sale_id, print_no),
  constraint receipt_prints_sale_fkey foreign key (sale_id, branch_id) references operational.sales (sale_id, branch_id)
);
create function operational.number_receipt_print() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  perform pg_advisory_xact_lock(7343, new.sale_id);
  select coalesce(max(p.print_no), 0) + 1 into new.print_no from operational.receipt_prints p where p.sale_id = new.sale_id;
  new.printed_by := coalesce(operational.current_user_id(), new.printed_by);
  new.printed_at := now();
  return new;
end $$;
comment on function operational.number_receipt_print() is 'Printings of a receipt are counted one by one.';
create trigger receipt_prints_number before insert on operational.receipt_prints
  for each row execute function operational.number_receipt_print();
call operational.attach_row_audit('receipt_prints', 'receipt_print_id');
grant select, insert (branch_id, sale_id) on operational.receipt_prints to pharmacy_app;
${appendOnly('receipt_prints')}
${branchScope('receipt_prints')}
`),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await refuseToDropRows(queryRunner, ['operational.receipt_prints', 'operational.receipt_printers']);
    await queryRunner.query(`
drop table operational.receipt_prints;
drop function operational.number_receipt_print();
drop table operational.print_job_bytes;
drop table operational.print_jobs;
drop function operational.guard_print_job();
drop table operational.receipt_printers;
`);
  }
}
