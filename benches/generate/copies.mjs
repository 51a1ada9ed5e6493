/** Copies of a product that is sold over the counter, so many; answers their ids in the order they were made. Past the triggers: the caller has set them aside. */
export async function copiesOfAProduct(owner, products) {
  const { rows: columns } = await owner.query(
    `select string_agg(quote_ident(column_name), ', ') as copied from information_schema.columns
     where table_schema = 'reference' and table_name = 'drugs' and is_generated = 'NEVER' and column_name not in ('drug_id', 'name', 'source_id')`,
  );
  const { copied } = columns[0];
  const { rows: drugs } = await owner.query(
    `insert into reference.drugs (name, source_id, ${copied})
     select 'Bench product ' || n, 'bench-' || n, ${copied}
     from generate_series(1, $1::int) n,
       lateral (select * from reference.drugs d where d.status = 'active' and not d.rx_only and d.controlled_schedule is null and d.price is not null
         order by d.drug_id limit 1) d
     returning drug_id`,
    [products],
  );
  return drugs.map((row) => row.drug_id);
}
