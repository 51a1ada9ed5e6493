/**
 * Drug search by the specification's own indexes, which answers while no snapshot is there. One statement finds the
 * candidates, ranks, filters, pages and counts the facets.
 *
 * Parameters of BROWSE, SEARCH, SUGGEST: filters: $1 forms, $2 routes, $3 categories folded, $4 companies folded (one of;
 * null: any), $5 prescription only, $6 in stock · $7 drug ids in stock · $8 most candidates looked at · $9 offset · $10 limit. Of SEARCH, SUGGEST:
 * $11 folded query · $12 end of its prefix range · words: $13 folded, $14 patterns, $15 looked up, $16 english, $17 loose,
 * $18 Arabic tsquery texts · $19 gtin · $20 literal.
 *
 * `cross join lateral (… offset 0)` keeps the planner on the index of drug_ingredients: it overrates strpos() a
 * thousandfold and would read the whole table.
 *
 * Ranks are places in SQL_KINDS: 0 barcode, 1 exact, 2 prefix, 3 brand, 4 ingredient, 5 synonym, 6 text.
 */

/** A folded Arabic name as far as SQL can fold it without another column: hamza, alef, ta marbuta, digits, harakat. */
const ARABIC_FOLDED = `translate(lower(coalesce(d.name_ar, '')), 'أإآٱىةؤئ٠١٢٣٤٥٦٧٨٩ـًٌٍَُِّْ', 'اااايهوي0123456789')`;

/**
 * Candidates by text: words the indexes know in at most 2,000 products (and the rarest word, however many it has) give
 * them; every other word must stand in the name, the composition, the strength, the form or the maker. A text of which
 * the indexes know no word (all stop words, or accents in the name) is looked for in all folded names: 10 ms.
 * Indexes: idx_drugs_name_gin, idx_drugs_active_gin, drugs_name_ar_gin, drug_ingredients_ingredient_idx.
 */
const TEXT_MATCHES = `
words as materialized (
  select n::integer as n, word, rtrim(word, '%') as digits_or_letters, pattern, is_lookup, query, loose, arabic
  from unnest($13::text[], $14::text[], $15::boolean[], $16::text[], $17::text[], $18::text[])
    with ordinality as w (word, pattern, is_lookup, query, loose, arabic, n)
), found as (
  select w.n, d.drug_id, true as is_sure, true as in_name
  from words w cross join lateral (
    select drug_id from reference.drugs where to_tsvector('english', name) @@ to_tsquery('english', w.query)) d
  where w.is_lookup
  union all
  select w.n, d.drug_id, false, false
  from words w cross join lateral (
    select drug_id from reference.drugs where to_tsvector('english', name) @@ to_tsquery('english', w.loose)) d
  where w.is_lookup and w.loose is not null
  union all
  select w.n, d.drug_id, true, false
  from words w cross join lateral (
    select drug_id from reference.drugs
    where to_tsvector('english', coalesce(active_raw, '')) @@ to_tsquery('english', w.query)) d
  where w.is_lookup
  union all
  select w.n, d.drug_id, true, true
  from words w cross join lateral (
    select drug_id from reference.drugs
    where to_tsvector('simple', coalesce(name_ar, '')) @@ to_tsquery('simple', w.arabic)) d
  where w.is_lookup and w.arabic is not null
  union all
  select w.n, di.drug_id, true, false
  from words w
  join reference.ingredients i on strpos(' ' || i.name_folded, ' ' || w.word) > 0
  cross join lateral (select drug_id from reference.drug_ingredients where ingredient_id = i.ingredient_id offset 0) di
  where w.is_lookup
  union all
  select w.n, di.drug_id, true, false
  from words w
  join reference.ingredient_synonyms s on strpos(' ' || s.synonym_folded, ' ' || w.word) > 0
  cross join lateral (select drug_id from reference.drug_ingredients where ingredient_id = s.ingredient_id offset 0) di
  where w.is_lookup
), known as materialized (
  select n, drug_id, bool_or(is_sure) as is_sure, bool_or(in_name) as in_name
  from found
  group by n, drug_id
), drivers as (
  select n
  from (select n, count(*) as products, row_number() over (order by count(*), n) as place from known group by n) as counted
  where place = 1 or products <= 2000
), sources as (
  select distinct k.drug_id from known k join drivers using (n)
  union all
  select d.drug_id
  from reference.drugs d
  where (select not exists (select from known)) and exists (select from words)
    and not exists (select from words w where strpos(d.name_folded, w.digits_or_letters) = 0)
), texts as (
  select d.drug_id, d.name_folded, ${ARABIC_FOLDED} as ar_folded,
    concat_ws(' ', d.name_folded, lower(d.active_raw), lower(d.strength), lower(d.dosage_form), lower(d.route), c.name_folded) as everything
  from sources
  join reference.drugs d using (drug_id)
  left join reference.companies c on c.company_id = d.company_id
), text_matches as (
  select t.drug_id,
    bool_and(
      coalesce(k.in_name, false)
      or strpos(t.name_folded, w.digits_or_letters) > 0 and t.name_folded ~ w.pattern
      or w.arabic is not null and t.ar_folded ~ w.pattern) as in_name,
    bool_or(w.arabic is not null and t.ar_folded = $11) as is_arabic_exact,
    bool_or(w.arabic is not null and starts_with(t.ar_folded, $11)) as is_arabic_prefix
  from texts t
  cross join words w
  left join known k on k.drug_id = t.drug_id and k.n = w.n
  group by t.drug_id
  having bool_and(
    coalesce(k.is_sure, false)
    or strpos(t.everything, w.digits_or_letters) > 0 and t.everything ~ w.pattern
    or w.arabic is not null and t.ar_folded ~ w.pattern)
)`;

const CANDIDATES = `
candidates as (
  select drug_id, min(rank) as rank
  from (
    select drug_id, 0 as rank from reference.drug_barcodes where gtin = $19
    union all
    select drug_id, 1 from reference.drugs where name_folded = $11 and $11 <> ''
    union all
    select drug_id, 2 from reference.drugs where name_folded ~>=~ $11 and name_folded ~<~ $12 and $11 <> ''
    union all
    select drug_id,
      case when is_arabic_exact then 1 when is_arabic_prefix then 2 when in_name then 3 else 6 end
    from text_matches
    union all
    select di.drug_id, 4
    from reference.ingredients i
    cross join lateral (select drug_id from reference.drug_ingredients where ingredient_id = i.ingredient_id offset 0) di
    where length($11) > 2 and strpos(' ' || i.name_folded, ' ' || $11) > 0
    union all
    select di.drug_id, 5
    from reference.ingredient_synonyms s
    cross join lateral (select drug_id from reference.drug_ingredients where ingredient_id = s.ingredient_id offset 0) di
    where length($11) > 2 and strpos(' ' || s.synonym_folded, ' ' || $11) > 0
    union all
    select drug_id, 6 from reference.drugs where $20::text is not null and strpos(lower(name), $20) > 0
  ) as m
  group by drug_id
)`;

const FILTERS = `
  ($1::text[] is null or d.dosage_form = any ($1))
  and ($2::text[] is null or d.route = any ($2))
  and ($3::text[] is null or d.category_id in (select category_id from reference.therapeutic_categories where name_folded = any ($3)))
  and ($4::text[] is null or d.company_id in (select company_id from reference.companies where name_folded = any ($4)))
  and ($5::boolean is null or d.rx_only = $5)
  and ($6::boolean is null or (d.drug_id = any ($7::integer[])) = $6)`;

const FILTERED = `
filtered as materialized (
  select d.drug_id, c.rank, d.status <> 'active' as is_inactive, d.name_folded, d.dosage_form, d.route, d.category_id, d.company_id,
    d.rx_only, d.drug_id = any ($7::integer[]) as in_stock
  from candidates c
  join reference.drugs d using (drug_id)
  where ${FILTERS}
  order by c.rank, is_inactive, d.name_folded, d.drug_id
  limit $8
)`;

const EVERYTHING = `
filtered as materialized (
  select d.drug_id, null::integer as rank, d.status <> 'active' as is_inactive, d.name_folded, d.dosage_form, d.route, d.category_id,
    d.company_id, d.rx_only, d.drug_id = any ($7::integer[]) as in_stock
  from reference.drugs d
  where ${FILTERS}
  order by is_inactive, d.name_folded, d.drug_id
  limit $8
)`;

const PAGE = `
page as (
  select drug_id, rank, row_number() over (order by rank, is_inactive, name_folded, drug_id) as place
  from filtered
  order by rank, is_inactive, name_folded, drug_id
  offset $9 limit $10
)`;

/** The six facets in one pass; the bit that is 0 in `grouping` says which column a row counts. */
const FACETS = `
counted as (
  select grouping(dosage_form, route, category_id, company_id, rx_only, in_stock) as facet,
    dosage_form, route, category_id, company_id, rx_only, in_stock, count(*)::integer as count
  from filtered
  group by grouping sets ((dosage_form), (route), (category_id), (company_id), (rx_only), (in_stock))
), facet_places as (
  select c.facet, coalesce(c.dosage_form, c.route, t.name, m.name, c.rx_only::text, c.in_stock::text) as value, c.count,
    row_number() over (partition by c.facet order by c.count desc, c.dosage_form, c.route, c.category_id, c.company_id, c.rx_only, c.in_stock) as place
  from counted c
  left join reference.therapeutic_categories t on t.category_id = c.category_id
  left join reference.companies m on m.company_id = c.company_id
  where num_nulls(c.dosage_form, c.route, c.category_id, c.company_id, c.rx_only, c.in_stock) < 6
)`;

const ANSWER = `
select (select count(*)::integer from filtered) as total,
  coalesce((select jsonb_agg(jsonb_build_object('drugId', drug_id, 'rank', rank) order by place) from page), '[]') as page,
  coalesce(
    (select jsonb_agg(jsonb_build_object('facet', facet, 'value', value, 'count', count) order by facet, place)
     from facet_places where place <= 20), '[]') as facets`;

/** Every product, by name: what an empty search box shows. */
export const BROWSE = `with /* search.browse */ ${EVERYTHING}, ${PAGE}, ${FACETS} ${ANSWER}`;

/** Which products match, best first, with facet counts. */
export const SEARCH = `with /* search.search */ ${TEXT_MATCHES}, ${CANDIDATES}, ${FILTERED}, ${PAGE}, ${FACETS} ${ANSWER}`;

/** The same without facets. */
export const SUGGEST = `with /* search.suggest */ ${TEXT_MATCHES}, ${CANDIDATES}, ${FILTERED}, ${PAGE}
select coalesce((select jsonb_agg(jsonb_build_object('drugId', drug_id, 'rank', rank) order by place) from page), '[]') as page`;

/**
 * The first products by the beginning of their names, in the order of SEARCH: where they fill the list of suggestions,
 * nothing else can. $1 folded text, $2 end of its prefix range, $3 limit. Index: drugs_name_prefix_idx.
 */
export const SUGGEST_BY_PREFIX = `
select /* search.suggestByPrefix */ drug_id as "drugId", case when name_folded = $1 then 1 else 2 end as rank
from reference.drugs
where name_folded ~>=~ $1 and name_folded ~<~ $2
order by rank, status <> 'active', name_folded, drug_id
limit $3`;

/** The shortest other name of an ingredient of each of these products ($1) in which the folded query ($2) begins a word. */
export const FIND_SYNONYMS = `
select /* search.findSynonyms */ distinct on (di.drug_id) di.drug_id as "drugId", s.synonym
from reference.drug_ingredients di
join reference.ingredient_synonyms s using (ingredient_id)
where di.drug_id = any ($1::integer[]) and strpos(' ' || s.synonym_folded, ' ' || $2) > 0
order by di.drug_id, length(s.synonym), s.synonym_id`;
