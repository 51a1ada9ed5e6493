const LINE_COLUMNS = `
  l.posted_on as "postedOn", operational.instant_text(l.posted_at) as "postedAt", l.entry_id as "entryId", l.document, l.document_number as "documentNumber",
  l.line_no as "lineNo", l.account_key as "accountKey", operational.money_text(l.amount) as amount, l.memo`;

const IN_ORDER = 'order by l.posted_on, l.posted_at, l.entry_id, l.line_no';

/** Lines of a branch ($1) between two days, of one account where $4 names it. Indexes: those named …_journal_idx. */
export const FIND_PAGE = `
select /* journal.findPage */ ${LINE_COLUMNS}, count(*) over ()::integer as "rowTotal"
from operational.journal_lines($1, $2::date, $3::date) l
where $4::text is null or l.account_key = $4
${IN_ORDER} limit $5 offset $6`;

/** All lines of a branch on one day. */
export const FIND_DAY = `
select /* journal.findDay */ ${LINE_COLUMNS}
from operational.journal_lines($1, $2::date, $2::date) l
${IN_ORDER}`;

export const FIND_DAY_BOOK = `
select /* journal.findDayBook */ l.posted_on as "postedOn", l.account_key as "accountKey", count(distinct l.entry_id)::integer as entries,
  operational.money_text(coalesce(sum(l.amount) filter (where l.amount > 0), 0)) as debit, operational.money_text(coalesce(- sum(l.amount) filter (where l.amount < 0), 0)) as credit
from operational.journal_lines($1, $2::date, $3::date) l join operational.journal_accounts a using (account_key)
group by l.posted_on, l.account_key, a.code
order by l.posted_on, a.code`;

/** Tax on sales by rate, and what suppliers charged; $4 is 'day' or 'month'. Indexes: sales_business_day_idx, supplier_invoices_journal_idx. */
export const FIND_VAT = `
select /* journal.findVat */ x.period, x.side, x.rate, x.documents, operational.money_text(x.net) as net, operational.money_text(x.tax) as tax
from (
  select greatest(date_trunc($4, s.business_date)::date, $2::date) as period, 'output' as side, i.tax_rate::text as rate, count(distinct s.sale_id)::integer as documents,
    sum(i.line_total - i.tax) as net, sum(i.tax) as tax
  from operational.sales s join operational.sale_items i using (sale_id)
  where s.branch_id = $1 and s.business_date between $2::date and $3::date
  group by 1, 3
  union all
  select greatest(date_trunc($4, d.day)::date, $2::date), 'input', null, count(*)::integer, sum(d.sign * d.net_total), sum(d.sign * d.tax_total)
  from (
    select (i.approved_at at time zone b.time_zone)::date as day, case i.kind when 'invoice' then 1 else -1 end as sign, i.net_total, i.tax_total
    from operational.supplier_invoices i join operational.branches b using (branch_id)
    where i.branch_id = $1 and i.status = 'approved' and i.approved_at >= $2::date::timestamp at time zone 'UTC' - interval '2 days'
      and i.approved_at < $3::date::timestamp at time zone 'UTC' + interval '3 days') d
  where d.day between $2::date and $3::date
  group by 1) x
order by x.period, x.side desc, x.rate nulls last`;

const ACCOUNT_COLUMNS = `account_key as "accountKey", code, path, type, tender, name, name_ar as "nameAr", version`;

export const FIND_ACCOUNTS = `
select /* journal.findAccounts */ ${ACCOUNT_COLUMNS} from operational.journal_accounts order by code`;

export const UPDATE_ACCOUNT = `
update /* journal.updateAccount */ operational.journal_accounts
set code = coalesce($3, code), path = coalesce($4, path), name = coalesce($5, name), name_ar = coalesce($6, name_ar), version = version + 1
where account_key = $1 and version = $2
returning ${ACCOUNT_COLUMNS}`;
