/** The cards of one answer. $1 branch, $2 service, $3 hook, $4 instance, $5 user of the client, $6 user, $7 the cards as JSON. */
export const INSERT_CARDS = `
insert /* cdsHooks.insertCards */ into operational.cds_cards (card_uuid, branch_id, service_id, hook, hook_instance, client_user, user_id,
  indicator, kind, severity, fingerprint, rule_code, rule_id, rule_version)
select c."cardUuid", $1, $2, $3, $4, $5, $6, c.indicator, c.kind, c.severity, c.fingerprint, c."ruleCode", c."ruleId", c."ruleVersion"
from jsonb_to_recordset($7::jsonb) as c ("cardUuid" uuid, indicator text, kind text, severity text, fingerprint text, "ruleCode" text,
  "ruleId" integer, "ruleVersion" integer)`;

/**
 * What became of cards. $1 branch, $2 service, $3 user, $4 the reports as JSON, in their order. A card this branch did not
 * give is kept as the client wrote it, without the link. Rests on the primary key of cds_cards.
 */
export const INSERT_FEEDBACK = `
insert /* cdsHooks.insertFeedback */ into operational.cds_feedback (branch_id, service_id, card, card_uuid, outcome, accepted_suggestions,
  reason_code, reason_system, reason_display, comment, outcome_at, user_id)
select $1, $2, f.card, c.card_uuid, f.outcome, array(select jsonb_array_elements_text(f."acceptedSuggestions")), f."reasonCode",
  f."reasonSystem", f."reasonDisplay", f.comment, f."outcomeAt", $3
from rows from (jsonb_to_recordset($4::jsonb) as (card text, outcome text, "acceptedSuggestions" jsonb, "reasonCode" text,
  "reasonSystem" text, "reasonDisplay" text, comment text, "outcomeAt" timestamptz)) with ordinality
  as f (card, outcome, "acceptedSuggestions", "reasonCode", "reasonSystem", "reasonDisplay", comment, "outcomeAt", n)
left join operational.cds_cards c on c.card_uuid::text = lower(f.card) and c.branch_id = $1
order by f.n`;

const FILTER = `
from operational.cds_feedback f
left join operational.cds_cards c using (card_uuid)
where ($1::text is null or f.outcome = $1) and ($2::text is null or c.rule_code = $2)
  and ($3::boolean is null or (f.card_uuid is not null) = $3)`;

/** A page of feedback, newest first. $1 outcome, $2 rule, $3 whether the card is known, $4 rows, $5 rows before. Rests on the primary key. */
export const FIND_FEEDBACK = `
select /* cdsHooks.findFeedback */ f.feedback_id as "feedbackId", f.service_id as "serviceId", f.card, f.outcome,
  f.accepted_suggestions as "acceptedSuggestions",
  case when f.reason_code is not null then json_build_object('code', f.reason_code, 'system', f.reason_system, 'display', f.reason_display) end as reason,
  f.comment, f.outcome_at as "outcomeAt", f.received_at as "receivedAt",
  (select u.username from operational.users u where u.user_id = f.user_id) as username,
  case when c.card_uuid is not null then json_build_object('hook', c.hook, 'hookInstance', c.hook_instance, 'clientUser', c.client_user,
    'issuedAt', to_char(c.issued_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'indicator', c.indicator, 'kind', c.kind,
    'severity', c.severity, 'ruleCode', c.rule_code, 'ruleVersion', c.rule_version) end as given
${FILTER}
order by f.feedback_id desc limit $4 offset $5`;

export const COUNT_FEEDBACK = `
select /* cdsHooks.countFeedback */ count(*)::int as total ${FILTER}`;
