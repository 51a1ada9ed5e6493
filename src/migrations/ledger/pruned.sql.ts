/**
 * Functions on the path of fills and sales ask the ledger for what was written a moment ago, or since a fill began. Said so, it is looked for in
 * one or two months in place of all. A day more is allowed: a clock that is set back is not a lost movement. The moment is a function of the
 * statement's parameters (now(), sale_moved_since): then one plan serves every call and opens the months it needs when it starts.
 * A variable would be planned anew each time, a column of another table would open all months.
 */
const PIECES: readonly (readonly [signature: string, from: string, to: string])[] = [
  [
    'operational.issue_stock(integer, text, integer[], numeric[], integer[], integer[])',
    'where m.branch_id = p_branch_id and (m.sale_item_id',
    "where m.branch_id = p_branch_id and m.recorded_at >= now() - interval '1 day' and (m.sale_item_id",
  ],
  [
    'operational.check_sale()',
    'where m.fill_id = i.fill_id)',
    'where m.fill_id = i.fill_id and m.recorded_at >= operational.sale_moved_since(new.sale_id))',
  ],
  [
    'operational.check_sale()',
    'where m.sale_item_id = i.sale_item_id)',
    "where m.sale_item_id = i.sale_item_id and m.recorded_at >= now() - interval '1 day')",
  ],
  [
    'operational.order_movement()',
    'where m.lot_id = new.lot_id and m.movement_id > new.movement_id)',
    "where m.lot_id = new.lot_id and m.movement_id > new.movement_id and m.recorded_at >= now() - interval '1 day')",
  ],
  [
    'operational.check_repack()',
    'and m.movement_id > new.movement_id - 100000',
    "and m.movement_id > new.movement_id - 100000 and m.recorded_at >= now() - interval '1 day'",
  ],
  [
    'operational.unscanned_lots(integer, text, integer)',
    '(m.fill_id = f.fill_id)',
    "(m.fill_id = f.fill_id) AND (m.recorded_at >= (f.filled_at - '1 day'::interval))",
  ],
  // A row trigger of a part of the ledger is told the name of the part.
  [
    'operational.audit_row()',
    'tg_table_schema, tg_table_name,',
    'tg_table_schema, coalesce(tg_argv[2], tg_table_name),',
  ],
  [
    'operational.tell_board()',
    "elsif tg_table_name in ('will_call_bins', 'stock_movements') then",
    "elsif tg_table_name = 'will_call_bins' or tg_argv[0] = 'stock' then",
  ],
];

/** A piece of a function as it stands becomes another, whoever wrote the rest. */
const replaced = (signature: string, from: string, to: string): string => `
do $piece$
declare
  v_old text := pg_get_functiondef('${signature}'::regprocedure);
  v_new text := replace(v_old, $from$${from}$from$, $to$${to}$to$);
begin
  if v_new = v_old then
    raise exception '${signature} does not say what is to be replaced in it';
  end if;
  execute v_new;
end $piece$;`;

const triggers = (audit: string, told: string): string => `
create or replace trigger stock_movements_audit after insert or update or delete on operational.stock_movements
  for each row execute function operational.audit_row(${audit});
create or replace trigger stock_movements_tell after insert on operational.stock_movements
  for each row when (new.movement_type = 'receipt') execute function operational.tell_board(${told});`;

const SINCE = `
create function operational.sale_moved_since(p_sale_id integer) returns timestamptz language sql stable
  set search_path = pg_catalog, pg_temp as $$
  select least(s.sale_date, (select min(f.filled_at) from operational.sale_items i join operational.fills f on f.fill_id = i.fill_id where i.sale_id = s.sale_id)) - interval '1 day'
  from operational.sales s where s.sale_id = p_sale_id
$$;
comment on function operational.sale_moved_since(integer) is 'Stock of a sale and of its fills moved after this moment.';
grant execute on function operational.sale_moved_since(integer) to pharmacy_app, pharmacy_reporting;`;

export const PRUNED = `${SINCE}${PIECES.map((piece) => replaced(...piece)).join('')}
comment on function operational.audit_row() is 'Row trigger: writes the audit row. Arguments: key columns, columns left out, name of the table where the trigger sits on a part of it.';
${triggers("'movement_id', '', 'stock_movements'", "'stock'")}`;

export const NOT_PRUNED = `${triggers("'movement_id', ''", '')}${PIECES.map(([signature, from, to]) => replaced(signature, to, from)).join('')}
drop function operational.sale_moved_since(integer);
comment on function operational.audit_row() is 'Row trigger: writes the audit row. Arguments: key columns, columns left out.';`;
