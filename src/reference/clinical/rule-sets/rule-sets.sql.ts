import { columnList, columnTypes, RULE_TABLES, type RuleTable } from './rule-tables.sql.js';
import { RULE_KINDS, type RuleKindName } from './rule-sets.types.js';

/** Gravest first; a dose limit has no severity. */
const GRAVITY = `coalesce(array_position(array['contraindicated', 'major', 'moderate', 'minor'], s.rule ->> 'severity'), 0)`;

/** Writes refusals, takes their rows out of staging, and answers how many there are of each file. Follows a CTE `gone`. */
const refuse = (name: string): string => `
), told as (
  insert into reference.import_rejects (release_id, file_index, line_number, column_name, reason, raw_value, source_id)
  select $1, file_index, line_number, null, reason, label, code from gone
), left_out as (
  delete from reference.staged_rules s using gone g where s.release_id = $1 and s.row_no = g.row_no
)
select /* ruleSets.${name} */ file_index as "fileIndex", count(*)::integer as count from gone group by file_index`;

/**
 * Rows about the same as another row of the file. Of several the gravest stays, then the first; what says the same in
 * other words or the other way round is that row once more, anything else is refused. $1 release.
 */
export const REFUSE_REPEATED = `
with ranked as materialized (
  select s.row_no, s.file_index, s.line_number, s.code, s.label, s.written, s.rule,
    first_value(s.line_number) over same as kept_line, first_value(s.row_no) over same as kept_row,
    first_value(s.written) over same as kept_written, first_value(s.rule) over same as kept_rule
  from reference.staged_rules s where s.release_id = $1
  window same as (partition by s.identity order by ${GRAVITY}, s.row_no)
), gone as materialized (
  select row_no, file_index, line_number, code, label, case when rule = kept_rule then 'is line ' || kept_line || ' once more'
    else 'is about the same as line ' || kept_line || ', which says otherwise and is kept' end as reason
  from ranked where row_no <> kept_row and (rule <> kept_rule or written = kept_written)
${refuse('refuseRepeated')}`;

/** What is left of rows about the same: said in other words, or the other way round. $1 release. */
export const FOLD_REPEATED = `
delete /* ruleSets.foldRepeated */ from reference.staged_rules s using reference.staged_rules k
where s.release_id = $1 and k.release_id = $1 and k.identity = s.identity
  and (${GRAVITY.replaceAll('s.rule', 'k.rule')}, k.row_no) < (${GRAVITY}, s.row_no)`;

/** Rows with the code of another row. $1 release. */
export const REFUSE_SAME_CODE = `
with ranked as materialized (
  select s.row_no, s.file_index, s.line_number, s.code, s.label, first_value(s.line_number) over same as kept_line, first_value(s.row_no) over same as kept_row
  from reference.staged_rules s where s.release_id = $1
  window same as (partition by s.code order by s.row_no)
), gone as materialized (
  select row_no, file_index, line_number, code, label, 'has the code of line ' || kept_line as reason from ranked where row_no <> kept_row
${refuse('refuseSameCode')}`;

/** $1 release, then arrays: file, rows refused. */
export const ADD_REFUSED = `
update /* ruleSets.addRefused */ reference.import_files f set rows_rejected = f.rows_rejected + a.n
from unnest($2::int[], $3::int[]) as a (file_index, n) where f.release_id = $1 and f.file_index = a.file_index`;

export const FORGET_CHANGES = `
delete /* ruleSets.forgetChanges */ from reference.rule_release_changes where release_id = $1`;

export const COUNT_STAGED_RULES = `
select /* ruleSets.countStagedRules */ reference.count_staged_rules()`;

/** Staged rules of a release; 0 when they were lost with a crash of the database. $1 release. */
export const HOW_MANY_STAGED = `
select /* ruleSets.howManyStaged */ count(*)::integer as count from reference.staged_rules where release_id = $1`;

/** $1 release. */
export const COUNT_CHANGES = `
select /* ruleSets.countChanges */ count(*) filter (where change = 'new')::integer as added, count(*) filter (where change = 'changed')::integer as changed,
  count(*) filter (where change = 'closed')::integer as closed,
  (select count(*)::integer from reference.staged_rules where release_id = $1) as staged,
  coalesce((select jsonb_object_agg(change || ' ' || severity, n) from (
    select change, coalesce(severity_after, severity_before) as severity, count(*) as n from reference.rule_release_changes
    where release_id = $1 and coalesce(severity_after, severity_before) is not null group by 1, 2) t), '{}') as severities
from reference.rule_release_changes where release_id = $1`;

/** A page of what a release changes. $1 release, $2 change or null, $3 limit, $4 offset. */
export const FIND_CHANGES = `
select /* ruleSets.findChanges */ c.change, c.code, c.label, c.severity_before as "severityBefore", c.severity_after as "severityAfter", c.fields,
  f.name as file, c.line_number as line
from (
  select * from reference.rule_release_changes c where c.release_id = $1 and ($2::text is null or c.change = $2)
  order by c.change_id limit $3 offset $4
) c
left join reference.import_files f on f.release_id = c.release_id and f.file_index = c.file_index
order by c.change_id`;

/** $1 release, $2 change or null. */
export const COUNT_CHANGES_TOLD = `
select /* ruleSets.countChangesTold */ count(*)::integer as total from reference.rule_release_changes c
where c.release_id = $1 and ($2::text is null or c.change = $2)`;

/** Versions a release ended or brought, of the changes there are so few of that they can be judged. $1 release, $2 limit. */
export const FIND_CHANGED_IDS = `
select /* ruleSets.findChangedIds */ coalesce(array_agg(old_id) filter (where old_id is not null), '{}') as "oldIds",
  coalesce(array_agg(new_id) filter (where new_id is not null), '{}') as "newIds"
from (select old_id, new_id from reference.rule_release_changes where release_id = $1 limit $2) c`;

/** While these hold, what a release brings is audited by statement. $1 release, $2 apply or revert. */
export const BEGIN_RELEASE = `
select /* ruleSets.beginRelease */ set_config('app.release_id', $1, true), set_config('app.release_mode', $2, true)`;

/** The statements of one kind of rules. */
export interface RuleSetStatements {
  /** Keeps other writers of the table out until the transaction ends. Readers are not kept waiting. */
  readonly lock: string;
  /** A mark of what a comparison rests on: the set and the pharmacy's own rules in force. $1 set. */
  readonly mark: string;
  /** Rows the pharmacy has a rule of its own for. $1 release. */
  readonly refuseOwn: string | undefined;
  /** Rows whose code is that of a rule of no set or another one. $1 release, $2 set. */
  readonly refuseTakenCode: string;
  /** The diff of new and changed rules. $1 release. */
  readonly tellStaged: string;
  /** The diff of rules the file no longer lists; a row that is refused is still listed. $1 release, $2 set. */
  readonly tellMissing: string;
  /** Ends what is changed or closed. $1 release. */
  readonly close: string;
  /** Adds what is new or changed. $1 release, $2 set. */
  readonly add: string;
  /** Notes which versions the release brought. $1 release. */
  readonly note: string;
  /** Rules somebody changed since the release. $1 release. One row: count, codes. */
  readonly edited: string;
  /** Ends what the release brought. $1 release, $2 codes to leave alone. */
  readonly end: string;
  /** Puts what was in force before in force again, as the next version. $1 release, $2 codes to leave alone. */
  readonly restore: string;
}

function statementsOf(kind: RuleKindName, rule: RuleTable): RuleSetStatements {
  const { table, ownInTheWay, label } = rule;
  const name = `reference.${table}`;
  const all = columnList(rule, '');
  const of = (alias: string): string => columnList(rule, `${alias}.`);
  const staged = `jsonb_to_record(s.rule) as r (${columnTypes(rule)})`;
  const severity = (alias: string): string => ('severity' in rule.columns ? `${alias}.severity` : 'null');
  const nextVersion = (code: string): string =>
    `1 + coalesce((select max(v.version) from ${name} v where v.code = ${code}), 0)`;
  // A refused row of which only the subject is known stands for every rule about it.
  const isRefused =
    kind === 'contraindications' || kind === 'dosage'
      ? "(j.source_id = t.code or j.source_id like '%@' and starts_with(t.code, j.source_id))"
      : 'j.source_id = t.code';
  const own =
    ownInTheWay === undefined
      ? undefined
      : `select from ${name} o where o.rule_set is null and o.valid_to is null and ${ownInTheWay}`;
  return {
    lock: `lock table /* ruleSets.lock_${kind} */ ${name} in share row exclusive mode`,
    mark: `
select /* ruleSets.mark_${kind} */ md5(coalesce(string_agg(id::text, ',' order by id), '')) as mark from ${name} where valid_to is null and (rule_set = $1 or rule_set is null)`,
    refuseOwn:
      own === undefined
        ? undefined
        : `
with gone as materialized (
  select s.row_no, s.file_index, s.line_number, s.code, s.label, 'is decided by a rule of the pharmacy''s own, which stays' as reason
  from reference.staged_rules s cross join lateral ${staged} where s.release_id = $1 and exists (${own})
${refuse(`refuseOwn_${kind}`)}`,
    refuseTakenCode: `
with gone as materialized (
  select s.row_no, s.file_index, s.line_number, s.code, s.label, 'has a code that a rule of another source has' as reason
  from reference.staged_rules s join ${name} t on t.code = s.code and t.valid_to is null
  where s.release_id = $1 and t.rule_set is distinct from $2
${refuse(`refuseTakenCode_${kind}`)}`,
    tellStaged: `
insert /* ruleSets.tellStaged_${kind} */ into reference.rule_release_changes (release_id, change, code, label, old_id, severity_before, severity_after, fields, file_index, line_number)
select $1, case when t.id is null then 'new' else 'changed' end, s.code, s.label, t.id, ${severity('t')}, ${severity('r')},
  case when t.id is null then '{}' else (select coalesce(jsonb_object_agg(k, jsonb_build_array(b.j -> k, a.j -> k)), '{}')
    from (select to_jsonb(t) as j) b, (select to_jsonb(r) as j) a, jsonb_object_keys(a.j) k where b.j -> k is distinct from a.j -> k) end,
  s.file_index, s.line_number
from reference.staged_rules s cross join lateral ${staged}
left join ${name} t on t.code = s.code and t.valid_to is null
where s.release_id = $1 and (t.id is null or (${of('t')}) is distinct from (${of('r')}))
order by s.row_no`,
    tellMissing: `
insert /* ruleSets.tellMissing_${kind} */ into reference.rule_release_changes (release_id, change, code, label, old_id, severity_before)
select $1, 'closed', t.code, ${label}, t.id, ${severity('t')}
from ${name} t
where t.rule_set = $2 and t.valid_to is null
  and not exists (select from reference.staged_rules s where s.release_id = $1 and s.code = t.code)
  and not exists (select from reference.import_rejects j where j.release_id = $1 and ${isRefused})
order by t.code`,
    close: `
update /* ruleSets.close_${kind} */ ${name} t set valid_to = now()
from reference.rule_release_changes c where c.release_id = $1 and t.id = c.old_id and t.valid_to is null`,
    add: `
insert /* ruleSets.add_${kind} */ into ${name} (code, version, rule_set, ${all})
select s.code, ${nextVersion('s.code')}, $2, ${of('r')}
from reference.rule_release_changes c
join reference.staged_rules s on s.release_id = $1 and s.code = c.code
cross join lateral ${staged}
where c.release_id = $1 and c.change <> 'closed'
order by s.row_no`,
    note: `
update /* ruleSets.note_${kind} */ reference.rule_release_changes c set new_id = t.id
from ${name} t where c.release_id = $1 and c.change <> 'closed' and t.code = c.code and t.valid_to is null`,
    edited: `
select /* ruleSets.edited_${kind} */ count(*)::integer as count, coalesce(array_agg(c.code order by c.code), '{}') as codes
from reference.rule_release_changes c
left join ${name} t on t.code = c.code and t.valid_to is null
left join ${name} r on r.id = coalesce(c.new_id, c.old_id)
where c.release_id = $1 and (case when c.change = 'closed' then t.id is not null else t.id is null or (${of('t')}) is distinct from (${of('r')}) end${own === undefined ? '' : ` or c.old_id is not null and exists (${own})`})`,
    end: `
update /* ruleSets.end_${kind} */ ${name} t set valid_to = now()
from reference.rule_release_changes c
where c.release_id = $1 and c.change <> 'closed' and t.code = c.code and t.valid_to is null and not t.code = any ($2::text[])`,
    restore: `
insert /* ruleSets.restore_${kind} */ into ${name} (code, version, rule_set, ${all})
select o.code, ${nextVersion('c.code')}, o.rule_set, ${of('o')}
from reference.rule_release_changes c join ${name} o on o.id = c.old_id
where c.release_id = $1 and not c.code = any ($2::text[])
order by c.change_id`,
  };
}

export const RULE_SET_STATEMENTS = Object.fromEntries(
  RULE_KINDS.map((kind) => [kind, statementsOf(kind, RULE_TABLES[kind])]),
) as unknown as Readonly<Record<RuleKindName, RuleSetStatements>>;
