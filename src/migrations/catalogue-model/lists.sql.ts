/** The ATC tree beside the shop's own categories; what sort of thing an ingredient is; codes; handling flags; provenance. */
export const LISTS = `
alter table reference.therapeutic_categories
  add column kind text not null default 'local' check (kind in ('atc', 'local')),
  add column level smallint,
  add column code text constraint therapeutic_categories_code_key unique check (length(code) between 1 and 80);
comment on column reference.therapeutic_categories.kind is 'atc: a class of the WHO ATC tree; local: a category of a source or of the pharmacy.';
comment on column reference.therapeutic_categories.level is 'Level 1 to 5 in the ATC tree, which is what the length of the code says; null on local categories.';
comment on column reference.therapeutic_categories.code is 'The ATC code of a class of the tree; the own code of a local category, where it has one.';
comment on column reference.therapeutic_categories.atc_code is 'WHO ATC code: of the class itself, or the one a local category corresponds to.';
alter table reference.therapeutic_categories
  add constraint therapeutic_categories_atc_check check (
    case kind
      when 'atc' then code is not null and code = atc_code and code ~ '^[A-Z]([0-9]{2}([A-Z]([A-Z]([0-9]{2})?)?)?)?$'
        and level is not null and level = case length(code) when 1 then 1 when 3 then 2 when 4 then 3 when 5 then 4 else 5 end
      else level is null end);
create function reference.place_in_atc() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  new.code := coalesce(new.code, new.atc_code);
  new.atc_code := new.code;
  new.level := case length(new.code) when 1 then 1 when 3 then 2 when 4 then 3 when 5 then 4 when 7 then 5 end;
  new.parent_category_id := (
    select p.category_id from reference.therapeutic_categories p
    where p.kind = 'atc' and p.code <> new.code and p.code = any (array[left(new.code, 1), left(new.code, 3), left(new.code, 4), left(new.code, 5)])
    order by p.level desc limit 1);
  return new;
end $$;
comment on function reference.place_in_atc() is 'Row trigger of ATC classes: level and wider class follow from the code, so the tree cannot contradict it.';
create trigger therapeutic_categories_place before insert or update on reference.therapeutic_categories
  for each row when (new.kind = 'atc') execute function reference.place_in_atc();

alter table reference.ingredients
  add column kind text not null default 'substance' check (kind in ('substance', 'salt', 'mixture', 'not_medicinal', 'merged')),
  add column base_ingredient_id integer references reference.ingredients (ingredient_id),
  add column base_factor numeric(9, 6) check (base_factor > 0),
  add constraint ingredients_base_check check (case when kind in ('salt', 'merged') then base_ingredient_id is not null and base_ingredient_id <> ingredient_id else base_ingredient_id is null end),
  add constraint ingredients_factor_of_salt_check check (base_factor is null or kind = 'salt');
comment on column reference.ingredients.kind is 'substance; salt: a salt or ester of a base; mixture: a class or mixture (multivitamins, milk formula) that cannot be screened; not_medicinal: nothing to screen; merged: found to be another ingredient.';
comment on column reference.ingredients.base_ingredient_id is 'The ingredient that stands for this one in screening, search and equivalents: the base of a salt, or what it was merged into.';
comment on column reference.ingredients.base_factor is 'Amount of base in one part of the salt by weight (amlodipine besylate 0.721), where known.';
create index ingredients_base_idx on reference.ingredients (base_ingredient_id) where base_ingredient_id is not null;
create index ingredients_name_trgm on reference.ingredients using gin (name_folded public.gin_trgm_ops);

alter table reference.ingredient_synonyms
  add column base_factor numeric(9, 6) check (base_factor > 0),
  add constraint ingredient_synonyms_factor_of_salt_check check (base_factor is null or kind = 'salt');
comment on column reference.ingredient_synonyms.base_factor is 'Of a salt kept as a synonym of its base: amount of base in one part of the salt by weight, where known.';
create index ingredient_synonyms_trgm on reference.ingredient_synonyms using gin (synonym_folded public.gin_trgm_ops);

create table reference.ingredient_codes ( -- What other systems call an ingredient.
  system text not null check (system in ('unii', 'rxcui', 'cas', 'atc', 'snomed')), -- Code system: FDA UNII, RxNorm RxCUI, CAS number, further ATC codes, SNOMED CT.
  code text not null check (length(code) between 1 and 40), -- The code there.
  ingredient_id integer not null references reference.ingredients (ingredient_id), -- The ingredient meant; a salt's code may mean its base here.
  source text not null, -- Where the link came from.
  created_at timestamptz not null default now(), -- When it was entered.
  primary key (system, code)
);
create index ingredient_codes_ingredient_idx on reference.ingredient_codes (ingredient_id);

create table reference.ingredient_links ( -- What pharmacists decided about ingredient texts and ingredients, so that it can be undone.
  link_id integer generated by default as identity primary key, -- Identity of the decision.
  kind text not null check (kind in ('link', 'merge')), -- link: a text means an ingredient; merge: an ingredient is another one.
  raw_text text not null, -- The text or name decided about.
  ingredient_id integer not null references reference.ingredients (ingredient_id), -- What it means.
  merged_ingredient_id integer references reference.ingredients (ingredient_id), -- The ingredient that was merged, if one was.
  moved jsonb not null default '{}', -- What moved, so that it can go back: lines, synonyms, codes, salts, groups.
  synonym_id integer references reference.ingredient_synonyms (synonym_id) on delete set null, -- The synonym remembered for it, if it was new.
  made_by integer, -- User who decided; no foreign key, reference never points at operational.
  made_at timestamptz not null default now(), -- When.
  undone_by integer, -- User who took it back.
  undone_at timestamptz -- When it was taken back; null: it stands.
);
create index ingredient_links_made_idx on reference.ingredient_links (made_at);
create index drug_ingredients_unlinked_idx on reference.drug_ingredients (lower(raw_text)) where ingredient_id is null;

create table reference.handling_flags ( -- The controlled list of handling flags a product may bear.
  id integer generated by default as identity primary key, -- Identity of the flag.
  code text not null constraint handling_flags_code_key unique check (code ~ '^[a-z0-9][a-z0-9-]{0,49}$'), -- Code products bear, e.g. light-sensitive.
  name text not null check (length(name) between 1 and 100), -- Name in English.
  name_ar text, -- Name in Arabic.
  version integer not null default 1 -- Rises by one with each edit.
);
insert into reference.handling_flags (code, name, name_ar) values
  ('cytotoxic', 'Cytotoxic', 'سام للخلايا'),
  ('hazardous', 'Hazardous to handle', 'خطر عند التداول'),
  ('teratogenic', 'Teratogenic', 'مشوه للأجنة'),
  ('narcotic', 'Narcotic', 'مخدر'),
  ('psychotropic', 'Psychotropic', 'مؤثر على الحالة النفسية'),
  ('precursor', 'Precursor of controlled drugs', 'سليفة مواد خاضعة للرقابة'),
  ('refrigerate', 'Keep refrigerated (2-8 °C)', 'يحفظ في الثلاجة (٢-٨ °م)'),
  ('freeze', 'Keep frozen', 'يحفظ مجمدا'),
  ('do-not-freeze', 'Do not freeze', 'لا يجمد'),
  ('light-sensitive', 'Protect from light', 'يحفظ بعيدا عن الضوء'),
  ('moisture-sensitive', 'Protect from moisture', 'يحفظ بعيدا عن الرطوبة'),
  ('flammable', 'Flammable', 'قابل للاشتعال'),
  ('do-not-crush', 'Do not crush or split', 'لا يطحن ولا يقسم'),
  ('shake-well', 'Shake well', 'يرج جيدا'),
  ('look-alike-sound-alike', 'Looks or sounds like another product', 'مشابه لمستحضر آخر شكلا أو نطقا'),
  ('high-alert', 'High-alert medicine', 'دواء عالي الخطورة');
insert into reference.handling_flags (code, name)
select distinct f, f from reference.drugs, unnest(handling_flags) f where f ~ '^[a-z0-9][a-z0-9-]{0,49}$'
on conflict (code) do nothing;

alter table reference.drugs
  add column source_url text check (length(source_url) <= 2000),
  add column price_ceiling_effective_from date,
  add column price_ceiling_source text check (length(price_ceiling_source) between 1 and 200);
comment on column reference.drugs.source_url is 'Where the source shows this product, if it does.';
comment on column reference.drugs.price is 'Selling price of one pack in the branch currency; 0: no price is known, and it is not sold until one is set.';
comment on column reference.drugs.price_ceiling_effective_from is 'Day the regulated maximum took effect, where known.';
comment on column reference.drugs.price_ceiling_source is 'Who set the regulated maximum: decree, gazette, source.';
create index drugs_atc_idx on reference.drugs (atc_code text_pattern_ops) where atc_code is not null;
`;
