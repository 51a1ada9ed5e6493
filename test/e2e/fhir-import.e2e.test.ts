// Import of FHIR bundles over HTTP: what is kept and how, and that twice is once.
import { describe, expect, it } from 'vitest';

import { aDrug, anIngredient } from '../builders/drug.js';
import { aRecord, rxnorm, snomed, type Bundle } from '../builders/fhir-bundle.js';
import { useFhirImport } from '../support/fhir-import.js';

describe('import of FHIR bundles', () => {
  const { db, imported, recordOf, everything, whole, penicillin } = useFhirImport();

  it('keeps the person, allergies, conditions, medicines and measurements, and says what it did not keep', async () => {
    const report = await imported(whole());
    expect(report.status).toBe('imported');
    const record = await recordOf(report);
    expect(record).toMatchObject({
      firstName: 'Abe604',
      lastName: 'Turner526',
      birthDate: '1961-04-12',
      sex: 'male',
      phone: '555-241-9967',
      language: 'en',
      weightKg: '82.5',
      weightRecordedOn: '2024-03-04',
      heightCm: '181.3',
      egfr: '71.6',
      creatinineUmolL: '97.24',
      allergyStatus: 'recorded',
    });
    expect(record.allergies).toMatchObject([
      { ingredientId: penicillin(), severity: 'moderate', status: 'active', reaction: 'Hives' },
      { ingredientId: null, substance: 'Allergy to mould' },
    ]);
    expect(record.conditions).toMatchObject([
      { icd10: 'I10', name: 'Hypertension', status: 'active', onsetDate: '2010-05-06' },
      { icd10: 'S93.4', name: 'Sprain of ankle', status: 'resolved' },
    ]);
    expect(record.medications).toHaveLength(2);
    expect(record.medications[0]).toMatchObject({
      name: 'simvastatin',
      startedOn: '2020-01-02',
      endedOn: null,
    });
    expect(record.medications[1]).toMatchObject({
      name: 'Unheardof 5 MG Oral Tablet',
      dose: 'Take one at night',
      startedOn: '2020-01-02',
      endedOn: '2020-01-02',
    });
    const reasons = report.notes.map(
      ({ resourceType, outcome, reason }) => `${resourceType} ${outcome}: ${reason}`,
    );
    expect(reasons).toContain('Claim skipped: resources of this kind are not kept');
    expect(reasons).toContain('Observation skipped: there is a newer one, or it was withdrawn');
    expect(reasons).toContain(
      'MedicationRequest imported: the medicine is not in the catalogue: kept in words, and not screened',
    );
  });

  it('changes nothing when the same bundle comes again, whatever the order of its entries', async () => {
    const bundle = whole();
    await imported(bundle);
    const before = await everything();
    const again = await imported(bundle);
    expect(again.status).toBe('unchanged');
    expect(again.counts).toMatchObject({ imported: 0, updated: 0 });
    const reversed = await imported({ ...bundle, entry: [...bundle.entry].reverse() });
    expect(reversed.status).toBe('unchanged');
    expect(await everything()).toEqual(before);
  });

  it('makes one person of two imports of the same bundle at the same moment', async () => {
    const bundle = whole();
    const reports = await Promise.all([1, 2, 3, 4].map(() => imported(bundle)));
    expect(new Set(reports.map((report) => report.patients[0]?.patientId)).size).toBe(1);
    expect(reports.map((report) => report.status).sort()).toEqual([
      'imported',
      'unchanged',
      'unchanged',
      'unchanged',
    ]);
  });

  it('brings what it made up to date, and takes back what was a mistake', async () => {
    const bundle = whole();
    await imported(bundle);
    const change = (type: string, at: number, values: object): void => {
      const entry = bundle.entry.filter(({ resource }) => resource?.resourceType === type)[at];
      Object.assign(entry?.resource ?? {}, values);
    };
    change('Patient', 0, {
      telecom: [{ system: 'phone', value: '+20 100 000 0000' }],
      deceasedDateTime: '2025-01-02T03:00:00Z',
    });
    change('AllergyIntolerance', 0, {
      verificationStatus: { coding: [{ code: 'entered-in-error' }] },
      clinicalStatus: undefined,
    });
    change('AllergyIntolerance', 1, { clinicalStatus: { coding: [{ code: 'resolved' }] } });
    change('Condition', 0, { verificationStatus: { coding: [{ code: 'refuted' }] } });
    change('MedicationRequest', 0, { status: 'completed' });
    const report = await imported(bundle);
    expect(report.counts['updated']).toBe(5);
    const record = await recordOf(report);
    expect(record).toMatchObject({
      phone: '+20 100 000 0000',
      isDeceased: true,
      deceasedOn: '2025-01-02',
      allergyStatus: 'not_asked',
    });
    expect(record.allergies.map(({ status }) => status).sort()).toEqual(['entered_in_error', 'inactive']);
    expect(record.conditions.map(({ status }) => status).sort()).toEqual(['entered_in_error', 'resolved']);
    expect(record.medications.map(({ endedOn }) => endedOn)).toEqual(['2020-01-02', '2020-01-02']);
    expect((await imported(bundle)).status).toBe('unchanged');
  });

  it('codes a product of the catalogue by its RxNorm concept, and a combination by each ingredient', async () => {
    const drug = await aDrug(db, { name: 'Lisinopril 10 MG Oral Tablet', ingredients: ['lisinopril'] });
    await db.owner.query(
      `update reference.drugs set source = 'rxnorm-prescribable', source_id = '314076' where drug_id = $1`,
      [drug.drugId],
    );
    const [first, second] = [await anIngredient(db, 'amlodipine'), await anIngredient(db, 'valsartan')];
    const bundle = aRecord()
      .order(rxnorm('314076', 'lisinopril 10 MG Oral Tablet'))
      .order(rxnorm('1', 'amlodipine 5 MG / valsartan 80 MG Oral Tablet'))
      .build();
    const record = await recordOf(await imported(bundle));
    expect(record.medications.map(({ drugId, ingredientId }) => drugId ?? ingredientId).sort()).toEqual(
      [drug.drugId, first, second].sort(),
    );
    expect(record.medications.every(({ endedOn }) => endedOn === null)).toBe(true);
  });

  it('reads a medicine from the Medication it refers to: in the bundle, inside the order, or told by its name alone', async () => {
    const record = aRecord();
    const url = record.add({ resourceType: 'Medication', code: { text: 'simvastatin 20 MG Oral Tablet' } });
    record
      .order({ medicationReference: { reference: url } })
      .order({
        medicationReference: { reference: '#m' },
        contained: [{ resourceType: 'Medication', id: 'm', code: { text: 'Contained cure' } }],
      })
      .order({ medicationReference: { reference: 'Medication/elsewhere', display: 'Told by name' } })
      .order({ medicationReference: { reference: 'Medication/unknown' } });
    const report = await imported(record.build());
    expect((await recordOf(report)).medications.map(({ name }) => name).sort()).toEqual([
      'Contained cure',
      'Told by name',
      'a medicine without a name',
      'simvastatin',
    ]);
    expect(report.notes.map(({ reason }) => reason)).toContain('the Medication it refers to was not sent');
  });

  it('keeps a pregnancy among the conditions as a fact of the patient, as long as it may last', async () => {
    const since = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();
    const pregnancy = (days: number): Bundle =>
      aRecord({ gender: 'female' })
        .condition(snomed('72892002', 'Normal pregnancy'), { onsetDateTime: since(days) })
        .build();
    const bundle = pregnancy(100);
    expect(await recordOf(await imported(bundle))).toMatchObject({ pregnant: true });
    Object.assign(bundle.entry[1]?.resource ?? {}, {
      clinicalStatus: { coding: [{ code: 'resolved' }] },
      abatementDateTime: since(1),
    });
    expect(await recordOf(await imported(bundle))).toMatchObject({ pregnant: null });
    expect(await recordOf(await imported(pregnancy(400)))).toMatchObject({ pregnant: null });
    const asked = (days: number, code: string): Bundle =>
      aRecord({ gender: 'female' })
        .observation('82810-3', 0, '', since(days).slice(0, 10), {
          valueQuantity: undefined,
          valueCodeableConcept: { coding: [{ system: 'http://loinc.org', code }] },
        })
        .build();
    const yes = asked(10, 'LA15173-0');
    expect(await recordOf(await imported(yes))).toMatchObject({
      pregnant: true,
      pregnancyRecordedOn: since(10).slice(0, 10),
    });
    expect((await imported(yes)).status).toBe('unchanged');
    expect(await recordOf(await imported(asked(5, 'LA26683-5')))).toMatchObject({ pregnant: false });
    expect(await recordOf(await imported(asked(50, 'LA26683-5')))).toMatchObject({ pregnant: null });
  });

  it('believes "no known allergies" only where none is on record', async () => {
    const none = { coding: [{ system: 'http://snomed.info/sct', code: '716186003' }] };
    expect((await recordOf(await imported(aRecord().allergy(none).build()))).allergyStatus).toBe(
      'none_known',
    );
    const both = await imported(aRecord().allergy(none).allergy({ text: 'Nuts' }).build());
    expect((await recordOf(both)).allergyStatus).toBe('recorded');
    expect(both.notes).toContainEqual(
      expect.objectContaining({
        outcome: 'skipped',
        reason: 'says that no allergy is known, while one is on record',
      }),
    );
  });
});
