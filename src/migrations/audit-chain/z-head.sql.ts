/** Hash of a report and the function that issues one, with the last seal of the audit trail in both, or as they were before. */
const issuing = (hasSeal: boolean): string => `
create or replace function operational.z_report_hash(p_z operational.z_reports) returns bytea language sql stable
  set search_path = pg_catalog, pg_temp as $$
  select sha256(coalesce(p_z.previous_hash, '') || convert_to((jsonb_build_array(p_z.branch_id, p_z.z_number, p_z.shift_id, p_z.business_date,
    extract(epoch from p_z.issued_at)::text, p_z.issued_by, p_z.content)${
      hasSeal
        ? `
    || case when p_z.audit_seal_no is null then '[]'::jsonb else jsonb_build_array(p_z.audit_seal_no, encode(p_z.audit_seal_hash, 'hex')) end`
        : ''
    })::text, 'UTF8'))
$$;

create or replace function operational.issue_z_report(p_shift_id integer) returns void language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_shift operational.till_shifts%rowtype;
  v_last operational.z_reports%rowtype;
  v_z operational.z_reports%rowtype;
begin
  select * into strict v_shift from operational.till_shifts where shift_id = p_shift_id;
  -- The last lock of a close: two tills of a branch wait here for each other's number, and hold nothing the other asks for.
  perform pg_advisory_xact_lock(hashtextextended('operational.z_reports ' || v_shift.branch_id, 0));
  select * into v_last from operational.z_reports where branch_id = v_shift.branch_id order by z_number desc limit 1;
  v_z.branch_id := v_shift.branch_id;
  v_z.shift_id := p_shift_id;
  v_z.z_number := coalesce(v_last.z_number, 0) + 1;
  v_z.content := operational.till_figures(p_shift_id);
  v_z.business_date := (v_z.content ->> 'businessDate')::date;
  v_z.issued_at := v_shift.closed_at;
  v_z.issued_by := v_shift.closed_by;
  v_z.previous_hash := v_last.hash;${
    hasSeal
      ? `
  select s.seal_no, s.hash into v_z.audit_seal_no, v_z.audit_seal_hash from operational.audit_seals s order by s.seal_no desc limit 1;`
      : ''
  }
  insert into operational.z_reports (branch_id, shift_id, z_number, business_date, issued_at, issued_by, content, previous_hash, hash${hasSeal ? ', audit_seal_no, audit_seal_hash' : ''})
  values (v_z.branch_id, v_z.shift_id, v_z.z_number, v_z.business_date, v_z.issued_at, v_z.issued_by, v_z.content, v_z.previous_hash, operational.z_report_hash(v_z)${
    hasSeal ? ', v_z.audit_seal_no, v_z.audit_seal_hash' : ''
  });
end $$;
`;

/** The Z report names the last seal of the audit trail, and its hash covers that: the two chains hold each other. */
export const Z_HEAD = `
alter table operational.z_reports
  add column audit_seal_no bigint references operational.audit_seals (seal_no),
  add column audit_seal_hash bytea,
  add constraint z_reports_seal_check check ((audit_seal_no is null) = (audit_seal_hash is null));
comment on column operational.z_reports.audit_seal_no is 'Last seal of the audit trail when the shift was closed; null: there was none.';
comment on column operational.z_reports.audit_seal_hash is 'Hash of that seal.';
${issuing(true)}`;

export const Z_HEAD_DOWN = `${issuing(false)}
alter table operational.z_reports drop column audit_seal_no, drop column audit_seal_hash;
`;
