import { beforeAll, expect } from 'vitest';

import { anIngredient } from '../builders/drug.js';
import { aRecord, icd10, rxnorm, snomed, type Bundle } from '../builders/fhir-bundle.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from './app.js';

export interface Report {
  readonly status: string;
  readonly resources: number;
  readonly patients: { patientId: number; outcome: string }[];
  readonly counts: Record<string, number>;
  readonly byType: ({ resourceType: string } & Record<string, number>)[];
  readonly notes: { resourceType: string; outcome: string; reason: string; count: number; first: string[] }[];
}
export interface PatientRecord {
  readonly firstName: string;
  readonly lastName: string;
  readonly allergyStatus: string;
  readonly allergies: { substance: string; ingredientId: number | null; status: string; severity: string }[];
  readonly conditions: { icd10: string | null; name: string; status: string; onsetDate: string | null }[];
  readonly medications: {
    name: string;
    drugId: number | null;
    ingredientId: number | null;
    dose: string | null;
    startedOn: string | null;
    endedOn: string | null;
  }[];
  readonly [field: string]: unknown;
}

/** The server, a pharmacist, and bundles sent to it. `world` and `penicillin` are there inside tests only. */
export function useFhirImport() {
  const { db, call } = useTestApp();
  let world: World;
  let penicillin = 0;
  beforeAll(async () => {
    world = await aWorldFor(db, 'pharmacist');
    penicillin = await anIngredient(db, 'phenoxymethylpenicillin');
    await anIngredient(db, 'simvastatin');
    await db.owner.query(
      `insert into reference.ingredient_codes (system, code, ingredient_id, source) values ('rxcui', '7984', $1, 'test') on conflict do nothing`,
      [penicillin],
    );
  });

  const send = (bundle: unknown, to: World = world) =>
    call<Report>('POST', '/fhir/$import', { token: to.token, body: bundle });
  const imported = async (bundle: Bundle, to: World = world): Promise<Report> => {
    const { status, body } = await send(bundle, to);
    expect(status, JSON.stringify(body)).toBe(200);
    const sum = Object.values(body.counts).reduce((a, b) => a + b, 0);
    expect(sum).toBe(body.resources);
    expect(body.resources).toBe(bundle.entry.filter(({ resource }) => resource).length);
    return body;
  };
  const recordOf = async (report: Report, to: World = world): Promise<PatientRecord> => {
    const { patientId } = report.patients[0] ?? { patientId: 0 };
    return (await call<PatientRecord>('GET', `/patients/${patientId}`, { token: to.token })).body;
  };
  /** Everything of the branch an import may write. */
  const everything = async (): Promise<unknown> =>
    (
      await db.owner.query(
        `select (select json_agg(p order by p.patient_id) from operational.patients p where p.branch_id = $1) as patients,
           (select json_agg(a order by a.allergy_id) from operational.patient_allergies a where a.branch_id = $1) as allergies,
           (select json_agg(c order by c.condition_id) from operational.patient_conditions c where c.branch_id = $1) as conditions,
           (select json_agg(m order by m.medication_id) from operational.patient_medications m where m.branch_id = $1) as medications,
           (select json_agg(r order by r.fhir_resource_id) from operational.fhir_resources r where r.branch_id = $1) as resources,
           (select count(*) from operational.fhir_identities i where i.branch_id = $1) as identities,
           (select count(*) from operational.fhir_entries e where e.branch_id = $1) as entries`,
        [world.branchId],
      )
    ).rows;

  const whole = (): Bundle =>
    aRecord()
      .allergy(
        {
          coding: [
            { system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code: '7984', display: 'Penicillin V' },
          ],
        },
        { reaction: [{ manifestation: [{ text: 'Hives' }], severity: 'moderate' }] },
      )
      .allergy(snomed('419474003', 'Allergy to mould'))
      .condition(icd10('I10', 'Hypertension'))
      .condition(snomed('44465007', 'Sprain of ankle'), {
        clinicalStatus: { coding: [{ code: 'resolved' }] },
        abatementDateTime: '2010-06-01',
      })
      .order(rxnorm('36567', 'simvastatin 20 MG Oral Tablet'))
      .order(rxnorm('999999', 'Unheardof 5 MG Oral Tablet'), {
        status: 'stopped',
        dosageInstruction: [{ text: 'Take one at night' }],
      })
      .observation('29463-7', 82.5, 'kg', '2024-03-04')
      .observation('29463-7', 80, 'kg', '2023-03-04')
      .observation('8302-2', 181.25, 'cm', '2024-03-04')
      .observation('33914-3', 71.6, 'mL/min/{1.73_m2}', '2024-03-04')
      .observation('38483-4', 1.1, 'mg/dL', '2024-03-04')
      .observation('2339-0', 90, 'mg/dL', '2024-03-04')
      .andMore()
      .build();
  return {
    db,
    call,
    send,
    imported,
    recordOf,
    everything,
    whole,
    world: (): World => world,
    /** Identity of an ingredient with a RxNorm concept. */
    penicillin: (): number => penicillin,
  };
}
