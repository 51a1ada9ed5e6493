// Other ways to sell a basket, on tables of their own in the same PostgreSQL: stock first expiry first, sale, lines, ledger and audit, one durable
// transaction each. They write less than the product does: no prices, taxes, payment, idempotency key, screening or rights.
import 'reflect-metadata';

import pg from 'pg';
import { DataSource, EntitySchema, MoreThan } from 'typeorm';

import { LOTS } from './till.mjs';

const TABLES = `
drop schema if exists peers cascade;
create schema peers;
create table peers.lots (lot_id int generated always as identity primary key, drug_id int not null, expiry_date date not null, quantity int not null check (quantity >= 0));
create table peers.sales (sale_id int generated always as identity primary key, sold_at timestamptz not null default now());
create table peers.sale_items (sale_item_id int generated always as identity primary key, sale_id int not null references peers.sales, drug_id int not null, quantity int not null);
create index on peers.sale_items (sale_id);
create table peers.stock_movements (movement_id int generated always as identity primary key, lot_id int not null references peers.lots, sale_item_id int not null references peers.sale_items, quantity int not null);
create index on peers.stock_movements (lot_id);
create table peers.audit_logs (audit_id int generated always as identity primary key, entity text not null, entity_id int not null, at timestamptz not null default now());
insert into peers.lots (drug_id, expiry_date, quantity) select d, current_date + 100 * k, 1000000 from generate_series(1, PRODUCTS) d, generate_series(1, ${LOTS}) k;
create index on peers.lots (drug_id, expiry_date, lot_id) where quantity > 0;
create function peers.sell(drug_ids int[]) returns int language plpgsql as $$
declare
  made int; line int; lot int; drug int;
begin
  insert into peers.sales default values returning sale_id into made;
  foreach drug in array drug_ids loop
    select lot_id into strict lot from peers.lots where drug_id = drug and quantity > 0 order by expiry_date, lot_id limit 1 for update;
    update peers.lots set quantity = quantity - 1 where lot_id = lot;
    insert into peers.sale_items (sale_id, drug_id, quantity) values (made, drug, 1) returning sale_item_id into line;
    insert into peers.stock_movements (lot_id, sale_item_id, quantity) values (lot, line, -1);
  end loop;
  insert into peers.audit_logs (entity, entity_id) values ('sale', made);
  return made;
end $$`;

const id = { type: 'int', primary: true, generated: 'identity' };
const entity = (name, columns) => new EntitySchema({ name, schema: 'peers', tableName: name, columns });
const Lot = entity('lots', {
  lotId: { ...id, name: 'lot_id' },
  drugId: { type: 'int', name: 'drug_id' },
  expiryDate: { type: 'date', name: 'expiry_date' },
  quantity: { type: 'int' },
});
const Sale = entity('sales', {
  saleId: { ...id, name: 'sale_id' },
  soldAt: { type: 'timestamptz', name: 'sold_at' },
});
const SaleItem = entity('sale_items', {
  saleItemId: { ...id, name: 'sale_item_id' },
  saleId: { type: 'int', name: 'sale_id' },
  drugId: { type: 'int', name: 'drug_id' },
  quantity: { type: 'int' },
});
const Movement = entity('stock_movements', {
  movementId: { ...id, name: 'movement_id' },
  lotId: { type: 'int', name: 'lot_id' },
  saleItemId: { type: 'int', name: 'sale_item_id' },
  quantity: { type: 'int' },
});
const AuditLog = entity('audit_logs', {
  auditId: { ...id, name: 'audit_id' },
  entity: { type: 'text' },
  entityId: { type: 'int', name: 'entity_id' },
  at: { type: 'timestamptz' },
});

/** As the specification has it: one repository after the other, each row read, changed and saved. */
const byRepositories = (source) => (drugs) =>
  source.transaction(async (manager) => {
    const sale = await manager.getRepository(Sale).save({ soldAt: new Date() });
    for (const drugId of drugs) {
      const [lot] = await manager.getRepository(Lot).find({
        where: { drugId, quantity: MoreThan(0) },
        order: { expiryDate: 'ASC', lotId: 'ASC' },
        take: 1,
        lock: { mode: 'pessimistic_write' },
      });
      lot.quantity -= 1;
      await manager.getRepository(Lot).save(lot);
      const item = await manager.getRepository(SaleItem).save({ saleId: sale.saleId, drugId, quantity: 1 });
      await manager
        .getRepository(Movement)
        .save({ lotId: lot.lotId, saleItemId: item.saleItemId, quantity: -1 });
    }
    await manager.getRepository(AuditLog).save({ entity: 'sale', entityId: sale.saleId, at: new Date() });
  });

const named = (name, text) => (values) => ({ name, text, values });
const LOCK_LOT = named('lock-lot', 'select lot_id from peers.lots where drug_id = $1 and quantity > 0 order by expiry_date, lot_id limit 1 for update'); // prettier-ignore
const TAKE = named('take', 'update peers.lots set quantity = quantity - 1 where lot_id = $1');
const ADD_SALE = named('add-sale', 'insert into peers.sales default values returning sale_id');
const ADD_ITEM = named('add-item', 'insert into peers.sale_items (sale_id, drug_id, quantity) values ($1, $2, 1) returning sale_item_id'); // prettier-ignore
const ADD_MOVEMENT = named('add-movement', 'insert into peers.stock_movements (lot_id, sale_item_id, quantity) values ($1, $2, -1)'); // prettier-ignore
const ADD_AUDIT = named('add-audit', "insert into peers.audit_logs (entity, entity_id) values ('sale', $1)");
const SELL = named('sell', 'select peers.sell($1)');

/** The same statements by hand, prepared, one round trip each. */
const byRoundTrips = (pool) => async (drugs) => {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const { sale_id: saleId } = (await client.query(ADD_SALE([]))).rows[0];
    for (const drugId of drugs) {
      const { lot_id: lotId } = (await client.query(LOCK_LOT([drugId]))).rows[0];
      await client.query(TAKE([lotId]));
      const { sale_item_id: itemId } = (await client.query(ADD_ITEM([saleId, drugId]))).rows[0];
      await client.query(ADD_MOVEMENT([lotId, itemId]));
    }
    await client.query(ADD_AUDIT([saleId]));
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
};

/** Opens them on a database with so many products; each `sell` takes places of products from 0, `close` lets go. */
export async function openCheckoutPeers(connection, products, clients) {
  const pool = new pg.Pool({ ...connection, max: clients });
  await pool.query(TABLES.replace('PRODUCTS', String(products)));
  await pool.query('vacuum (analyze) peers.lots');
  const { user: username, ...rest } = connection;
  const source = await new DataSource({ type: 'postgres', ...rest, username, poolSize: clients, entities: [Lot, Sale, SaleItem, Movement, AuditLog] }).initialize(); // prettier-ignore
  // Locked in one order by all: two baskets never wait for each other.
  const ordered = (sell) => (places) => sell(places.map((place) => place + 1).sort((a, b) => a - b));
  return {
    ways: {
      'one SQL function of a bare sale': ordered((drugs) => pool.query(SELL([drugs]))),
      'round trips with pg': ordered(byRoundTrips(pool)),
      'TypeORM repositories (specification)': ordered(byRepositories(source)),
    },
    async close() {
      await source.destroy();
      await pool.end();
    },
  };
}
