/** What refers to rows of a table. `of`: further conditions on the constraints; a part of the ledger is asked with the ledger, not by itself. */
const referrers = (of: string, rights: 'invoker' | 'definer'): string => `
create or replace function reference.unreferenced(p_table regclass, p_except regclass[]) returns text language sql stable
  set search_path = pg_catalog, pg_temp as $$
  select coalesce(string_agg(format('not exists (select from %s c where %s)', x.child, x.matches), ' and '), 'true')
  from (
    select k.conrelid::regclass as child, string_agg(format('c.%I = t.%I', a.attname, f.attname), ' and ' order by u.n) as matches
    from pg_constraint k
    cross join lateral unnest(k.conkey, k.confkey) with ordinality as u (child, parent, n)
    join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.child
    join pg_attribute f on f.attrelid = k.confrelid and f.attnum = u.parent
    where k.contype = 'f' and k.confrelid = p_table and not k.conrelid = any (p_except)${of}
    group by k.oid, k.conrelid
  ) x
$$;

create or replace function reference.check_referrers(p_table regclass) returns void language plpgsql security ${rights}
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
    where k.contype = 'f' and k.confrelid = p_table${of}
    group by k.oid, k.conname, k.conrelid
  loop
    execute format('select 1 from %s c where %s and not exists (select from %s p where %s) limit 1', c.child, c.stated, p_table, c.matches) into v_found;
    if v_found is not null then
      raise exception 'a row of % refers to a row of % that is to be deleted', c.child, p_table using errcode = '23503', constraint = c.conname;
    end if;
  end loop;
end $$;
`;

export const REFERRERS_BY_LEDGER = referrers(' and k.conparentid = 0', 'invoker');
export const REFERRERS_BEFORE = referrers('', 'definer');
