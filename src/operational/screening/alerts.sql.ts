/** The same finding of the same rule version about the same dose is one alert: what is there already stays as first shown. */
export const INSERT_ALERTS = `
insert /* alerts.insert */ into operational.clinical_alerts
  (branch_id, patient_id, prescription_id, identity, fingerprint, kind, severity, stops, subjects, message, management, source, rule_code, rule_id, rule_version)
select $1, $2, $3, a.identity, a.fingerprint, a.kind, a.severity, a.stops, a.subjects, a.message, a.management, a.source, a."ruleCode", a."ruleId", a."ruleVersion"
from jsonb_to_recordset($4::jsonb) as a (identity text, fingerprint text, kind text, severity text, stops boolean, subjects jsonb, message text,
  management text, source text, "ruleCode" text, "ruleId" integer, "ruleVersion" integer)
on conflict (patient_id, coalesce(prescription_id, 0), identity) do nothing`;

/** Every alert kept for a prescription ($2) of the patient ($1), or for his purchases over the counter ($2 null). */
export const ALERTS = `
select /* alerts.ofSubject */ a.alert_id as "alertId", a.identity, a.kind, a.severity, a.stops, a.subjects, a.message, a.management,
  a.source, a.rule_code as "ruleCode", a.rule_id as "ruleId", a.rule_version as "ruleVersion", a.raised_at as "raisedAt"
from operational.clinical_alerts a where a.patient_id = $1 and coalesce(a.prescription_id, 0) = coalesce($2::integer, 0)
order by array_position(array['contraindicated', 'major', 'moderate', 'minor'], a.severity), a.alert_id`;

/**
 * The latest decision about each of these findings ($2 identities) of the patient ($1), within the days the branch ($3)
 * remembers one. A contraindicated finding is never remembered, nor an early refill, nor what was itself only remembered.
 */
export const REMEMBERED = `
select /* alerts.remembered */ distinct on (a.identity) a.identity, o.override_id as "overrideId", o.reason, o.note,
  u.full_name as "overriddenBy", o.overridden_at as "overriddenAt"
from operational.clinical_alerts a
join operational.alert_overrides o using (alert_id)
join operational.branches b on b.branch_id = $3
left join operational.users u on u.user_id = o.overridden_by
where a.patient_id = $1 and a.identity = any ($2::text[]) and a.severity <> 'contraindicated' and a.kind <> 'early_refill' and o.remembered_override_id is null
  and o.overridden_at > now() - make_interval(days => b.override_memory_days)
order by a.identity, o.override_id desc`;

/** $2 fill or $3 sale; $7 the decision remembered, null where it is given now. */
export const INSERT_OVERRIDES = `
insert /* alerts.insertOverrides */ into operational.alert_overrides (branch_id, alert_id, fill_id, sale_id, reason, note, overridden_by, remembered_override_id)
select $1, o.alert_id, $2, $3, o.reason, o.note, $8, o.remembered
from unnest($4::integer[], $5::text[], $6::text[], $7::integer[]) as o (alert_id, reason, note, remembered)
on conflict do nothing`;

/** Alerts overridden for a fill. */
export const OVERRIDDEN = `
select /* alerts.overridden */ o.alert_id as "alertId" from operational.alert_overrides o where o.fill_id = $1`;

export const INSERT_SCREENING = `
insert /* screenings.insert */ into operational.screenings (branch_id, patient_id, purpose, prescription_id, fill_id, sale_id, drug_id, facts, knowledge,
  rule_ids, verdict, content_sha256, verdict_sha256, engine, release_id, screened_by)
values ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9::jsonb, $10::jsonb, $11::jsonb, $12, $13, $14,
  (select max(release_id) from reference.import_releases where status = 'applied'), $15)`;

const KEPT = `s.screening_id as "screeningId", s.patient_id as "patientId", s.purpose, s.facts, s.knowledge, s.rule_ids as "ruleIds", s.verdict,
  s.content_sha256 as "contentSha256", s.verdict_sha256 as "verdictSha256", s.engine, s.release_id as "releaseId", u.full_name as "screenedBy",
  s.screened_at as "screenedAt", s.prescription_id as "prescriptionId"
from operational.screenings s left join operational.users u on u.user_id = s.screened_by`;

/** The screenings of a fill ($1) of the branch ($2), the last first; not those of erased patients, whose facts are blank. Index: screenings_fill_idx. */
export const OF_FILL = `
select /* screenings.ofFill */ ${KEPT}
where s.fill_id = $1 and s.branch_id = $2 and s.facts <> '{}' order by s.screening_id desc`;

/** The screening a prescription ($1) of the branch ($2) was entered with. Index: screenings_entry_idx. */
export const OF_ENTRY = `
select /* screenings.ofEntry */ ${KEPT}
where s.prescription_id = $1 and s.branch_id = $2 and s.purpose = 'entry' and s.facts <> '{}' order by s.screening_id desc`;

export const OVERRIDES_OF_FILL = `
select /* screenings.overridesOfFill */ a.identity, o.reason, o.note, u.full_name as "overriddenBy", o.overridden_at as "overriddenAt",
  o.remembered_override_id is not null as "isRemembered"
from operational.alert_overrides o join operational.clinical_alerts a using (alert_id) left join operational.users u on u.user_id = o.overridden_by
where o.fill_id = $1 order by o.override_id`;

/** Screenings of the branch ($1) in the last $2 months, before one of them ($3), the latest $4; not those of erased patients, whose facts are blank. Index: screenings_branch_idx. */
export const RECENT = `
select /* screenings.recent */ s.screening_id as "screeningId", s.patient_id as "patientId", s.facts, s.knowledge
from operational.screenings s
where s.branch_id = $1 and s.screened_at >= now() - make_interval(months => $2) and s.screening_id < $3 and s.facts <> '{}'
order by s.screening_id desc limit $4`;

/**
 * Stops raised at the branch ($1) between two days ($2 from, $3 to, itself included), each alert once, and what became of
 * them: overridden, by whom, anew or by a decision remembered. An alert nobody overrode is one that was heeded.
 */
const STOPS_RAISED = `
with stops as (
  select a.alert_id, coalesce(a.rule_code, a.kind) as rule, a.kind, a.severity, x.reason, x.overridden_by, x.remembered
  from operational.clinical_alerts a
  join operational.branches b using (branch_id)
  left join lateral (
    select o.reason, o.overridden_by, o.remembered_override_id is not null as remembered
    from operational.alert_overrides o where o.alert_id = a.alert_id order by o.override_id limit 1) x on true
  where a.branch_id = $1 and a.stops and (a.raised_at at time zone b.time_zone)::date between $2::date and $3::date
)`;

/** Override rate of each rule; without a rule, of the kind of check. Rests on alert_overrides_alert_idx. */
export const RATES_BY_RULE = `${STOPS_RAISED}
select /* reports.overridesByRule */ rule, kind, severity, count(*)::int as raised, count(reason)::int as overridden,
  count(*) filter (where remembered)::int as remembered, count(distinct overridden_by)::int as users,
  round(100.0 * count(reason) / count(*), 1)::text as "ratePercent"
from stops group by rule, kind, severity order by count(reason) desc, rule, severity`;

/** Who overrode how much; a decision remembered is counted for who made it first. */
export const RATES_BY_USER = `${STOPS_RAISED}
select /* reports.overridesByUser */ u.user_id as "userId", u.full_name as "userName", count(*)::int as overridden,
  count(*) filter (where s.severity = 'contraindicated')::int as contraindicated, count(distinct s.rule)::int as rules,
  mode() within group (order by s.reason) as "commonReason"
from stops s join operational.users u on u.user_id = s.overridden_by
where not s.remembered group by u.user_id, u.full_name order by count(*) desc, u.user_id`;
