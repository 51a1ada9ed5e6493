/** A month of the trail goes as a whole: the removal is written, its rows are counted against the seals, and its part is gone, in one transaction. */
export const DETACH = `
create function operational.detach_audit_month(p_month date, p_removal operational.audit_removals) returns bigint language plpgsql
  set search_path = pg_catalog, pg_temp set lock_timeout = '500ms' as $$
declare
  v_part text := 'audit_logs_' || to_char(p_month, 'YYYY_MM');
  v_end timestamptz := operational.movement_month_start((p_month + interval '1 month')::date);
  v_rows bigint;
  v_others bigint;
  v_later bigint := 0;
begin
  if to_regclass(format('operational.%I', v_part)) is null then
    raise exception 'the audit trail has no part for %', to_char(p_month, 'YYYY-MM') using errcode = 'MD476';
  end if;
  if v_end + interval '1 year' > now() or exists (select from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = 'operational.audit_logs'::regclass and c.relname <> 'audit_logs_default' and c.relname < v_part) then
    raise exception '% is not the oldest month of the trail, or ended less than a year ago', to_char(p_month, 'YYYY-MM') using errcode = 'MD477';
  end if;
  -- Whoever writes ends first, or this gives way before tills queue behind it: what is counted is what goes.
  lock table only operational.audit_logs in access exclusive mode;
  if (p_removal).removal_no is not null then
    insert into operational.audit_removals select (p_removal).*;
    -- The last seal of a month has rows of the next as well; they are in the file with it.
    delete from operational.audit_logs l where l.audit_log_id between (p_removal).first_id and (p_removal).last_id and l.occurred_at >= v_end;
    get diagnostics v_later = row_count;
  end if;
  execute format('select count(*) filter (where l.audit_log_id between $1 and $2), count(*) filter (where (l.audit_log_id between $1 and $2) is not true) from operational.%I l', v_part)
    into v_rows, v_others using (p_removal).first_id, (p_removal).last_id;
  if v_others > 0 or v_rows + v_later <> coalesce((p_removal).row_count, 0) then
    raise exception '%: % rows of the removal and % others are there, % were sealed', to_char(p_month, 'YYYY-MM'), v_rows + v_later, v_others, coalesce((p_removal).row_count, 0)
      using errcode = 'MD478';
  end if;
  execute format('alter table operational.audit_logs detach partition operational.%I', v_part);
  execute format('drop table operational.%I', v_part);
  return v_rows + v_later;
end $$;
comment on function operational.detach_audit_month(date, operational.audit_removals) is 'Takes the oldest month out of the trail with its part, and writes the removal of its seals (none where it is empty); granted to nobody, the owner calls it.';
`;

export const NO_DETACH = `
drop function operational.detach_audit_month(date, operational.audit_removals);
`;
