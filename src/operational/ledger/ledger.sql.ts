export const CLOSE_MONTHS = `select /* ledger.closeMonths */ operational.close_movement_months() as closed`;

export const IS_STALE = `
select /* ledger.isStale */ r.refreshed_at < now() - make_interval(mins => $1) as "isStale"
from operational.stock_report_refreshes r where r.report = 'stock_months'`;

export const REFRESH_MONTHS = `select /* ledger.refreshMonths */ operational.refresh_stock_months() as refreshed`;
