/**
 * The functions that write many rows. `mayReplicate`: the owner may switch off the checks foreign keys make row by row
 * (`grant set on parameter session_replication_role`, which a superuser gives when it migrates).
 */
export const applySql = (mayReplicate: boolean): string => {
  const settings = `set search_path = pg_catalog, pg_temp${mayReplicate ? ' set session_replication_role = replica' : ''}`;
  return `
create or replace function reference.insert_release_drugs(p_release integer, p_source text) returns integer language plpgsql security definer
  ${settings} as $$
declare
  v_first integer := (select min(drug_id) from reference.staged_targets where release_id = p_release and kind = 'new');
  v_inserted integer;
begin
  if v_first is null then
    return 0;
  end if;
  perform reference.lock_catalogue();
  insert into reference.drugs (drug_id, name, name_folded, name_ar, active_raw, strength, dosage_form, route, company_id, marketer_company_id,
    category_id, atc_code, price, old_price, price_ceiling, price_ceiling_source, base_unit, units_per_strip, units_per_pack, rx_only, controlled_schedule, storage,
    handling_flags, status, ingredient_status, source, source_id, release_id, content_hash)
  select t.drug_id, s.name, s.name_folded, s.name_ar, s.active_raw, s.strength, s.dosage_form, s.route, c.resolved_id, m.resolved_id,
    g.resolved_id, s.atc_code, coalesce(s.price, 0), s.old_price, s.price_ceiling, case when s.price_ceiling is not null then p_source end,
    coalesce(s.base_unit, 'piece'), s.units_per_strip, coalesce(s.units_per_pack, 1), s.rx_only, s.controlled_schedule, coalesce(s.storage, 'room'),
    coalesce(s.handling_flags, '{}'), s.status, s.ingredient_status, p_source, s.source_id, p_release, s.content_hash
  from reference.staged_targets t
  join reference.drug_staging s on s.release_id = p_release and s.row_no = t.row_no
  left join reference.staged_names c on c.release_id = p_release and c.name_key = s.company_key
  left join reference.staged_names m on m.release_id = p_release and m.name_key = s.marketer_key
  left join reference.staged_names g on g.release_id = p_release and g.name_key = s.category_key
  where t.release_id = p_release and t.kind = 'new';
  get diagnostics v_inserted = row_count;
  perform reference.check_references('reference.drugs', 'drug_id', v_first);
  return v_inserted;
end $$;

create or replace function reference.insert_release_compositions(p_release integer) returns integer language plpgsql security definer
  ${settings} as $$
declare
  v_first integer := nextval(pg_get_serial_sequence('reference.drug_ingredients', 'drug_ingredient_id'));
  v_inserted integer;
begin
  perform reference.lock_catalogue();
  insert into reference.drug_ingredients (drug_id, position, ingredient_id, raw_text, amount, unit, per_amount, per_unit)
  select t.drug_id, p.position, coalesce(p.ingredient_id, n.resolved_id), p.raw_text, p.amount, p.unit, p.per_amount, p.per_unit
  from reference.staged_targets t
  join reference.staged_ingredients p on p.release_id = p_release and p.row_no = t.row_no
  left join reference.staged_names n on n.release_id = p_release and n.name_key = p.name_key
  where t.release_id = p_release and (t.kind = 'new' or not exists (select from reference.drug_ingredients l where l.drug_id = t.drug_id));
  get diagnostics v_inserted = row_count;
  perform reference.check_references('reference.drug_ingredients', 'drug_ingredient_id', v_first);
  return v_inserted;
end $$;

create or replace function reference.insert_release_barcodes(p_release integer) returns integer language plpgsql security definer
  ${settings} as $$
declare
  v_first integer := nextval(pg_get_serial_sequence('reference.drug_barcodes', 'barcode_id'));
  v_inserted integer;
begin
  perform reference.lock_catalogue();
  insert into reference.drug_barcodes (drug_id, code, gtin, kind, pack_level, pack_id, base_units)
  select t.drug_id, b.code, b.gtin, b.kind, b.pack_level, k.pack_id, case when k.pack_id is null then b.base_units end
  from reference.staged_targets t
  join reference.staged_barcodes b on b.release_id = p_release and b.row_no = t.row_no
  left join reference.drug_packs k on k.drug_id = t.drug_id and k.level = b.pack_level and k.base_units = b.base_units and k.description = coalesce(b.description, '')
  where t.release_id = p_release
  order by t.drug_id, b.gtin
  on conflict (gtin) do nothing;
  get diagnostics v_inserted = row_count;
  perform reference.check_references('reference.drug_barcodes', 'barcode_id', v_first);
  return v_inserted;
end $$;
`;
};
