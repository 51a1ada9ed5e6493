import { STAGED_COLUMNS } from './staged-row.js';

/** One import at a time, whatever its source; released with the transaction that took it, also by a crash. */
export const TRY_LOCK = `
select /* imports.tryLock */ pg_try_advisory_xact_lock(hashtext('reference-import')) as locked`;

/** $1 source, $2 title, $3 file names, $4 what the source states, $5 price column, $6 user, $7 complete although smaller, $8 kind of rules or null. */
export const CREATE_RELEASE = `
insert /* imports.createRelease */ into reference.import_releases (source, title, file_name, states, price_column, created_by, discontinue_many, rule_kind, status)
values ($1, $2, $3, $4::jsonb, $5, $6, $7, $8, 'reading')
returning release_id as "releaseId"`;

/** Releases at work when their process ended. Only the holder of the import lock may say so. */
export const FAIL_CUT_OFF = `
update /* imports.failCutOff */ reference.import_releases
set status = case status when 'reverting' then 'applied' else 'failed' end,
  failure = case status when 'reverting' then failure else 'The program or the database ended in the middle. Nothing was changed.' end
where status in ('reading', 'applying', 'reverting')`;

/** Previews nobody applied in time. */
export const DROP_EXPIRED = `
update /* imports.dropExpired */ reference.import_releases set status = 'dropped', failure = 'It was not applied in time.'
where status = 'staged' and staged_until < now()`;

/** Empties staging of releases that wait no more. */
export const CLEAR_STAGING = `
select /* imports.clearStaging */ reference.clear_staging()`;

/** $1 release, $2 why. */
export const MARK_FAILED = `
update /* imports.markFailed */ reference.import_releases set status = 'failed', failure = $2
where release_id = $1 and status in ('reading', 'staged', 'applying')`;

/** $1 release, $2 status it must have, $3 status it gets, $4 why it did not get further, or null. */
export const SET_STATUS = `
update /* imports.setStatus */ reference.import_releases set status = $3, failure = $4 where release_id = $1 and status = $2`;

/** $1 release, $2 hash, $3 rows read, $4 rows rejected. */
export const FINISH_STAGING = `
update /* imports.finishStaging */ reference.import_releases set file_sha256 = $2, rows_read = $3, rows_rejected = $4
where release_id = $1`;

/** $1 release, then arrays: place, name, role, bytes, hash, rows read, rows rejected. */
export const INSERT_FILES = `
insert /* imports.insertFiles */ into reference.import_files (release_id, file_index, name, role, bytes, sha256, rows_read, rows_rejected)
select $1, f.* from unnest($2::int[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::int[], $8::int[]) as f`;

/** Names of verified ingredients and their synonyms: what the parser may link to. A salt stands for its base. */
export const FIND_LEXICON = `
select /* imports.findLexicon */ coalesce(b.ingredient_id, i.ingredient_id) as "ingredientId", coalesce(b.atc_code, i.atc_code) as "atcCode", coalesce(b.name_folded, i.name_folded) as standard, n.name
from (
  select ingredient_id, name from reference.ingredients where verified
  union all
  select s.ingredient_id, s.synonym from reference.ingredient_synonyms s join reference.ingredients v using (ingredient_id) where v.verified
) n
join reference.ingredients i using (ingredient_id)
left join reference.ingredients b on b.ingredient_id = i.base_ingredient_id and i.kind = 'merged'`;

/** Folded names of ingredients that earlier imports met and nobody has verified yet. */
export const FIND_UNVERIFIED = `
select /* imports.findUnverified */ name_folded as "nameFolded" from reference.ingredients where not verified order by ingredient_id`;

export const FIND_CODES = `
select /* imports.findCodes */ c.system, c.code, c.ingredient_id as "ingredientId", i.atc_code as "atcCode", i.name_folded as standard
from reference.ingredient_codes c join reference.ingredients i using (ingredient_id)`;

export const FIND_FLAGS = `
select /* imports.findFlags */ code from reference.handling_flags`;

export const COPY_PRODUCTS = `copy reference.drug_staging (${STAGED_COLUMNS.join(', ')}) from stdin`;

export const COPY_PARTS =
  'copy reference.staged_ingredients (release_id, row_no, position, ingredient_id, name_key, raw_text, amount, unit, per_amount, per_unit) from stdin';

export const COPY_CODES =
  'copy reference.staged_barcodes (release_id, row_no, code, gtin, kind, pack_level, base_units, description, file_index, line_number) from stdin';

export const COPY_PACKS =
  'copy reference.staged_packs (release_id, row_no, level, base_units, description) from stdin';

export const COPY_NAMES =
  'copy reference.staged_names (release_id, name_key, kind, name, folded, name_ar, detail, resolved_id) from stdin';

export const COPY_RULES =
  'copy reference.staged_rules (release_id, row_no, file_index, line_number, code, identity, written, label, rule) from stdin';

export const COPY_REJECTS =
  'copy reference.import_rejects (release_id, file_index, line_number, column_name, reason, raw_value, source_id) from stdin';

/** $1 release, $2 phase, $3 rows, $4 bytes read, $5 bytes in all, $6 rate. */
export const TELL_PROGRESS = `
insert /* imports.tellProgress */ into reference.import_progress (release_id, phase, rows_read, bytes_read, bytes_total, rows_per_second)
values ($1, $2, $3, $4, $5, $6)
on conflict (release_id) do update set phase = excluded.phase, rows_read = excluded.rows_read, bytes_read = excluded.bytes_read,
  bytes_total = excluded.bytes_total, rows_per_second = excluded.rows_per_second, updated_at = clock_timestamp()`;
