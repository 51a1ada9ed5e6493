import type { RETURN_KEYS, SALES_KEYS, TENDER_KEYS } from './sales-reports.schemas.js';

/*
 * Each report adds up sums of closed days (of products: of closed months too) and the sales of days that are not closed, of a period and, beside it, of
 * the one it is compared with. Which days those are is asked before (COVER); a day that is closed or taken out meanwhile reads the same either way.
 */

/**
 * For this transaction: a plan for these days, since one for few and one for many suits neither; and memory to group hundreds of thousands of
 * sums without writing them to disk.
 */
export const PREPARE = `
select /* salesReports.prepare */ set_config('plan_cache_mode', 'force_custom_plan', true), set_config('work_mem', '64MB', true)`;

/**
 * What of a period ($2 to $3) is summed: whole closed months, closed days beside them, all closed days, and the days whose sales must be read.
 * Indexes: sales_closed_days_pkey, sales_closed_months_pkey, sales_business_day_idx.
 */
export const COVER = `
with /* salesReports.cover */ day as (
  select x.day, c.business_date is not null or m.month is not null as is_closed, m.month
  from (select $2::date + n as day from generate_series(0, $3::date - $2::date) n) x
  left join operational.sales_closed_days c on c.branch_id = $1 and c.business_date = x.day
  left join operational.sales_closed_months m on m.branch_id = $1 and m.month = date_trunc('month', x.day)::date
    and m.month >= $2::date and (m.month + interval '1 month')::date <= $3::date + 1
  where x.day >= (select min(s.business_date) from operational.sales s where s.branch_id = $1)
)
select coalesce(array_agg(distinct d.month::text) filter (where d.month is not null), '{}') as months,
  coalesce(array_agg(d.day::text) filter (where d.is_closed and d.month is null), '{}') as days,
  coalesce(array_agg(d.day::text) filter (where d.is_closed), '{}') as closed,
  coalesce(array_agg(d.day::text) filter (where not d.is_closed), '{}') as open
from day d`;

/** Parameters of every report: $1 branch, $2–$5 the period, $6–$9 the one compared with (months, days, closed, open), $10 days between them, $11 limit, $12 offset. */
const PERIODS = [
  { n: 1, months: '$2::date[]', days: '$3::date[]', closed: '$4::date[]', open: '$5::date[]', shift: '0' },
  { n: 2, months: '$6::date[]', days: '$7::date[]', closed: '$8::date[]', open: '$9::date[]', shift: '$10::integer' }, // prettier-ignore
] as const;

/** Names every parameter once, for its type: products know no closed days, and others no months. Nothing reads it. */
const ASKED = `select ${PERIODS.map(({ months, days, closed, open }) => [months, days, closed, open].join(', ')).join(', ')}, $10::integer`;

type Period = (typeof PERIODS)[number];
const both = (one: (period: Period) => string): string => PERIODS.map(one).join('\n  union all\n');

const COUNTERS = both(({ n, closed, open, shift }) =>
  ['sales_day_counters', 'live_sales_counters']
    .map(
      (
        table,
        live,
      ) => `  select ${n} as period, c.business_date + ${shift} as day, c.hour, c.user_id, c.sale_type <> 'sale' as is_return, c.sales as count, c.discounted,
    null::numeric as quantity, c.amount, c.discount, c.tax, c.rounding, c.cost
  from operational.${table} c where c.branch_id = $1 and c.business_date = any (${live ? open : closed})`,
    )
    .join('\n  union all\n'),
);

const LINES = `p.is_return, p.lines as count, 0 as discounted, p.quantity, p.amount, p.discount, p.tax, 0 as rounding, p.cost`;
const PRODUCTS = both(
  ({ n, months, days, open }) => `
  select ${n} as period, p.drug_id, p.tax_rate, ${LINES} from operational.sales_month_products p where p.branch_id = $1 and p.month = any (${months})
  union all
  select ${n}, p.drug_id, p.tax_rate, ${LINES} from operational.sales_day_products p where p.branch_id = $1 and p.business_date = any (${days})
  union all
  select ${n}, p.drug_id, p.tax_rate, ${LINES} from operational.live_sales_products p where p.branch_id = $1 and p.business_date = any (${open})`,
);

const PRESCRIBERS = both(({ n, closed, open }) =>
  ['sales_day_prescribers', 'live_sales_prescribers']
    .map(
      (
        table,
        live,
      ) => `  select ${n} as period, p.prescriber_id, p.is_return, p.lines as count, 0 as discounted, null::numeric as quantity, p.amount, p.discount, p.tax, 0 as rounding, p.cost
  from operational.${table} p where p.branch_id = $1 and p.business_date = any (${live ? open : closed})`,
    )
    .join('\n  union all\n'),
);

const TENDERS = both(({ n, closed, open, shift }) =>
  ['sales_day_tenders', 'live_sales_tenders']
    .map(
      (
        table,
        live,
      ) => `  select ${n} as period, t.business_date + ${shift} as day, t.user_id, t.method, t.payer_id, t.is_return, t.payments, t.amount
  from operational.${table} t where t.branch_id = $1 and t.business_date = any (${live ? open : closed})`,
    )
    .join('\n  union all\n'),
);

/** Read live: one sale in fifty is taken back. Index: sales_taken_back_idx. */
const RETURNS = both(
  ({
    n,
    closed,
    open,
    shift,
  }) => `  select ${n} as period, s.business_date + ${shift} as day, s.user_id, s.sale_type, lower(btrim(s.reason)) as reason, s.total
  from operational.sales s where s.branch_id = $1 and s.sale_type <> 'sale' and s.business_date = any (${closed} || ${open})`,
);

/** What a period sold: `p` is 1 or 2. Prices before discount and tax; what was taken back stands apart, less its discount. */
const salesFigures = (p: 1 | 2, suffix: string): string => `
  coalesce(sum(x.count) filter (where x.period = ${p} and not x.is_return), 0)::integer as "sales${suffix}",
  coalesce(sum(x.count) filter (where x.period = ${p} and x.is_return), 0)::integer as "returns${suffix}",
  coalesce(sum(x.discounted) filter (where x.period = ${p} and not x.is_return), 0)::integer as "discounted${suffix}",
  trim_scale(sum(x.quantity) filter (where x.period = ${p})) as "quantity${suffix}",
  coalesce(sum(x.amount) filter (where x.period = ${p} and not x.is_return), 0) as "gross${suffix}",
  coalesce(sum(x.discount) filter (where x.period = ${p} and not x.is_return), 0) as "discount${suffix}",
  coalesce(sum(x.discount - x.amount) filter (where x.period = ${p} and x.is_return), 0) as "returned${suffix}",
  coalesce(sum(x.amount - x.discount) filter (where x.period = ${p}), 0) as "net${suffix}",
  coalesce(sum(x.tax) filter (where x.period = ${p}), 0) as "tax${suffix}",
  coalesce(sum(x.rounding) filter (where x.period = ${p}), 0) as "rounding${suffix}",
  coalesce(sum(x.cost) filter (where x.period = ${p}), 0) as "cost${suffix}"`;

const tenderFigures = (p: 1 | 2, suffix: string): string => `
  coalesce(sum(x.payments) filter (where x.period = ${p} and not x.is_return), 0)::integer as "payments${suffix}",
  coalesce(sum(x.payments) filter (where x.period = ${p} and x.is_return), 0)::integer as "refunds${suffix}",
  coalesce(sum(x.amount) filter (where x.period = ${p} and not x.is_return), 0) as "taken${suffix}",
  coalesce(- sum(x.amount) filter (where x.period = ${p} and x.is_return), 0) as "refunded${suffix}",
  coalesce(sum(x.amount) filter (where x.period = ${p}), 0) as "net${suffix}"`;

const returnFigures = (p: 1 | 2, suffix: string): string => `
  count(*) filter (where x.period = ${p} and x.sale_type = 'return')::integer as "returns${suffix}",
  count(*) filter (where x.period = ${p} and x.sale_type = 'void')::integer as "voids${suffix}",
  coalesce(- sum(x.total) filter (where x.period = ${p} and x.sale_type = 'return'), 0) as "returned${suffix}",
  coalesce(- sum(x.total) filter (where x.period = ${p} and x.sale_type = 'void'), 0) as "voided${suffix}",
  coalesce(- sum(x.total) filter (where x.period = ${p}), 0) as "total${suffix}"`;

/** What a row `r` is called, by its key. */
const NAMES = {
  none: { name: 'null::text', nameAr: 'null::text', from: '' },
  user: {
    name: 'u.full_name',
    nameAr: 'null::text',
    from: 'left join operational.users u on u.user_id = r.key::integer',
  },
  drug: {
    name: 'd.name',
    nameAr: 'd.name_ar',
    from: 'left join reference.drugs d on d.drug_id = r.key::integer',
  },
  category: {
    name: 'c.name',
    nameAr: 'null::text',
    from: 'left join reference.therapeutic_categories c on c.category_id = r.key::integer',
  },
  payer: {
    name: 'y.name',
    nameAr: 'null::text',
    from: 'left join operational.payers y on y.payer_id = r.key::integer',
  },
  prescriber: {
    name: "p.first_name || ' ' || p.last_name",
    nameAr: "p.first_name_ar || ' ' || p.last_name_ar",
    from: 'left join operational.prescribers p on p.prescriber_id = r.key::integer',
  },
} as const;

/** A report: rows of `key`, a page of them in `order`, and the row of totals, which is there always. */
function report(
  name: string,
  parts: string,
  key: string,
  figures: (p: 1 | 2, suffix: string) => string,
  order: string,
  called: (typeof NAMES)[keyof typeof NAMES] = NAMES.none,
  keyFrom = '',
): string {
  return `
with /* salesReports.${name} */ asked as (
  ${ASKED}
), part as materialized (
${parts}
), keyed as (
  select ${key} as key, x.* from part x ${keyFrom}
), summed as (
  select grouping(x.key) = 1 as "isTotal", x.key, ${figures(1, '')}, ${figures(2, 'Before')}
  from keyed x group by grouping sets ((x.key), ())
), ranked as (
  select s.*, row_number() over (partition by s."isTotal" order by ${order}, s.key nulls last) as n, count(*) filter (where not s."isTotal") over ()::integer as "rowTotal"
  from summed s
)
select r.*, ${called.name} as name, ${called.nameAr} as "nameAr"
from ranked r ${called.from}
where r."isTotal" or (r.n > $12 and r.n <= $12 + $11::integer)
order by r."isTotal" desc, r.n`;
}

const BIGGEST = 's.net desc';
const IN_TIME = 's.key';
const day = (unit: 'week' | 'month'): string => `date_trunc('${unit}', x.day)::date::text`;

/** The category a product has now. */
const OF_DRUG = 'left join reference.drugs d on d.drug_id = x.drug_id';

export const SALES: Readonly<Record<(typeof SALES_KEYS)[number], string>> = {
  day: report('salesByDay', COUNTERS, 'x.day::text', salesFigures, IN_TIME),
  week: report('salesByWeek', COUNTERS, day('week'), salesFigures, IN_TIME),
  month: report('salesByMonth', COUNTERS, day('month'), salesFigures, IN_TIME),
  hour: report('salesByHour', COUNTERS, "lpad(x.hour::text, 2, '0')", salesFigures, IN_TIME),
  weekday: report('salesByWeekday', COUNTERS, 'extract(isodow from x.day)::text', salesFigures, IN_TIME),
  user: report('salesByUser', COUNTERS, 'x.user_id::text', salesFigures, BIGGEST, NAMES.user),
  drug: report('salesByDrug', PRODUCTS, 'x.drug_id::text', salesFigures, BIGGEST, NAMES.drug),
  category: report('salesByCategory', PRODUCTS, 'd.category_id::text', salesFigures, BIGGEST, NAMES.category, OF_DRUG), // prettier-ignore
  taxRate: report('salesByTaxRate', PRODUCTS, 'trim_scale(x.tax_rate)::text', salesFigures, IN_TIME),
};

/** Products that are in stock and may not have been sold at all. Index: inventory_lots_fefo_idx. */
const IN_STOCK = `
  union all
  select 1, l.drug_id, 0, false, 0, 0, 0, 0, 0, 0, 0, 0 from operational.inventory_lots l where l.branch_id = $1 and l.quantity > 0 group by l.drug_id`;

/** Products by what they brought in, how much of them went, and what was earned with them; `slowest`: least first, those in stock that did not go at all too. */
export const TOP_DRUGS = {
  net: report('topDrugsByNet', PRODUCTS, 'x.drug_id::text', salesFigures, BIGGEST, NAMES.drug),
  quantity: report('topDrugsByQuantity', PRODUCTS, 'x.drug_id::text', salesFigures, 's.quantity desc nulls last', NAMES.drug), // prettier-ignore
  margin: report('topDrugsByMargin', PRODUCTS, 'x.drug_id::text', salesFigures, 's.net - s.cost desc', NAMES.drug), // prettier-ignore
  slowest: report('slowestDrugs', `${PRODUCTS}${IN_STOCK}`, 'x.drug_id::text', salesFigures, 's.quantity nulls first, s.net', NAMES.drug), // prettier-ignore
} as const;

export const BY_PRESCRIBER = report('salesByPrescriber', PRESCRIBERS, 'x.prescriber_id::text', salesFigures, BIGGEST, NAMES.prescriber); // prettier-ignore

export const TENDERS_BY: Readonly<Record<(typeof TENDER_KEYS)[number], string>> = {
  method: report('tendersByMethod', TENDERS, 'x.method', tenderFigures, BIGGEST),
  payer: report('tendersByPayer', TENDERS, 'x.payer_id::text', tenderFigures, BIGGEST, NAMES.payer),
  user: report('tendersByUser', TENDERS, 'x.user_id::text', tenderFigures, BIGGEST, NAMES.user),
  day: report('tendersByDay', TENDERS, 'x.day::text', tenderFigures, IN_TIME),
};

export const RETURNS_BY: Readonly<Record<(typeof RETURN_KEYS)[number], string>> = {
  reason: report('returnsByReason', RETURNS, 'x.reason', returnFigures, 's.total desc'),
  user: report('returnsByUser', RETURNS, 'x.user_id::text', returnFigures, 's.total desc', NAMES.user),
  day: report('returnsByDay', RETURNS, 'x.day::text', returnFigures, IN_TIME),
};

/** Sums what is over; $1: days at the most. */
export const CLOSE_DAYS = 'select /* salesReports.closeDays */ operational.close_sales_days($1) as closed';

export const CLOSE_MONTHS =
  'select /* salesReports.closeMonths */ operational.close_sales_months() as closed';
