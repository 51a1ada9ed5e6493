// CDS Hooks: discovery, and what a call finds.
import { describe, expect, it } from 'vitest';

import { aDrug } from '../builders/drug.js';
import {
  bundle,
  concept,
  dosage,
  ICD10,
  observation,
  order,
  PATIENT_ID,
  prefetch,
  record,
  RXNORM,
  signing,
  SNOMED,
} from '../builders/cds-call.js';
import { brief, ibuprofen, notChecked, ofWarfarin, useCdsHooks } from '../support/cds-hooks.js';

describe('CDS Hooks', () => {
  const { call, cardsOf, db } = useCdsHooks();
  const paracetamol = concept('Paracetamol 500 MG Oral Tablet');

  describe('discovery', () => {
    it('names both hooks to anybody, under one id, with searches of the recommended subset', async () => {
      const { status, body } = await call<{ services: Record<string, unknown>[] }>('GET', '/cds-services');
      expect(status).toBe(200);
      expect(body.services.map(({ hook, id }) => [hook, id])).toEqual([
        ['order-select', 'meditory-medication-check'],
        ['order-sign', 'meditory-medication-check'],
      ]);
      for (const { description, prefetch: templates } of body.services) {
        expect(description).toBeTruthy();
        for (const template of Object.values(templates as Record<string, string>))
          expect(template).toMatch(
            /^[A-Z]\w+(?:\/\{\{context\.patientId\}\}|\?patient=\{\{context\.patientId\}\}(?:&[\w-]+=[^&{}]+)+)$/,
          );
      }
    });
  });

  describe('a call', () => {
    it('finds an interaction with what the patient takes, says what to do, and suggests to remove the order', async () => {
      const cards = await cardsOf(
        signing(
          [order('1', ibuprofen, { dosageInstruction: dosage('1 tablet', 3, 5) })],
          prefetch({ medications: bundle(ofWarfarin) }),
        ),
      );
      expect(brief(cards)[0]).toBe('critical interaction');
      const [card] = cards;
      expect(card?.summary).toMatch(/^Major: /);
      expect(card?.detail).toMatch(/warfarin/i);
      expect(card?.detail).toContain('**What to do:**');
      expect(card?.source.label.length).toBeGreaterThan(3);
      expect(card?.suggestions?.map(({ actions }) => actions)).toEqual([
        [
          {
            type: 'delete',
            description: 'Remove the order of ibuprofen 400 MG Oral Tablet',
            resourceId: 'MedicationRequest/1',
          },
        ],
      ]);
      expect(card?.overrideReasons?.map(({ code }) => code)).toContain('benefit_outweighs_risk');
    });

    it('answers no card when everything was checked and nothing found', async () => {
      expect(
        await cardsOf(signing([order('1', paracetamol, { dosageInstruction: dosage('2 tablet', 3, 3) })])),
      ).toEqual([]);
    });

    it('reads a dose through the strength in the name', async () => {
      const cards = await cardsOf(
        signing([order('1', paracetamol, { dosageInstruction: dosage('2 TAB', 6, 3) })]),
      );
      expect(brief(cards)).toEqual(['critical dose']);
      expect(cards[0]?.detail).toContain('6000 mg in 24 hours is above 4000 mg');
    });

    it('adds a daily dose up over the order and what is taken', async () => {
      const taken = record('MedicationStatement', {
        status: 'active',
        medicationCodeableConcept: concept('paracetamol 1 G Oral Tablet'),
        dosage: dosage('1 tablet', 3),
      });
      const cards = await cardsOf(
        signing(
          [
            order('1', concept('paracetamol 300 MG / codeine phosphate 30 MG Oral Tablet'), {
              dosageInstruction: dosage('2 tablet', 3, 3),
            }),
          ],
          prefetch({ medications: null, statements: bundle(taken) }),
        ),
      );
      expect(brief(cards)).toContain('critical duplicate_ingredient');
    });

    it.each([
      ['a code', concept('something', [RXNORM, '723']), 'critical'],
      ['a group in words', concept('Penicillin allergy'), 'critical'],
      ['a cross reaction', concept('cefalexin'), undefined],
    ])('finds an allergy by %s', async (_, code, indicator) => {
      const cards = await cardsOf(
        signing(
          [
            order('1', concept('amoxicillin 500 MG Oral Capsule'), {
              dosageInstruction: dosage('1 capsule', 3, 5),
            }),
          ],
          prefetch({ allergies: bundle(record('AllergyIntolerance', { code })) }),
        ),
      );
      const allergy = cards.find(({ source }) => source.topic?.code === 'allergy');
      expect(allergy).toBeDefined();
      if (indicator) expect(allergy?.indicator).toBe(indicator);
    });

    it('takes no account of an allergy that was refuted or entered in error', async () => {
      const penicillin = concept('penicillin');
      const status = (code: string) => ({ coding: [{ code }] });
      const cards = await cardsOf(
        signing(
          [
            order('1', concept('amoxicillin 500 MG Oral Capsule'), {
              dosageInstruction: dosage('1 capsule', 3, 5),
            }),
          ],
          prefetch({
            allergies: bundle(
              record('AllergyIntolerance', { code: penicillin, verificationStatus: status('refuted') }),
              record('AllergyIntolerance', {
                code: penicillin,
                verificationStatus: status('entered-in-error'),
              }),
              record('AllergyIntolerance', { code: penicillin, clinicalStatus: status('resolved') }),
            ),
          }),
        ),
      );
      expect(brief(cards)).not.toContain('critical allergy');
      // Three records that say nothing are not "none known".
      expect(notChecked(cards)).toContain('nobody has asked about allergies');
    });

    it('finds a contraindication in pregnancy, by observation and by condition', async () => {
      const woman = { resourceType: 'Patient', id: PATIENT_ID, gender: 'female', birthDate: '1996-01-15' };
      const isotretinoin = [order('1', concept('isotretinoin'))];
      const pregnant = observation('82810-3', {
        valueCodeableConcept: { coding: [{ system: 'http://loinc.org', code: 'LA15173-0' }] },
      });
      const observed = await cardsOf(
        signing(isotretinoin, prefetch({ patient: woman, observations: bundle(pregnant) })),
      );
      expect(brief(observed)).toContain('critical contraindication');
      const condition = record('Condition', { code: { coding: [{ system: SNOMED, code: '77386006' }] } });
      const recorded = await cardsOf(
        signing(isotretinoin, prefetch({ patient: woman, conditions: bundle(condition) })),
      );
      expect(brief(recorded)).toContain('critical contraindication');
      const unknown = await cardsOf(signing(isotretinoin, prefetch({ patient: woman })));
      expect(brief(unknown)).not.toContain('critical contraindication');
      expect(notChecked(unknown)).toContain('nobody has asked about pregnancy');
    });

    it('finds a contraindication by an active condition with a code, and says of one in words that it has none', async () => {
      const propranolol = [order('1', concept('propranolol'))];
      const asthma = (more: object = {}) =>
        record('Condition', {
          code: { coding: [{ system: ICD10, code: 'J45.9' }], text: 'Asthma' },
          ...more,
        });
      const active = await cardsOf(signing(propranolol, prefetch({ conditions: bundle(asthma()) })));
      expect(brief(active)).toContain('critical contraindication');
      const resolved = asthma({ clinicalStatus: { coding: [{ code: 'resolved' }] } });
      const over = await cardsOf(signing(propranolol, prefetch({ conditions: bundle(resolved) })));
      expect(brief(over)).not.toContain('critical contraindication');
      const inWords = record('Condition', { code: { text: 'Asthma' } });
      const words = await cardsOf(signing(propranolol, prefetch({ conditions: bundle(inWords) })));
      expect(notChecked(words)).toMatch(/a condition is recorded in words only \(.*Asthma/);
    });

    it('knows a product of the catalogue by its NDC', async () => {
      const drug = await aDrug(db, {
        name: 'Test warfarin 5 mg tablets',
        ingredients: [{ name: 'warfarin', amount: '5', unit: 'mg' }],
      });
      await db.owner.query(
        `insert into reference.drug_barcodes (drug_id, code, gtin, kind) values ($1, '00056017270', '00000056017270', 'ndc')`,
        [drug.drugId],
      );
      const ndc = concept('Some brand', ['http://hl7.org/fhir/sid/ndc', '0056-0172-70']);
      const cards = await cardsOf(
        signing(
          [order('1', ibuprofen)],
          prefetch({ medications: bundle({ ...ofWarfarin, medicationCodeableConcept: ndc }) }),
        ),
      );
      expect(cards[0]?.detail).toContain('Test warfarin 5 mg tablets');
    });

    it('reads the ingredients of a Medication that the order contains', async () => {
      const medication = {
        resourceType: 'Medication',
        id: 'm',
        code: { text: 'House mixture No. 7' },
        ingredient: [
          {
            itemCodeableConcept: concept('ibuprofen'),
            strength: { numerator: { value: 200, unit: 'mg' }, denominator: { value: 1, unit: 'tablet' } },
          },
          { itemCodeableConcept: concept('nosuchium') },
        ],
      };
      const draft = order(
        '1',
        {},
        {
          medicationCodeableConcept: undefined,
          medicationReference: { reference: '#m' },
          contained: [medication],
        },
      );
      const cards = await cardsOf(signing([draft], prefetch({ medications: bundle(ofWarfarin) })));
      expect(brief(cards)[0]).toBe('critical interaction');
      expect(notChecked(cards)).toContain('only some ingredients of this medicine are known, not: nosuchium');
    });

    it('finds the same ingredient in two medicines, and no interaction inside one', async () => {
      const combined = concept('sulfamethoxazole 400 MG / trimethoprim 80 MG Oral Tablet');
      expect(
        brief(
          await cardsOf(signing([order('1', combined, { dosageInstruction: dosage('1 tablet', 2, 5) })])),
        ),
      ).not.toContain('critical interaction');
      const cards = await cardsOf(
        signing([
          order('1', ibuprofen),
          order('2', concept('ibuprofen 200 MG / famotidine 20 MG Oral Tablet')),
        ]),
      );
      const card = cards.find(({ source }) => source.topic?.code === 'duplicate_ingredient');
      expect(card?.indicator).toBe('critical');
      expect(card?.suggestions).toHaveLength(2);
    });
  });
});
