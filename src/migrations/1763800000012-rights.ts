import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who may do what in the database, and row-level security by branch. What is not granted here is refused:
 * the append-only tables have no UPDATE or DELETE, `reference` no writing but through pharmacy_admin.
 */
export class Rights1763800000012 implements MigrationInterface {
  name = 'Rights1763800000012';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
grant select on all tables in schema reference to pharmacy_app, pharmacy_admin, pharmacy_reporting;
grant insert, update on all tables in schema reference to pharmacy_admin;
grant delete on reference.drug_staging, reference.drug_ingredients, reference.drug_barcodes, reference.ingredient_group_members,
  reference.ingredient_synonyms, reference.import_rejects to pharmacy_admin;

grant execute on function operational.current_branches(), operational.current_tx_id(), operational.current_user_id(),
  operational.log_read(text, text, integer), operational.plan_fefo(integer, integer[], numeric[]),
  operational.issue_stock(integer, text, integer[], numeric[], integer[], integer[]) to pharmacy_app;
grant execute on function operational.current_branches() to pharmacy_admin, pharmacy_reporting;
grant execute on function reference.refresh_statistics() to pharmacy_admin;
grant usage on sequence operational.rx_number_seq, operational.sale_number_seq, operational.purchase_order_number_seq to pharmacy_app;

-- access
grant select, insert, update on operational.branches, operational.users, operational.roles to pharmacy_app;
grant select on operational.permissions to pharmacy_app;
grant select, insert, delete on operational.role_permissions, operational.user_roles, operational.user_branches to pharmacy_app;
grant select, insert, update (last_seen_at, revoked_at) on operational.sessions to pharmacy_app;
grant select, insert, update, delete on operational.rate_limits to pharmacy_app;
grant select, insert, update (response), delete on operational.idempotency_keys to pharmacy_app;
grant select, insert, update (sample_loaded_at, clinical_rules_sha256) on operational.installation to pharmacy_app;

-- people
grant select, insert, update on operational.patients, operational.patient_allergies, operational.patient_conditions,
  operational.patient_medications, operational.patient_insurance, operational.payers, operational.prescribers to pharmacy_app;

-- prescriptions
grant select, insert, update (patient_id, drug_id, prescriber_id, quantity, days_supply, sig, dose_amount, dose_unit, frequency_per_day,
  refills_authorized, prescribed_date, expires_on, daw_code, status, notes, updated_at, version) on operational.prescriptions to pharmacy_app;
grant select, insert, update (status, verified_by, verified_at, dispensed_by, dispensed_at, dispensed_on, bin, version) on operational.fills to pharmacy_app;
grant select, insert on operational.prescription_events, operational.clinical_alerts, operational.alert_overrides to pharmacy_app;

-- procurement
grant select, insert, update on operational.suppliers, operational.purchase_orders, operational.claims to pharmacy_app;
grant select, insert, delete, update (line_no, drug_id, quantity_ordered, unit_cost) on operational.purchase_order_items to pharmacy_app;
grant select, insert on operational.goods_receipts, operational.goods_receipt_items to pharmacy_app;

-- stock
grant select, insert, update (status, status_reason, bin, version) on operational.inventory_lots to pharmacy_app;
grant select, insert on operational.stock_movements to pharmacy_app;
grant select, insert, update (status, closed_at) on operational.stock_reservations to pharmacy_app;

-- till
grant select, insert, update (status, closed_at, closed_by) on operational.till_shifts to pharmacy_app;
grant select, insert on operational.till_cash_movements, operational.till_counts, operational.sales, operational.sale_items,
  operational.payments to pharmacy_app;

-- audit: written by triggers only
grant select on operational.audit_logs to pharmacy_app;

do $$
declare
  t text;
begin
  for t in select c.table_name from information_schema.columns c join information_schema.tables b using (table_schema, table_name)
           where c.table_schema = 'operational' and c.column_name = 'branch_id' and b.table_type = 'BASE TABLE'
             and c.table_name not in ('branches', 'user_branches', 'audit_logs') order by 1
  loop
    execute format('alter table operational.%I enable row level security', t);
    execute format('create policy branch_scope on operational.%I to pharmacy_app using (branch_id = any ((select operational.current_branches())::integer[])) with check (branch_id = any ((select operational.current_branches())::integer[]))', t);
    execute format('create policy reporting_reads on operational.%I for select to pharmacy_reporting using (true)', t);
    execute format('grant select on operational.%I to pharmacy_reporting', t);
  end loop;
end $$;
grant select on operational.branches, operational.roles, operational.permissions, operational.role_permissions, operational.user_roles,
  operational.user_branches, operational.prescribers, operational.suppliers, operational.payers to pharmacy_reporting;
grant select (user_id, username, full_name, licence_number, status, created_at) on operational.users to pharmacy_reporting;

alter table operational.audit_logs enable row level security;
create policy branch_scope on operational.audit_logs for select to pharmacy_app
  using (branch_id is null or branch_id = any ((select operational.current_branches())::integer[]));
create policy reporting_reads on operational.audit_logs for select to pharmacy_reporting using (true);
grant select on operational.audit_logs to pharmacy_reporting;

alter table operational.idempotency_keys enable row level security;
create policy own_keys on operational.idempotency_keys to pharmacy_app
  using (user_id = coalesce((select operational.current_user_id()), user_id)) with check (user_id = (select operational.current_user_id()));
comment on policy own_keys on operational.idempotency_keys is 'A user sees his own keys; work of the system itself (no user) sees all, for the integrity check and for pruning.';
`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
do $$
declare
  p record;
begin
  for p in select schemaname, tablename, policyname from pg_policies where schemaname = 'operational' loop
    execute format('drop policy %I on %I.%I', p.policyname, p.schemaname, p.tablename);
    execute format('alter table %I.%I disable row level security', p.schemaname, p.tablename);
  end loop;
end $$;
revoke all on all tables in schema operational from pharmacy_app, pharmacy_admin, pharmacy_reporting;
revoke all on all sequences in schema operational from pharmacy_app, pharmacy_admin, pharmacy_reporting;
revoke all on all functions in schema reference from pharmacy_admin;
revoke all on all functions in schema operational from pharmacy_app, pharmacy_admin, pharmacy_reporting;
revoke insert, update, delete on all tables in schema reference from pharmacy_admin;
`);
  }
}
