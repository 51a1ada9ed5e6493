const PRINTER = `
  p.printer_id as "printerId", p.name, p.driver, p.host, p.port, p.path, p.dots, p.opens_drawer as "opensDrawer", p.active, p.version,
  (select count(*) from operational.print_jobs j where j.printer_id = p.printer_id and j.status in ('waiting', 'sending'))::integer as waiting,
  (select j.failure from operational.print_jobs j where j.printer_id = p.printer_id and j.attempts > 0 order by j.tried_at desc limit 1) as failure`;

/** A branch has a printer for each till: a page is all of them. */
export const FIND_PRINTERS = `
select /* receiptPrinting.printers */ ${PRINTER}, count(*) over ()::integer as "rowTotal" from operational.receipt_printers p
where p.branch_id = $1 order by p.active desc, p.name, p.printer_id limit $2 offset $3`;

export const FIND_PRINTER = `
select /* receiptPrinting.printer */ ${PRINTER} from operational.receipt_printers p where p.branch_id = $1 and p.printer_id = $2`;

export const INSERT_PRINTER = `
insert /* receiptPrinting.insertPrinter */ into operational.receipt_printers (branch_id, name, driver, host, port, path, dots, opens_drawer, active)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning printer_id as "printerId"`;

export const UPDATE_PRINTER = `
update /* receiptPrinting.updatePrinter */ operational.receipt_printers set name = $4, driver = $5, host = $6, port = $7, path = $8, dots = $9,
  opens_drawer = $10, active = $11, version = version + 1
where branch_id = $1 and printer_id = $2 and version = $3`;

const JOB = `
  j.print_job_id as "printJobId", j.printer_id as "printerId", p.name as "printerName", j.kind, j.sale_id as "saleId", s.sale_number as "saleNumber", j.status,
  j.attempts::integer as attempts, j.failure, u.full_name as "requestedBy", j.requested_at as "requestedAt", j.ended_at as "endedAt"`;

const FROM_JOB = `
from operational.print_jobs j
join operational.receipt_printers p using (printer_id)
join operational.users u on u.user_id = j.requested_by
left join operational.sales s on s.sale_id = j.sale_id`;

/** The newest first. Index: print_jobs_branch_idx. */
export const FIND_JOBS = `
select /* receiptPrinting.jobs */ ${JOB}, count(*) over ()::integer as "rowTotal" ${FROM_JOB}
where j.branch_id = $1 and ($2::integer is null or j.printer_id = $2) and ($3::integer is null or j.sale_id = $3)
order by j.print_job_id desc limit $4 offset $5`;

export const FIND_JOB = `select /* receiptPrinting.job */ ${JOB} ${FROM_JOB} where j.branch_id = $1 and j.print_job_id = $2`;

export const INSERT_JOB = `
with /* receiptPrinting.insertJob */ job as (
  insert into operational.print_jobs (branch_id, printer_id, kind, sale_id, kicks_drawer) values ($1, $2, $3, $4, $5)
  returning print_job_id, branch_id
), bytes as (
  insert into operational.print_job_bytes (print_job_id, branch_id, content) select print_job_id, branch_id, $6 from job
)
select print_job_id as "printJobId" from job`;

/** Moves a job a person decided about; nothing happens where it is not in that state any more. */
export const MOVE_JOB = `
update /* receiptPrinting.moveJob */ operational.print_jobs set status = $4, attempts = 0, next_try_at = now()
where branch_id = $1 and print_job_id = $2 and status = $3`;

/**
 * Takes the next job that is due: the oldest of its printer, so that receipts come in their order. A server that died in the middle of one leaves it
 * to another after a minute. Index: print_jobs_open_idx.
 */
export const CLAIM = `
update /* receiptPrinting.claim */ operational.print_jobs t set status = 'sending', attempts = t.attempts + 1, tried_at = clock_timestamp()
from operational.print_job_bytes b, operational.receipt_printers p
where b.print_job_id = t.print_job_id and p.printer_id = t.printer_id and t.print_job_id = (
  select c.print_job_id from operational.print_jobs c join operational.receipt_printers r using (printer_id)
  where r.active and (c.status = 'waiting' and c.next_try_at <= now() or c.status = 'sending' and c.tried_at < now() - interval '1 minute')
    and not exists (select from operational.print_jobs e where e.printer_id = c.printer_id and e.print_job_id < c.print_job_id and e.status in ('waiting', 'sending'))
  order by c.print_job_id limit 1 for update of c skip locked)
returning t.print_job_id as "printJobId", t.kind, t.attempts::integer as attempts, t.kicks_drawer as "kicksDrawer",
  extract(epoch from clock_timestamp() - t.requested_at)::float8 as "ageSeconds", b.content, p.driver, p.host, p.port, p.path`;

/** What became of a try: printed, or tried again after so many seconds, or given up. */
export const END_TRY = `
update /* receiptPrinting.endTry */ operational.print_jobs set status = $2, failure = $3, next_try_at = now() + make_interval(secs => $4)
where print_job_id = $1 and status = 'sending'`;

export const BRANCH_IDS = `select /* receiptPrinting.branchIds */ branch_id as "branchId" from operational.branches order by branch_id`;
