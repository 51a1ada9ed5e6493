/**
 * Deleting what a release brought. Foreign keys would look through a dozen tables for each product; the condition of the
 * delete has done so already, set by set. What was committed meanwhile is met by the check behind it: whoever points at a
 * product locks its row, so the delete has waited for him, and whoever comes later finds no product.
 */
export const revertSql = (mayReplicate: boolean): string => `
create function reference.check_referrers(p_table regclass) returns void language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  c record;
  v_found integer;
begin
  for c in
    select k.conname, k.conrelid::regclass as child, string_agg(format('c.%I = p.%I', a.attname, f.attname), ' and ' order by u.n) as matches,
      string_agg(format('c.%I is not null', a.attname), ' and ' order by u.n) as stated
    from pg_constraint k
    cross join lateral unnest(k.conkey, k.confkey) with ordinality as u (child, parent, n)
    join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.child
    join pg_attribute f on f.attrelid = k.confrelid and f.attnum = u.parent
    where k.contype = 'f' and k.confrelid = p_table
    group by k.oid, k.conname, k.conrelid
  loop
    execute format('select 1 from %s c where %s and not exists (select from %s p where %s) limit 1', c.child, c.stated, p_table, c.matches) into v_found;
    if v_found is not null then
      raise exception 'a row of % refers to a row of % that is to be deleted', c.child, p_table using errcode = '23503', constraint = c.conname;
    end if;
  end loop;
end $$;
comment on function reference.check_referrers(regclass) is 'Checks that every row that points at a table finds what it points at, in one statement for each foreign key.';

create or replace function reference.delete_created(p_release integer, p_table text, p_key text, p_spared integer[], p_drug text, p_except regclass[]) returns integer language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  -- Of these every trigger of their own fires always; the checks of foreign keys alone are switched off.
  v_in_sets constant boolean := ${mayReplicate} and p_table in ('drugs', 'drug_ingredients', 'drug_barcodes');
  v_deleted integer;
  v_all integer := 0;
begin
  if v_in_sets then
    perform set_config('session_replication_role', 'replica', true);
  end if;
  loop
    execute format('delete from reference.%1$I t using reference.release_images i
      where i.release_id = $1 and i.table_name = %1$L and i.operation = ''insert'' and t.%2$I between i.first_key and i.last_key%3$s and %4$s',
      p_table, p_key, case when p_drug = '' then '' else format(' and not t.%I = any ($2)', p_drug) end,
      reference.unreferenced(format('reference.%I', p_table)::regclass, p_except)) using p_release, p_spared;
    get diagnostics v_deleted = row_count;
    v_all := v_all + v_deleted;
    exit when v_deleted = 0 or p_table <> 'therapeutic_categories'; -- a class can go once the classes below it have gone
  end loop;
  if v_in_sets then
    perform set_config('session_replication_role', 'origin', true);
    perform reference.check_referrers(format('reference.%I', p_table)::regclass);
  end if;
  return v_all;
end $$;
revoke execute on function reference.check_referrers(regclass) from public;
`;
