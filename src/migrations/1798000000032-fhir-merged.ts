import type { MigrationInterface, QueryRunner } from 'typeorm';

const CHECK = (patient: (id: string) => string): string => `
create or replace function operational.check_fhir_entry() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  if ${patient('(select r.patient_id from operational.fhir_resources r where r.fhir_resource_id = new.fhir_resource_id)')} is distinct from ${patient(`coalesce(
    (select a.patient_id from operational.patient_allergies a where a.allergy_id = new.allergy_id),
    (select c.patient_id from operational.patient_conditions c where c.condition_id = new.condition_id),
    (select m.patient_id from operational.patient_medications m where m.medication_id = new.medication_id))`)} then
    raise exception 'resource % stands behind a record of another patient', new.fhir_resource_id using errcode = '23514';
  end if;
  return null;
end $$`;

/** A resource of a record that was merged stands behind the records of the one that took it over (1798000000080). */
export class FhirMerged1798000000032 implements MigrationInterface {
  name = 'FhirMerged1798000000032';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(CHECK((id) => `operational.surviving_patient(${id})`));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(CHECK((id) => id));
  }
}
