const COLUMNS = `
  p.prescriber_id as "prescriberId", p.first_name as "firstName", p.last_name as "lastName", p.first_name_ar as "firstNameAr",
  p.last_name_ar as "lastNameAr", p.licence_number as "licenceNumber", p.authority_number as "authorityNumber",
  p.licence_valid_until as "licenceValidUntil", p.specialty, p.phone, p.active, p.is_sample as "isSample", p.version`;

/** A word is in the name or near one of its words, as for patients. $1 search words (null: everybody), $2 beginning of a licence or authority number, $3 active or null. A few hundred rows at most. */
const MATCHING = `
from operational.prescribers p
where ($3::boolean is null or p.active = $3)
  and ($1::text[] is null or starts_with(lower(p.licence_number), lower($2)) or starts_with(lower(p.authority_number), lower($2))
    or (cardinality($1) > 0 and not exists (select from unnest($1) w 
      where not (w operator(public.<%) p.name_folded or p.name_folded like '%' || w || '%'))))`;

/** As for patients: a search word may differ by a letter or two. */
export const LOWER_SIMILARITY = `
select /* prescribers.lowerSimilarity */ set_config('pg_trgm.word_similarity_threshold', '0.45', true)`;

export const FIND_PAGE = `
select /* prescribers.findPage */ ${COLUMNS} ${MATCHING}
order by case when $1::text[] is null then 0 else public.word_similarity($4, p.name_folded) end desc, p.name_folded, p.prescriber_id
limit $5 offset $6`;
export const COUNT = `select /* prescribers.count */ count(*) as total ${MATCHING}`;
export const FIND_ONE = `
select /* prescribers.findOne */ ${COLUMNS} from operational.prescribers p where p.prescriber_id = $1`;
