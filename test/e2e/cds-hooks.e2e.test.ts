import { beforeAll, describe, expect, it } from 'vitest';

import { starterRulesFolder } from '../../src/reference/clinical/starter-rules.files.js';
import { StarterRulesService } from '../../src/reference/clinical/starter-rules.service.js';
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
  selecting,
  signing,
  SNOMED,
  SpecResponse,
  type SpecCard,
} from '../builders/cds-call.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

const SERVICE = '/cds-services/meditory-medication-check';

describe('CDS Hooks', () => {
  const { db, call } = useTestApp();
  let ehr: World;

  beforeAll(async () => {
    await new StarterRulesService(db.uow).load(starterRulesFolder());
    ehr = await aWorldFor(db, ['ReadDrug']);
    for (const [name, rxcui] of [
      ['warfarin', '11289'],
      ['ibuprofen', '5640'],
      ['amoxicillin', '723'],
    ])
      await db.owner.query(
        `insert into reference.ingredient_codes (system, code, ingredient_id, source)
         select 'rxcui', $2, ingredient_id, 'test' from reference.ingredients where name = $1`,
        [name, rxcui],
      );
  });

  /** Cards of a call, each checked against the specification. */
  async function cardsOf(body: object): Promise<SpecCard[]> {
    const answer = await call('POST', SERVICE, { token: ehr.token, body });
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    return SpecResponse.parse(answer.body).cards;
  }
  const brief = (cards: readonly SpecCard[]): string[] =>
    cards.map(({ indicator, source }) => `${indicator} ${source.topic?.code}`);
  const notChecked = (cards: readonly SpecCard[]): string =>
    cards.find(({ source }) => source.topic?.code === 'not-checked')?.detail ?? '';

  const warfarin = concept('warfarin', [RXNORM, '11289']);
  const ibuprofen = concept('ibuprofen 400 MG Oral Tablet');
  const paracetamol = concept('Paracetamol 500 MG Oral Tablet');
  const ofWarfarin = record('MedicationRequest', {
    id: 'old',
    status: 'active',
    intent: 'order',
    medicationCodeableConcept: warfarin,
  });

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

    it('says what was not sent, by name, and asks nobody for it', async () => {
      const cards = await cardsOf({
        ...signing([order('1', ibuprofen)], null),
        fhirServer: 'http://127.0.0.1:1/fhir',
        fhirAuthorization: {
          access_token: 'secret',
          token_type: 'Bearer',
          expires_in: 1,
          scope: 'x',
          subject: 'y',
        },
      });
      expect(brief(cards).at(-1)).toBe('info not-checked');
      const detail = notChecked(cards);
      for (const words of [
        'the record of the patient',
        'the medicines the patient takes',
        'the allergies',
        'the conditions',
        'observations',
      ])
        expect(detail).toContain(words);
      expect(detail).toContain('nobody has asked about allergies');
    });

    it('says that a medicine means nothing here, that a page is missing, and that a record cannot be read', async () => {
      const cards = await cardsOf(
        signing(
          [order('1', concept('Zzyzx forte'))],
          prefetch({
            medications: { ...bundle(ofWarfarin), link: [{ relation: 'next', url: 'http://x.test' }] },
            conditions: bundle({ resourceType: 'Basic' }),
            allergies: { resourceType: 'OperationOutcome', issue: [] },
          }),
        ),
      );
      expect(brief(cards)).toEqual(['info not-checked']);
      const detail = notChecked(cards);
      expect(detail).toContain('this medicine is recorded in words only (Zzyzx forte)');
      expect(detail).toContain('only a part was sent of (the medicines the patient takes)');
      expect(detail).toContain('a record among the conditions cannot be read (Basic)');
      expect(detail).toContain('the client could not fetch all of (the allergies)');
    });

    it('judges what is selected, against the other drafts, and leaves pairs of those alone', async () => {
      const drafts = [
        order('w', warfarin),
        order('i', ibuprofen),
        order('c', concept('clarithromycin')),
        order('s', concept('simvastatin')),
      ];
      const cards = await cardsOf(selecting(drafts, ['MedicationRequest/i', 'NutritionOrder/1']));
      const details = cards.map(({ detail }) => detail ?? '').join('\n');
      expect(details).toMatch(/ibuprofen/);
      expect(details).not.toMatch(/clarithromycin with simvastatin|simvastatin with clarithromycin/);
      expect(notChecked(cards)).toContain(
        'a selected order is not among the draft orders (NutritionOrder/1)',
      );
      for (const { suggestions } of cards)
        for (const { actions } of suggestions ?? [])
          expect(actions?.[0]).toMatchObject({ resourceId: 'MedicationRequest/i' });
    });

    it('leaves out what is over, what was withdrawn, and what an order takes the place of', async () => {
      const gone = (status: string) => ({ ...ofWarfarin, id: status, status });
      const dispensed = record('MedicationDispense', {
        id: 'd',
        status: 'completed',
        whenHandedOver: '2020-01-01',
        daysSupply: { value: 30, unit: 'days', code: 'd' },
        medicationCodeableConcept: warfarin,
      });
      const sent = prefetch({
        medications: bundle(gone('stopped'), gone('completed'), gone('entered-in-error'), ofWarfarin),
        dispenses: bundle(dispensed),
      });
      const draft = order('1', ibuprofen, { priorPrescription: { reference: 'MedicationRequest/old' } });
      expect(brief(await cardsOf(signing([draft], sent)))).not.toContain('critical interaction');
      const cancelled = order('1', ibuprofen, { status: 'cancelled' });
      expect(await cardsOf(signing([cancelled], sent))).toEqual([]);
    });

    it('answers nothing where no medicine is ordered', async () => {
      expect(await cardsOf(signing([{ resourceType: 'NutritionOrder', id: '1', status: 'draft' }]))).toEqual(
        [],
      );
    });

    it('shows the words of the client as text: no link, image or markup comes of them', async () => {
      const evil =
        '![x](http://evil.test/a.png) <img src=x onerror=alert(1)> **bold** www.evil.test a@evil.test';
      const cards = await cardsOf(signing([order('1', concept(evil))]));
      const detail = notChecked(cards);
      expect(detail).toContain('\\!\\[x\\](http\\://evil.test/a.png) \\<img');
      expect(detail).not.toMatch(/(?<!\\)[<[!]|(?<!\\):\/\/|www\.evil|(?<!\\)@/);
    });
  });

  describe('refuses', () => {
    const draft = order('1', ibuprofen);
    const status = async (body: unknown, path = SERVICE, token: string | undefined = ehr.token) => {
      const answer = await call('POST', path, { ...(token ? { token } : {}), body });
      if (answer.status >= 400) expect(answer.headers['content-type']).toMatch(/problem\+json/);
      return answer.status;
    };

    it('who is not signed in or may not read the catalogue', async () => {
      expect((await call('POST', SERVICE, { body: signing([draft]) })).status).toBe(401);
      const other = await aWorldFor(db, ['ReadPatient']);
      expect(await status(signing([draft]), SERVICE, other.token)).toBe(403);
      const jwt = 'eyJhbGciOiJub25lIn0.eyJpc3MiOiJ4In0.';
      expect((await call('POST', SERVICE, { token: jwt, body: signing([draft]) })).status).toBe(401);
    });

    it('another service, another hook, and what a hook requires', async () => {
      expect(await status(signing([draft]), '/cds-services/static-patient-greeter')).toBe(404);
      expect(await status({ ...signing([draft]), hook: 'medication-prescribe' })).toBe(400);
      expect(await status({ ...signing([draft]), hook: 'order-select' })).toBe(400);
      expect(await status({ ...signing([draft]), hookInstance: undefined })).toBe(400);
      expect(
        await status({ hook: 'order-sign', hookInstance: 'x', context: { userId: 'Practitioner/1' } }),
      ).toBe(400);
    });

    it('an order or a patient that is not the one of the context', async () => {
      const foreign = order('1', ibuprofen, {
        subject: { reference: 'https://ehr.test/fhir/Patient/other' },
      });
      expect(await status(signing([foreign]))).toBe(400);
      const patient = { resourceType: 'Patient', id: 'other', gender: 'male', birthDate: '1986-01-15' };
      expect(await status(signing([draft], prefetch({ patient })))).toBe(400);
    });

    it('with 412 when no order says which medicine it is of', async () => {
      const without = order(
        '1',
        {},
        { medicationCodeableConcept: undefined, medicationReference: { reference: 'Medication/9' } },
      );
      const answer = await call('POST', SERVICE, { token: ehr.token, body: signing([without]) });
      expect([answer.status, answer.body.type]).toEqual([412, '/problems/fhir-data-missing']);
      // One that does is checked, and the other is named.
      const cards = await cardsOf(signing([without, order('2', ibuprofen)]));
      expect(notChecked(cards)).toContain('its Medication was not sent (MedicationRequest/1)');
    });

    it('leaves a record of another patient out, and says so', async () => {
      const foreign = { ...ofWarfarin, subject: { reference: 'Patient/other' } };
      // Before R4 a condition named its patient so.
      const ulcer = {
        resourceType: 'Condition',
        patient: { reference: 'Patient/other' },
        code: { coding: [{ system: ICD10, code: 'K25.4' }] },
      };
      const cards = await cardsOf(
        signing([draft], prefetch({ medications: bundle(foreign), conditions: bundle(ulcer) })),
      );
      expect(brief(cards)).not.toContain('critical interaction');
      expect(brief(cards).join()).not.toContain('contraindication');
      expect(notChecked(cards)).toContain('the medicines the patient takes; the conditions');
      expect(notChecked(cards)).toContain('a record of another patient was left out of');
    });
  });

  describe('feedback', () => {
    interface FeedbackPage {
      data: Record<string, unknown>[];
      meta: { total: number };
    }
    const at = '2026-11-30T10:05:31Z';
    const send = (feedback: unknown, token = ehr.token) =>
      call('POST', `${SERVICE}/feedback`, { token, body: { feedback } });

    it('is kept, with the card it is about, for the auditor of the branch', async () => {
      const cards = await cardsOf(
        signing([order('1', ibuprofen)], prefetch({ medications: bundle(ofWarfarin) })),
      );
      const [card] = cards;
      const stored = await send([
        {
          card: card?.uuid,
          outcome: 'overridden',
          overrideReason: {
            reason: { code: 'benefit_outweighs_risk', system: 'urn:meditory:override-reason' },
            userComment: 'Short course, INR in three days.',
          },
          outcomeTimestamp: at,
        },
        {
          card: card?.uuid,
          outcome: 'accepted',
          acceptedSuggestions: [{ id: card?.suggestions?.[0]?.uuid }],
          outcomeTimestamp: at,
        },
        {
          card: '4e0a3a1e-3283-4575-ab82-028d55fe2719',
          outcome: 'overridden',
          outcomeTimestamp: '2020-12-11T00:00:00+02:00',
        },
      ]);
      expect([stored.status, stored.body]).toEqual([200, { stored: 3 }]);

      const auditor = await aWorldFor(db, 'auditor', { branchId: ehr.branchId });
      const page = await call<FeedbackPage>('GET', '/cds-feedback', { token: auditor.token });
      expect(page.body.meta.total).toBe(3);
      const [unknown, accepted, overridden] = page.body.data;
      expect(unknown).toMatchObject({ given: null, outcomeAt: '2020-12-10T22:00:00.000Z' });
      expect(accepted).toMatchObject({
        outcome: 'accepted',
        acceptedSuggestions: [card?.suggestions?.[0]?.uuid],
      });
      expect(overridden).toMatchObject({
        card: card?.uuid,
        reason: { code: 'benefit_outweighs_risk', system: 'urn:meditory:override-reason', display: null },
        comment: 'Short course, INR in three days.',
        given: {
          hook: 'order-sign',
          clientUser: 'Practitioner/1',
          kind: 'interaction',
          indicator: 'critical',
          ruleVersion: 1,
        },
      });
      const { ruleCode } = (overridden?.given ?? {}) as { ruleCode: string };
      const ofRule = await call<FeedbackPage>(
        'GET',
        `/cds-feedback?ruleCode=${encodeURIComponent(ruleCode)}&limit=1`,
        {
          token: auditor.token,
        },
      );
      expect([ofRule.body.meta.total, ofRule.body.data.length]).toEqual([2, 1]);
      const strange = await call<FeedbackPage>('GET', '/cds-feedback?known=false', { token: auditor.token });
      expect(strange.body.meta.total).toBe(1);

      const elsewhere = await aWorldFor(db, 'auditor');
      const nothing = await call<FeedbackPage>('GET', '/cds-feedback', { token: elsewhere.token });
      expect(nothing.body.meta.total).toBe(0);
      expect((await call('GET', '/cds-feedback', { token: ehr.token })).status).toBe(403);
      // A card of another branch is not linked, and a guess at one tells nothing.
      const other = await aWorldFor(db, ['ReadDrug']);
      await send([{ card: card?.uuid, outcome: 'overridden', outcomeTimestamp: at }], other.token);
      const { rows } = await db.owner.query(
        'select card_uuid from operational.cds_feedback where branch_id = $1',
        [other.branchId],
      );
      expect(rows).toEqual([{ card_uuid: null }]);
    });

    it('is never changed, and audited', async () => {
      for (const statement of [
        "update operational.cds_feedback set outcome = 'accepted'",
        'delete from operational.cds_feedback',
        'update operational.cds_cards set hook_instance = hook_instance',
        'truncate operational.cds_feedback, operational.cds_cards',
      ])
        await expect(db.owner.query(statement)).rejects.toMatchObject({ code: 'MD004' });
      const { rows } = await db.owner.query<{ n: number }>(
        `select count(*)::int as n from operational.cds_feedback f where not exists (
           select from operational.audit_logs a where a.table_name = 'cds_feedback' and a.row_key = f.feedback_id::text)`,
      );
      expect(rows).toEqual([{ n: 0 }]);
    });

    it.each([
      ['no list', undefined],
      ['an empty list', []],
      ['accepted without a suggestion', [{ card: 'x', outcome: 'accepted', outcomeTimestamp: at }]],
      ['another outcome', [{ card: 'x', outcome: 'ignored', outcomeTimestamp: at }]],
      [
        'a time without a zone',
        [{ card: 'x', outcome: 'overridden', outcomeTimestamp: '2026-11-30T10:05:31' }],
      ],
      [
        'a NUL in the comment',
        [
          {
            card: 'x',
            outcome: 'overridden',
            outcomeTimestamp: at,
            overrideReason: { userComment: 'a\u0000b' },
          },
        ],
      ],
    ])('is refused: %s', async (_, feedback) => {
      expect((await send(feedback)).status).toBe(400);
    });

    it('keeps nothing that says who the patient was', async () => {
      const { rows } = await db.owner.query<{ text: string }>(
        'select (select json_agg(c) from operational.cds_cards c)::text as text',
      );
      expect(rows[0]?.text).not.toContain(PATIENT_ID);
      expect(rows[0]?.text).not.toContain('1986-01-15');
    });
  });
});
