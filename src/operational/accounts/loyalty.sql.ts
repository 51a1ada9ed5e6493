export const FIND_RULE = `
select /* loyalty.rule */ r.is_active as "isActive", r.amount_per_point as "amountPerPoint", r.point_value as "pointValue", r.minimum_points as "minimumPoints",
  r.expiry_months as "expiryMonths", r.earns_on_prescriptions as "earnsOnPrescriptions", r.version
from operational.loyalty_rules r where r.branch_id = $1`;

/** Writes the rule of a branch: its first, or the one that still has the version. */
export const WRITE_RULE = `
insert /* loyalty.writeRule */ into operational.loyalty_rules as r (branch_id, is_active, amount_per_point, point_value, minimum_points, expiry_months, earns_on_prescriptions)
select $1, $3, $4, $5, $6, $7, $8 where $2 = 0 or exists (select from operational.loyalty_rules x where x.branch_id = $1)
on conflict (branch_id) do update set is_active = excluded.is_active, amount_per_point = excluded.amount_per_point, point_value = excluded.point_value,
  minimum_points = excluded.minimum_points, expiry_months = excluded.expiry_months, earns_on_prescriptions = excluded.earns_on_prescriptions, version = r.version + 1
where r.version = $2
returning r.version`;

export const INSERT_ENTRY = `
insert /* loyalty.insertEntry */ into operational.points_entries (branch_id, account_id, kind, points, sale_id, money, amount_per_point, on_prescriptions)
values ($1, $2, $3, $4, $5, $6, $7, $8)`;

/** What a sale earned and spent, and what returns before changed of it. Index: points_entries_sale_key. */
export const FIND_OF_SALE = `
select /* loyalty.ofSale */
  coalesce(sum(e.points - e.missing) filter (where e.kind = 'earn'), 0)::integer as earned,
  coalesce(- sum(e.points - e.missing) filter (where e.kind = 'take_back'), 0)::integer as "takenBack",
  coalesce(- sum(e.points) filter (where e.kind = 'redeem'), 0)::integer as spent,
  coalesce(sum(e.points - e.missing) filter (where e.kind = 'give_back'), 0)::integer as "givenBack",
  coalesce(sum(e.money) filter (where e.kind = 'redeem'), 0) as "spentMoney",
  coalesce(- sum(e.money) filter (where e.kind = 'give_back'), 0) as "givenBackMoney",
  max(e.amount_per_point) as "amountPerPoint", bool_or(e.on_prescriptions) as "onPrescriptions"
from operational.points_entries e
where e.account_id = $2 and (e.sale_id = $1 or e.sale_id in (select r.sale_id from operational.sales r where r.original_sale_id = $1))`;

/** What is left of a sale after its returns, as points go by it. */
export const FIND_LEFT = `
with /* loyalty.left */ parts as (
  select s.sale_id from operational.sales s where s.sale_id = $1 or s.original_sale_id = $1
)
select coalesce((select sum(i.line_total) from operational.sale_items i join parts using (sale_id) where i.fill_id is null), 0) as "overTheCounter",
  coalesce((select sum(i.line_total) from operational.sale_items i join parts using (sale_id) where i.fill_id is not null), 0) as prescriptions,
  coalesce((select sum(p.amount) from operational.payments p join parts using (sale_id) where p.method = 'insurance'), 0) as insured,
  coalesce((select sum(p.amount) from operational.payments p join parts using (sale_id) where p.method = 'points'), 0) as "withPoints"`;

/** Entries of points of an account, newest first. Index: points_entries_account_idx. */
export const FIND_ENTRIES = `
select /* loyalty.entries */ count(*) over ()::integer as "rowTotal", e.points_entry_id as "pointsEntryId", e.kind, e.points, e.missing, e.balance_after as "balanceAfter",
  e.sale_id as "saleId", s.sale_number as "saleNumber", e.expires_on as "expiresOn", e.business_date as "businessDate", e.entered_at as "enteredAt"
from operational.points_entries e left join operational.sales s on s.sale_id = e.sale_id
where e.account_id = $1 and e.branch_id = $2
order by e.points_entry_id desc
limit $3 offset $4`;
