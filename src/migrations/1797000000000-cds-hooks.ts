import type { MigrationInterface, QueryRunner } from 'typeorm';

import { commentedSql } from './support/commented-sql.js';
import { refuseToDropRows } from './support/drop-guard.js';

/**
 * Cards that CDS Hooks clients were given, and what their users made of them. Both append-only. Nothing says who the
 * patient was: the client finds the call again by its hook instance.
 */
export class CdsHooks1797000000000 implements MigrationInterface {
  name = 'CdsHooks1797000000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      commentedSql(`
create table operational.cds_cards ( -- Cards given to CDS Hooks clients, without the patient; append-only. A log of its own, so not audited a second time.
  card_uuid uuid primary key, -- Identity of the card, as the client got it.
  branch_id integer not null references operational.branches (branch_id), -- Branch asked.
  service_id text not null check (length(service_id) between 1 and 100), -- Service that answered.
  hook text not null check (hook in ('order-select', 'order-sign')), -- Hook that was called.
  hook_instance text not null check (length(hook_instance) between 1 and 100), -- The call, by the identity the client gave it.
  client_user text not null check (length(client_user) between 1 and 200), -- User of the client, as it named him (Practitioner/1).
  user_id integer not null references operational.users (user_id), -- User of ours whose token was sent.
  indicator text not null check (indicator in ('info', 'warning', 'critical')), -- Urgency shown.
  kind text not null check (length(kind) between 1 and 100), -- Kind of check, or not-checked.
  severity text check (severity in ('contraindicated', 'major', 'moderate', 'minor')), -- How grave; null: it tells what was not checked.
  fingerprint text, -- The finding, as on clinical_alerts; null: none.
  rule_code text, -- Code of the rule; null: none.
  rule_id integer, -- Version row of the rule that judged.
  rule_version integer, -- Version of the rule that judged.
  issued_at timestamptz not null default now(), -- When.
  constraint cds_cards_branch_key unique (card_uuid, branch_id),
  constraint cds_cards_finding_check check ((severity is null) = (fingerprint is null) and (rule_code is null) = (rule_version is null))
);
create index cds_cards_rule_idx on operational.cds_cards (rule_code, issued_at) where rule_code is not null;

create table operational.cds_feedback ( -- What users of CDS Hooks clients made of cards, as their program reported it; append-only.
  feedback_id bigint generated always as identity primary key, -- Identity; rises with time but may have gaps.
  branch_id integer not null references operational.branches (branch_id), -- Branch it was sent to.
  service_id text not null check (length(service_id) between 1 and 100), -- Service it is about.
  card text not null check (length(card) between 1 and 100), -- The card, as the client named it.
  card_uuid uuid, -- The card, where this branch gave it; null: no card of ours.
  outcome text not null check (outcome in ('accepted', 'overridden')), -- accepted: a suggestion was taken; overridden: dismissed.
  accepted_suggestions text[] not null default '{}', -- Suggestions taken.
  reason_code text check (length(reason_code) between 1 and 100), -- Coded reason of an override, of our list or the client's.
  reason_system text check (length(reason_system) between 1 and 300), -- Code system of the reason.
  reason_display text check (length(reason_display) between 1 and 300), -- The reason in words, where the client sent them.
  comment text check (length(comment) between 1 and 2000), -- What the user wrote.
  outcome_at timestamptz not null, -- When he did it, by the client's clock.
  user_id integer not null references operational.users (user_id), -- User of ours whose token was sent.
  received_at timestamptz not null default now(), -- When it came.
  constraint cds_feedback_card_fkey foreign key (card_uuid, branch_id) references operational.cds_cards (card_uuid, branch_id),
  constraint cds_feedback_same_card_check check (card_uuid is null or card_uuid::text = lower(card)),
  constraint cds_feedback_accepted_check check ((outcome = 'accepted') = (cardinality(accepted_suggestions) > 0)),
  constraint cds_feedback_reason_check check ((reason_code is null) = (reason_system is null) and (reason_display is null or reason_code is not null)),
  constraint cds_feedback_override_check check (outcome = 'overridden' or (reason_code is null and comment is null))
);
create index cds_feedback_card_idx on operational.cds_feedback (card_uuid) where card_uuid is not null;

create trigger cds_cards_append_only before update or delete on operational.cds_cards
  for each row execute function operational.refuse_change();
create trigger cds_cards_no_truncate before truncate on operational.cds_cards
  for each statement execute function operational.refuse_change();
create trigger cds_feedback_append_only before update or delete on operational.cds_feedback
  for each row execute function operational.refuse_change();
create trigger cds_feedback_no_truncate before truncate on operational.cds_feedback
  for each statement execute function operational.refuse_change();
call operational.attach_row_audit('cds_feedback', 'feedback_id');

grant select, insert on operational.cds_cards, operational.cds_feedback to pharmacy_app;
grant select on operational.cds_cards, operational.cds_feedback to pharmacy_reporting;
alter table operational.cds_cards enable row level security;
alter table operational.cds_feedback enable row level security;
create policy branch_scope on operational.cds_cards to pharmacy_app
  using (branch_id = any ((select operational.current_branches())::integer[])) with check (branch_id = any ((select operational.current_branches())::integer[]));
create policy branch_scope on operational.cds_feedback to pharmacy_app
  using (branch_id = any ((select operational.current_branches())::integer[])) with check (branch_id = any ((select operational.current_branches())::integer[]));
create policy reporting_reads on operational.cds_cards for select to pharmacy_reporting using (true);
create policy reporting_reads on operational.cds_feedback for select to pharmacy_reporting using (true);
`),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await refuseToDropRows(queryRunner, ['operational.cds_feedback', 'operational.cds_cards']);
    await queryRunner.query('drop table operational.cds_feedback, operational.cds_cards');
  }
}
