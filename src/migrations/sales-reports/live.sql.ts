/** Views of what was sold, by day: the only place that says what a line cost and what is summed of it. Read live, and summed when a day is over. */

/** `<view> is <meaning>` with the meaning of each column. */
const described = (view: string, meaning: string, columns: Readonly<Record<string, string>>): string =>
  [
    `comment on view operational.${view} is '${meaning}';`,
    ...Object.entries(columns).map(
      ([column, text]) => `comment on column operational.${view}.${column} is '${text}';`,
    ),
  ].join('\n');

const DAY = { branch_id: 'Branch.', business_date: 'Business day of the branch.' };
const SUMS = {
  amount: 'Sum of the lines before discount and tax; negative where taken back.',
  discount: 'Sum of their discounts.',
  tax: 'Sum of their taxes.',
  cost: 'What they cost by the lots they came from.',
};

/** What is summed of lines `from`: of all there are in the views, of those of one day where it is closed. Every sale has a line (check_sale). */
export const OF_LINES = {
  counters: (from: string): string => `
select s.branch_id, s.business_date, s.hour, s.user_id, s.sale_type, count(*) as sales, count(*) filter (where s.discount <> 0) as discounted,
  sum(s.amount) as amount, sum(s.discount) as discount, sum(s.tax) as tax, sum(s.rounding) as rounding, sum(s.cost) as cost
from (
  select l.branch_id, l.business_date, l.sale_id, l.hour, l.user_id, l.sale_type, l.rounding, sum(l.amount) as amount, sum(l.discount) as discount, sum(l.tax) as tax, sum(l.cost) as cost
  from ${from} l group by 1, 2, 3, 4, 5, 6, 7) s
group by 1, 2, 3, 4, 5`,
  products: (from: string): string => `
select l.branch_id, l.business_date, l.drug_id, l.tax_rate, l.is_return, count(*) as lines, sum(l.quantity) as quantity, sum(l.amount) as amount,
  sum(l.discount) as discount, sum(l.tax) as tax, sum(l.cost) as cost
from ${from} l group by 1, 2, 3, 4, 5`,
  prescribers: (from: string): string => `
select l.branch_id, l.business_date, l.prescriber_id, l.is_return, count(*) as lines, sum(l.amount) as amount, sum(l.discount) as discount,
  sum(l.tax) as tax, sum(l.cost) as cost
from ${from} l where l.prescriber_id is not null group by 1, 2, 3, 4`,
} as const;

export const LIVE = `
create view operational.live_sale_lines with (security_invoker = true) as
select s.branch_id, s.business_date, i.sale_id, extract(hour from s.sale_date at time zone b.time_zone)::smallint as hour, s.user_id, s.sale_type, s.rounding, i.sale_item_id,
  i.drug_id, r.prescriber_id, i.tax_rate, i.quantity < 0 as is_return, i.quantity, i.amount, i.discount, i.tax,
  -- To the thousandth for each line, as money is: so every sum of lines is the same sum, however they are grouped.
  round(coalesce(- case when i.fill_id is not null and i.quantity > 0
    then (select sum(m.quantity * m.unit_cost) from operational.stock_movements m
      where m.fill_id = i.fill_id and m.recorded_at >= least(s.sale_date, f.filled_at) - interval '1 day' and m.recorded_at < now() + interval '1 day')
    else (select sum(m.quantity * m.unit_cost) from operational.stock_movements m
      where m.sale_item_id = i.sale_item_id and m.recorded_at >= s.sale_date - interval '1 day' and m.recorded_at < now() + interval '1 day') end, 0), 3) as cost
from operational.sales s
join operational.branches b on b.branch_id = s.branch_id
join operational.sale_items i on i.sale_id = s.sale_id
left join operational.fills f on f.fill_id = i.fill_id
left join operational.prescriptions r on r.prescription_id = f.prescription_id;
${described('live_sale_lines', 'Every line sold or taken back, with what it cost by the ledger.', {
  ...DAY,
  sale_id: 'The sale, return or void.',
  hour: 'Hour of the day the sale was posted in, by the clock of the branch.',
  user_id: 'Cashier.',
  sale_type: 'Sale, return or void.',
  rounding: 'Cash rounding of the sale, the same on each of its lines.',
  sale_item_id: 'The line.',
  drug_id: 'The product.',
  prescriber_id: 'Who prescribed it, where the line is a fill.',
  tax_rate: 'Tax rate, 0.14 is 14 %.',
  is_return: 'True: taken back.',
  quantity: 'Base units; negative where taken back.',
  amount: 'Price of the line before discount and tax; negative where taken back.',
  discount: 'Discount on the line.',
  tax: 'Tax on the line.',
  cost: 'What the lots it came from cost, to the thousandth; of a fill, those it was dispensed from.',
})}

create view operational.live_sales_counters with (security_invoker = true) as${OF_LINES.counters('operational.live_sale_lines')};
${described('live_sales_counters', 'What was sold and taken back, by day, hour, cashier and kind.', {
  ...DAY,
  hour: 'Hour of the day it was posted in, by the clock of the branch.',
  user_id: 'Cashier.',
  sale_type: 'Sale, return or void.',
  sales: 'How many.',
  discounted: 'Of them, with a discount.',
  ...SUMS,
  rounding: 'Cash rounding.',
})}

create view operational.live_sales_products with (security_invoker = true) as${OF_LINES.products('operational.live_sale_lines')};
${described('live_sales_products', 'What was sold and taken back, by day, product and tax rate.', {
  ...DAY,
  drug_id: 'The product.',
  tax_rate: 'Tax rate, 0.14 is 14 %.',
  is_return: 'True: taken back.',
  lines: 'How many lines.',
  quantity: 'Base units; negative where taken back.',
  ...SUMS,
})}

create view operational.live_sales_prescribers with (security_invoker = true) as${OF_LINES.prescribers('operational.live_sale_lines')};
${described('live_sales_prescribers', 'What was sold and taken back of fills, by day and prescriber.', {
  ...DAY,
  prescriber_id: 'Who prescribed it.',
  is_return: 'True: taken back.',
  lines: 'How many fills.',
  ...SUMS,
})}

create view operational.live_sales_tenders with (security_invoker = true) as
select s.branch_id, s.business_date, s.user_id, p.method, c.payer_id, s.sale_type <> 'sale' as is_return, count(*) as payments,
  sum(p.amount - p.change_given) as amount
from operational.sales s join operational.payments p on p.sale_id = s.sale_id left join operational.claims c on c.claim_id = p.claim_id
group by 1, 2, 3, 4, 5, 6;
${described('live_sales_tenders', 'What was taken and refunded, by day, cashier, tender and payer.', {
  ...DAY,
  user_id: 'Cashier.',
  method: 'Tender.',
  payer_id: 'Payer, where the tender is the share of a claim.',
  is_return: 'True: of a return or void.',
  payments: 'How many payments.',
  amount: 'Sum of them less change; negative where refunded.',
})}
grant select on operational.live_sale_lines, operational.live_sales_counters, operational.live_sales_products, operational.live_sales_prescribers,
  operational.live_sales_tenders to pharmacy_app, pharmacy_reporting;
`;

export const NO_LIVE = `
drop view operational.live_sales_tenders, operational.live_sales_prescribers, operational.live_sales_products, operational.live_sales_counters,
  operational.live_sale_lines;
`;
