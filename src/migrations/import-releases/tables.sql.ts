/** Releases in full: their files, what they would change, what they changed and how to take it back. */
export const TABLES = `
alter table reference.import_releases drop constraint import_releases_status_check;
alter table reference.import_releases
  add constraint import_releases_status_check check (status in ('reading', 'staged', 'applying', 'applied', 'reverting', 'reverted', 'failed', 'dropped')),
  add column title text,
  add column states jsonb not null default '{}',
  add column discontinue_many boolean not null default false,
  add column price_column text,
  add column compared_at timestamptz,
  add column compared_with text,
  add column summary jsonb,
  add column impact jsonb,
  add column staged_until timestamptz,
  add column created_by integer,
  add column reverted_at timestamptz,
  add column reverted_by integer,
  add column failure text;
comment on column reference.import_releases.status is 'reading: being staged; staged: compared and waiting to be applied; applying, reverting: at work; applied, reverted: done; failed: refused or cut off, nothing changed; dropped: put away unapplied.';
comment on column reference.import_releases.title is 'What the source is, in words.';
comment on column reference.import_releases.states is 'Which fields the source states; what it does not state stays with the people of the pharmacy.';
comment on column reference.import_releases.discontinue_many is 'True: the files are complete although more products would be discontinued than they list.';
comment on column reference.import_releases.price_column is 'Column prices come from, for reports.';
comment on column reference.import_releases.compared_at is 'When it was compared with the catalogue.';
comment on column reference.import_releases.compared_with is 'Mark of the catalogue it was compared with: another one means that the comparison is out of date.';
comment on column reference.import_releases.summary is 'Counts of changes by kind, composition of the rows, new ingredient names, and what a revert kept.';
comment on column reference.import_releases.impact is 'Active patients who would gain or lose a grave alert.';
comment on column reference.import_releases.staged_until is 'Until when the staged rows are kept.';
comment on column reference.import_releases.created_by is 'User who brought the files; null: the command line.';
comment on column reference.import_releases.reverted_at is 'When it was taken back.';
comment on column reference.import_releases.reverted_by is 'User who took it back.';
comment on column reference.import_releases.failure is 'Why it failed, in plain words.';
create index import_releases_source_idx on reference.import_releases (source, release_id);

create table reference.import_files ( -- The files of a release, each with its own account of rows.
  release_id integer not null references reference.import_releases (release_id) on delete cascade, -- Release it belongs to.
  file_index integer not null check (file_index >= 0), -- Place among the files, from 0.
  name text not null, -- Name without folder.
  role text not null, -- What the source takes it for.
  bytes bigint not null check (bytes >= 0), -- Bytes read, unpacked.
  sha256 text not null, -- SHA-256 of them in hex.
  rows_read integer not null check (rows_read >= 0), -- Data rows read.
  rows_rejected integer not null check (rows_rejected between 0 and rows_read), -- Of them refused; the others became part of the release.
  primary key (release_id, file_index)
);
alter table reference.import_rejects add column file_index integer not null default 0, add column source_id text;
comment on column reference.import_rejects.source_id is 'Identity of the product the row is about: it is listed by the source, only refused.';
comment on column reference.import_rejects.file_index is 'File of the release the row is in.';

drop table reference.drug_staging;
create unlogged table reference.drug_staging ( -- Products of a release on their way in; emptied when it is applied or dropped. Without keys: it is written by COPY and joined as a whole.
  release_id integer not null, -- Release it belongs to.
  row_no integer not null, -- Number within the release, from 1.
  file_index integer not null, -- File the row is in.
  line_number integer not null, -- Line there.
  source_id text not null, -- Identity at the source.
  name text not null, -- Name as on the pack.
  name_folded text not null, -- Name folded.
  name_ar text, -- Name in Arabic.
  active_raw text, -- Ingredients as written.
  strength text, -- Strength as shown.
  dosage_form text, -- Form, by name.
  route text, -- Route, by name.
  company_key integer, -- Manufacturer, in staged_names.
  marketer_key integer, -- Marketing company, in staged_names.
  category_key integer, -- Category, in staged_names.
  atc_code text, -- WHO ATC code.
  price numeric(14, 3), -- Price of one pack; null: none stated.
  old_price numeric(14, 3), -- Price before, where stated.
  price_ceiling numeric(14, 3), -- Regulated maximum, where stated.
  base_unit text, -- Smallest unit counted.
  units_per_strip numeric(14, 3), -- Base units in a strip.
  units_per_pack numeric(14, 3), -- Base units in a pack.
  rx_only boolean not null, -- Prescription only, as stated or by the default of the source.
  rx_stated boolean not null, -- True: the source says so itself.
  controlled_schedule text, -- Controlled schedule.
  storage text, -- How it is kept.
  handling_flags text[], -- Handling flags.
  status text not null, -- active or discontinued.
  ingredient_status text not null, -- linked, partial or unlinked.
  side_rows integer[], -- Further rows that are part of it: file, line, file, line, …
  content_hash text not null -- Hash of everything that is written.
);
create unlogged table reference.staged_ingredients ( -- Compositions of staged products.
  release_id integer not null, -- Release.
  row_no integer not null, -- Product.
  position smallint not null, -- Place in the composition.
  ingredient_id integer, -- The ingredient, where it is known already.
  name_key integer, -- The ingredient in staged_names, where this release brings it.
  raw_text text not null, -- The part as written.
  amount numeric(18, 6), -- Amount.
  unit text, -- Its unit.
  per_amount numeric(18, 6), -- Denominator.
  per_unit text -- Its unit.
);
create unlogged table reference.staged_barcodes ( -- Codes of staged products.
  release_id integer not null, -- Release.
  row_no integer not null, -- Product.
  code text not null, -- As printed.
  gtin text not null, -- Padded to 14 digits.
  kind text not null, -- What sort of code it is.
  pack_level text not null, -- What one scan stands for.
  base_units numeric(14, 3), -- Base units of one scan, where stated.
  description text, -- The pack in words.
  file_index integer, -- Row of its own, where it had one: file.
  line_number integer -- Line there.
);
create unlogged table reference.staged_packs ( -- Packs of staged products.
  release_id integer not null, -- Release.
  row_no integer not null, -- Product.
  level text not null, -- strip, pack or case.
  base_units numeric(14, 3) not null, -- Base units in it.
  description text not null -- The pack in words.
);
create unlogged table reference.staged_names ( -- Entries of lists that staged products refer to, by a key of the release.
  release_id integer not null, -- Release.
  name_key integer not null, -- Key within the release.
  kind text not null, -- company, category, form, route or ingredient.
  name text not null, -- As shown.
  folded text not null, -- Folded.
  name_ar text, -- In Arabic, where known.
  detail jsonb, -- What else is known: family of a form, wider category, codes and names of an ingredient.
  resolved_id integer -- Identity of the entry, once there is one.
);
create unlogged table reference.staged_targets ( -- Which product a staged row is, for the rows that are written.
  release_id integer not null, -- Release.
  row_no integer not null, -- Staged row.
  drug_id integer not null, -- The product.
  is_new boolean not null -- True: this release brings it.
);
create unlogged table reference.import_progress ( -- How far a release at work has come; written often, so neither logged nor audited.
  release_id integer primary key, -- Release.
  phase text not null, -- reading, comparing, applying, finishing or reverting.
  rows_read integer not null, -- Data rows read so far.
  bytes_read bigint not null, -- Bytes read so far.
  bytes_total bigint not null, -- Bytes there are; 0: not known.
  rows_per_second integer not null, -- Rate of reading.
  updated_at timestamptz not null default clock_timestamp() -- When it was told.
);

create table reference.release_changes ( -- What a release changes (staged) or changed (applied), a row for each product but the new ones.
  change_id bigint generated always as identity primary key, -- Identity, in the order of the file.
  release_id integer not null references reference.import_releases (release_id) on delete cascade, -- Release.
  kinds text[] not null, -- new, discontinued, returned, price_up, price_down, price_set, name, ingredients, form, pack, details, barcode_added, barcode_reused.
  drug_id integer, -- The product, once it has an identity; no foreign key, a reverted one is gone.
  source_id text, -- Identity at the source.
  name text not null, -- Name of the product as it is or becomes.
  price_before numeric(14, 3), -- Price before, where it changes.
  price_after numeric(14, 3), -- Price after.
  price_percent numeric(12, 2), -- Change in percent of the price before.
  fields jsonb not null default '{}', -- Changed fields: {field: [before, after]}.
  file_index integer, -- File of the row.
  line_number integer -- Line there.
);
create index release_changes_release_idx on reference.release_changes (release_id, change_id);
create index release_changes_kinds_idx on reference.release_changes using gin (kinds) with (fastupdate = off);

create table reference.release_images ( -- How to take a release back: rows as they were before, and which rows are new.
  image_id bigint generated always as identity primary key, -- Identity.
  release_id integer not null references reference.import_releases (release_id) on delete cascade, -- Release.
  table_name text not null, -- Table of the schema reference.
  operation text not null check (operation in ('insert', 'update', 'delete')), -- What the release did.
  first_key integer, -- Identity of the row; of an insert the first of an unbroken run. Null: the key is in before.
  last_key integer, -- Of an insert the last of the run.
  before jsonb, -- The row before; of an insert into a table with a wider key the key.
  after_version integer -- Version the release left the row at, where it has one: another one means a person edited it.
);
create unique index release_images_row_key on reference.release_images (release_id, table_name, first_key) where operation <> 'insert';
create index release_images_release_idx on reference.release_images (release_id, table_name);

create table reference.drug_edits ( -- When a person or a job last changed a product or its ingredients, barcodes and packs; releases do not count.
  drug_id integer primary key, -- The product.
  edited_at timestamptz not null -- When.
);
`;
