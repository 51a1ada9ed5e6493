/** Price periods of a product ($1), newest first, with how many there are. $2 offset, $3 limit. Index: drug_price_changes_drug_idx. */
export const FIND_PRICES = `
select /* drugPrices.find */ p.price, p.effective_from as "effectiveFrom", p.effective_to as "effectiveTo", p.state, p.source,
  p.release_id as "releaseId", p.set_by as "setBy", p.recorded_at as "recordedAt", count(*) over ()::integer as total
from reference.drug_prices p
where p.drug_id = $1
order by case p.state when 'scheduled' then 0 when 'current' then 1 else 2 end, p.effective_from desc, p.recorded_at desc
offset $2 limit $3`;

/** Prices decided for later, of one product ($1), earliest first. Index: scheduled_prices_waiting_key. */
export const FIND_SCHEDULED = `
select /* drugPrices.findScheduled */ scheduled_price_id as "scheduledPriceId", price, effective_from as "effectiveFrom", source
from reference.scheduled_prices
where drug_id = $1 and status = 'waiting'
order by effective_from`;

/** The day prices are judged by. */
export const PRICE_DAY = `select /* drugPrices.priceDay */ operational.price_day() as today`;

/** Decides a price for a later day; one decided for the same day before is replaced. $1 product, $2 price, $3 day, $4 source, $5 user. */
export const SCHEDULE = `
insert /* drugPrices.schedule */ into reference.scheduled_prices (drug_id, price, effective_from, source, created_by)
values ($1, $2, $3, $4, $5)
on conflict (drug_id, effective_from) where status = 'waiting'
do update set price = excluded.price, source = excluded.source, created_by = excluded.created_by, created_at = now()`;

/** Takes a decision back. $1 product, $2 decision. */
export const CANCEL = `
update /* drugPrices.cancel */ reference.scheduled_prices set status = 'cancelled', settled_at = now()
where drug_id = $1 and scheduled_price_id = $2 and status = 'waiting'`;

/** Takes back what was decided for a product ($1) up to a day ($2): a price set by hand on that day is the later word. */
export const CANCEL_UP_TO = `
update /* drugPrices.cancelUpTo */ reference.scheduled_prices set status = 'cancelled', settled_at = now()
where drug_id = $1 and effective_from <= $2 and status = 'waiting'`;

/** Takes over every price that is due; answers how many products changed. */
export const APPLY_DUE = `select /* drugPrices.applyDue */ reference.apply_due_prices(operational.price_day()) as applied`;
