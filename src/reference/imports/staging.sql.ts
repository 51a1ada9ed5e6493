import { STAGED_COLUMNS } from './staged-row.js';

/** One import at a time, whatever its source; released with the transaction that took it, also by a crash. */
export const TRY_LOCK = `
select /* imports.tryLock */ pg_try_advisory_xact_lock(hashtext('reference-import')) as locked`;

/** Releases left staged by an import that was cut off. Only the holder of the import lock may call them stale. */
export const FAIL_STALE = `
update /* imports.failStale */ reference.import_releases set status = 'failed' where status = 'staged'`;

/** Their rows. The table is unlogged and otherwise empty between imports. */
export const DROP_STALE_ROWS = `
delete /* imports.dropStaleRows */ from reference.drug_staging s
using reference.import_releases r where r.release_id = s.release_id and r.status = 'failed'`;

/** $1 source, $2 file names. */
export const CREATE_RELEASE = `
insert /* imports.createRelease */ into reference.import_releases (source, file_name) values ($1, $2)
returning release_id as "releaseId"`;

/** $1 release, $2 hash, $3 rows read, $4 rows rejected. */
export const FINISH_STAGING = `
update /* imports.finishStaging */ reference.import_releases set file_sha256 = $2, rows_read = $3, rows_rejected = $4
where release_id = $1`;

/** $1 release. */
export const MARK_FAILED = `
update /* imports.markFailed */ reference.import_releases set status = 'failed' where release_id = $1 and status = 'staged'`;

export const DROP_STAGED_ROWS = `
delete /* imports.dropStagedRows */ from reference.drug_staging where release_id = $1`;

/** Names of verified ingredients and their synonyms: what the parser may link to. Some 10,000 rows. */
export const FIND_LEXICON = `
select /* imports.findLexicon */ i.ingredient_id as "ingredientId", i.atc_code as "atcCode", i.name
from reference.ingredients i where i.verified
union all
select i.ingredient_id, i.atc_code, s.synonym
from reference.ingredient_synonyms s join reference.ingredients i using (ingredient_id) where i.verified`;

/** Folded names of ingredients that earlier imports met and nobody has verified yet. */
export const FIND_UNVERIFIED = `
select /* imports.findUnverified */ name_folded as "nameFolded" from reference.ingredients where not verified order by ingredient_id`;

export const COPY_ROWS = `copy reference.drug_staging (release_id, line_number, ${STAGED_COLUMNS.join(', ')}, content_hash) from stdin`;

export const COPY_REJECTS =
  'copy reference.import_rejects (release_id, line_number, column_name, reason, raw_value) from stdin';
