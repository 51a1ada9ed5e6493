/** Tables of which a sale or a fill writes several rows at once, with their key. */
const IN_SETS = [
  ['sale_items', 'sale_item_id'],
  ['stock_movements', 'movement_id'],
] as const;

/** What follows of the rows of a statement is written for all of them together, and nothing is begun where nothing follows. */
export const WRITTEN_IN_SETS = `
create function operational.audit_inserted() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_tx text := operational.current_tx_id();
  v_user integer := operational.current_user_id();
  v_branch integer := nullif(current_setting('app.branch_id', true), '')::integer;
  v_request text := nullif(current_setting('app.request_id', true), '');
begin
  insert into operational.audit_logs (tx_id, user_id, branch_id, request_id, table_schema, table_name, row_key, action, after)
  select v_tx, v_user, coalesce((n.j ->> 'branch_id')::integer, v_branch), v_request, tg_table_schema, tg_table_name, n.j ->> tg_argv[0], 'insert', n.j
  from (select to_jsonb(t) as j from new_rows t offset 0) n;
  return null;
end $$;
comment on function operational.audit_inserted() is 'Statement trigger: writes the audit rows of inserted rows, as audit_row does for each. Argument: key column.';
${IN_SETS.map(
  ([table, key]) => `
create trigger ${table}_audit_insert after insert on operational.${table}
  referencing new table as new_rows for each statement execute function operational.audit_inserted('${key}');`,
).join('')}
create or replace trigger sale_items_audit after update or delete on operational.sale_items
  for each row execute function operational.audit_row('sale_item_id', '');
create or replace trigger stock_movements_audit after update or delete on operational.stock_movements
  for each row execute function operational.audit_row('movement_id', '', 'stock_movements');
`;

export const WRITTEN_ROW_BY_ROW = `
create or replace trigger sale_items_audit after insert or update or delete on operational.sale_items
  for each row execute function operational.audit_row('sale_item_id', '');
create or replace trigger stock_movements_audit after insert or update or delete on operational.stock_movements
  for each row execute function operational.audit_row('movement_id', '', 'stock_movements');
${IN_SETS.map(([table]) => `drop trigger ${table}_audit_insert on operational.${table};`).join('\n')}
drop function operational.audit_inserted();
`;

const OF_CONTROLLED = `  for v_product in
    select m.branch_id, m.drug_id, sum(m.quantity) as quantity`;

/** A piece of the register's function, as it stands: most statements move nothing that is controlled. */
const pieceOfRegister = (from: string, to: string): string => `
do $piece$
declare
  v_old text := pg_get_functiondef('operational.keep_controlled_register()'::regprocedure);
  v_new text := replace(v_old, $from$${from}$from$, $to$${to}$to$);
begin
  if v_new = v_old then
    raise exception 'keep_controlled_register does not say what is to be replaced in it';
  end if;
  execute v_new;
end $piece$;`;

const ONLY_CONTROLLED = `  if not exists (select from moved m join reference.drugs d on d.drug_id = m.drug_id
      where d.controlled_schedule is not null or exists (select from operational.controlled_registers r where r.branch_id = m.branch_id and r.drug_id = m.drug_id)) then
    return null;
  end if;
${OF_CONTROLLED}`;

export const REGISTER_ASKED_FIRST = pieceOfRegister(OF_CONTROLLED, ONLY_CONTROLLED);
export const REGISTER_NOT_ASKED_FIRST = pieceOfRegister(ONLY_CONTROLLED, OF_CONTROLLED);
