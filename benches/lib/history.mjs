// Years of sales behind what is measured.
import { parts, sales } from '../generate/sales.mjs';

/** Today, and days before, by the calendar of the branch. */
export const todayOf = (one) => one(`select (now() at time zone 'Africa/Cairo')::date::text as id`);

/** About so many sales in three years of the products made before, none of their days closed. */
export async function loadSales({ owner, branchId, userId }, count, today) {
  for (const [text, values] of parts(today)) await owner.query(text, values);
  // One transaction: a job that looks meanwhile must not sum half a month.
  await owner.query('begin');
  for (const [text, values] of sales({ branchId, userId, sales: count, today }))
    await owner.query(text, values);
  await owner.query('commit');
  await owner.query('truncate operational.sales_closed_days, operational.sales_closed_months');
  await owner.query('vacuum (analyze)');
}
