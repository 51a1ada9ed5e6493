import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Views: what is on the shelf, and the list of ledger discrepancies that must always be empty. */
export class Views1763800000013 implements MigrationInterface {
  name = 'Views1763800000013';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
create view operational.stock_on_hand with (security_invoker = true) as
select l.branch_id, l.drug_id, sum(l.quantity - l.quantity_reserved) as quantity, min(l.expiry_date) as first_expiry
from operational.inventory_lots l
join operational.branches b using (branch_id)
where l.status = 'available' and l.quantity > l.quantity_reserved
  and (l.expiry_date is null or l.expiry_date >= (now() at time zone b.time_zone)::date)
group by l.branch_id, l.drug_id;
comment on view operational.stock_on_hand is 'Base units of a product that can be dispensed or sold at a branch today.';
comment on column operational.stock_on_hand.branch_id is 'The branch.';
comment on column operational.stock_on_hand.drug_id is 'The product.';
comment on column operational.stock_on_hand.quantity is 'Base units free: on hand in available, unexpired lots, less reservations.';
comment on column operational.stock_on_hand.first_expiry is 'Earliest expiry among those lots.';

create view operational.stock_discrepancies with (security_invoker = true) as
select l.lot_id, l.branch_id, l.quantity, coalesce(m.moved, 0) as moved, l.quantity_reserved, coalesce(r.reserved, 0) as reserved
from operational.inventory_lots l
left join (select lot_id, sum(quantity) as moved from operational.stock_movements group by lot_id) m using (lot_id)
left join (select lot_id, sum(quantity) as reserved from operational.stock_reservations where status = 'open' group by lot_id) r using (lot_id)
where l.quantity <> coalesce(m.moved, 0) or l.quantity_reserved <> coalesce(r.reserved, 0);
comment on view operational.stock_discrepancies is 'Lots whose quantity differs from their ledger or reservations: always empty.';
comment on column operational.stock_discrepancies.lot_id is 'The lot.';
comment on column operational.stock_discrepancies.branch_id is 'Its branch.';
comment on column operational.stock_discrepancies.quantity is 'Quantity on the lot.';
comment on column operational.stock_discrepancies.moved is 'Sum of its movements.';
comment on column operational.stock_discrepancies.quantity_reserved is 'Reserved quantity on the lot.';
comment on column operational.stock_discrepancies.reserved is 'Sum of its open reservations.';
grant select on operational.stock_on_hand, operational.stock_discrepancies to pharmacy_app, pharmacy_reporting;
`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'drop view operational.stock_discrepancies; drop view operational.stock_on_hand;',
    );
  }
}
