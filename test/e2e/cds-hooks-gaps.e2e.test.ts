// CDS Hooks: what a call does not say, leaves out or must not bring, and calls that are refused.
import { describe, expect, it } from 'vitest';

import { bundle, concept, ICD10, order, prefetch, record, selecting, signing } from '../builders/cds-call.js';
import { aWorldFor } from '../builders/world.js';
import {
  brief,
  ibuprofen,
  notChecked,
  ofWarfarin,
  SERVICE,
  warfarin,
  useCdsHooks,
} from '../support/cds-hooks.js';

describe('CDS Hooks', () => {
  const { call, cardsOf, db, ehr } = useCdsHooks();

  describe('a call', () => {
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
    const status = async (body: unknown, path = SERVICE, token: string | undefined = ehr().token) => {
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
      const answer = await call('POST', SERVICE, { token: ehr().token, body: signing([without]) });
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
});
