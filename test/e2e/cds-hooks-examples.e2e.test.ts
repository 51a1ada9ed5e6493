// What others wrote, answered: the examples of the CDS Hooks specification and of FHIR R4, where they lie beside the project.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { beforeAll, describe, expect, it } from 'vitest';

import { packageRoot } from '../../src/platform/package-root.js';
import { starterRulesFolder } from '../../src/reference/clinical/starter-rules.files.js';
import { StarterRulesService } from '../../src/reference/clinical/starter-rules.service.js';
import {
  bundle,
  concept,
  order,
  PATIENT_ID,
  signing,
  SpecResponse,
  type SpecCard,
} from '../builders/cds-call.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

const SERVICE = '/cds-services/meditory-medication-check';
const PAGES = join(packageRoot(), '..', 'shared', 'data', 'cds_hooks');
const RESOURCES = join(packageRoot(), '..', 'shared', 'data', 'fhir_r4', 'examples');

for (const folder of [PAGES, RESOURCES])
  if (!existsSync(folder)) console.warn(`SKIPPED: no ${folder}; its examples are not answered`);

interface Example {
  readonly hook: string;
  readonly version: string;
  readonly context: Record<string, unknown>;
}

/** The example contexts of a page, by the FHIR version in their heading; DSTU2's stands without its outer braces. */
function examplesOf(hook: string): Example[] {
  const page = readFileSync(join(PAGES, `${hook}.md`), 'utf8');
  return [...page.matchAll(/^### Example \(([^)]+)\)\s+```json *\n([\s\S]*?)\n```/gm)].map(
    ([, version = '', text = '']) => {
      const json = text.trimStart().startsWith('{') ? text : `{${text}}`;
      return { hook, version, ...(JSON.parse(json) as { context: Record<string, unknown> }) };
    },
  );
}

const EXAMPLES = existsSync(PAGES) ? ['order-select', 'order-sign'].flatMap(examplesOf) : [];

const read = (file: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(RESOURCES, file), 'utf8')) as Record<string, unknown>;
const FILES = existsSync(RESOURCES) ? readdirSync(RESOURCES).filter((file) => file.endsWith('.json')) : [];
/** Example resources of these kinds, as if they were records of the patient of the call. */
const examples = (...kinds: string[]): Record<string, unknown>[] =>
  FILES.filter((file) => kinds.some((kind) => file.startsWith(`${kind}-`))).map((file) => {
    const resource = read(file);
    const mine = { reference: `Patient/${PATIENT_ID}` };
    return {
      ...resource,
      ...('subject' in resource ? { subject: mine } : {}),
      ...('patient' in resource ? { patient: mine } : {}),
    };
  });

describe('examples of others', () => {
  const { db, call } = useTestApp();
  let ehr: World;

  beforeAll(async () => {
    await new StarterRulesService(db.uow).load(starterRulesFolder());
    ehr = await aWorldFor(db, ['ReadDrug']);
  });

  async function cardsOf(body: object): Promise<SpecCard[]> {
    const answer = await call('POST', SERVICE, { token: ehr.token, body });
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    return SpecResponse.parse(answer.body).cards;
  }
  const text = (cards: readonly SpecCard[]): string => cards.map(({ detail }) => detail ?? '').join('\n');

  it.skipIf(EXAMPLES.length === 0)('of the specification are all there', () => {
    expect(EXAMPLES.map(({ hook, version }) => `${hook} ${version}`)).toEqual([
      'order-select R4',
      'order-select STU3',
      'order-select DSTU2',
      'order-sign R4',
      'order-sign STU3',
      'order-sign DSTU2',
    ]);
  });

  it.skipIf(EXAMPLES.length === 0).each(EXAMPLES)(
    'of the specification: $hook $version',
    async ({ hook, context }) => {
      const call = { hook, hookInstance: 'd1577c69-dfbe-44ad-ba6d-3e05e953b2ea', context };
      const cards = await cardsOf(call);
      // Nothing was sent of the patient, which is said; the medicine itself is understood.
      expect(cards.at(-1)?.source.topic?.code).toBe('not-checked');
      expect(text(cards)).toContain('the allergies');
      expect(text(cards)).not.toContain('in words only');

      const allergic = await cardsOf({
        ...call,
        prefetch: {
          patient: { resourceType: 'Patient', id: '1288992', gender: 'male', birthDate: '1925-12-23' },
          allergies: bundle({ resourceType: 'AllergyIntolerance', code: concept('Penicillin') }),
        },
      });
      expect(allergic.map(({ indicator, source }) => `${indicator} ${source.topic?.code}`)[0]).toBe(
        'critical allergy',
      );
      const orderId =
        hook === 'order-select' ? /smart-Medication(?:Request|Order)-103/ : /\/smart-Medication/;
      expect(allergic[0]?.suggestions?.[0]?.actions?.[0]).toMatchObject({
        type: 'delete',
        resourceId: expect.stringMatching(orderId) as string,
      });
    },
  );

  it.skipIf(!existsSync(PAGES))(
    'of the hook that is no more: refused, not answered with nothing',
    async () => {
      const [{ context } = { context: {} }] = examplesOf('medication-prescribe');
      const answer = await call('POST', SERVICE, {
        token: ehr.token,
        body: { hook: 'medication-prescribe', hookInstance: 'x', context },
      });
      expect(answer.status).toBe(400);
    },
  );

  it.skipIf(FILES.length === 0)(
    'of FHIR as records of one patient: read, and what is not understood is named',
    async () => {
      const prefetch = {
        patient: { ...read('Patient-example.json'), id: PATIENT_ID },
        medications: bundle(...examples('MedicationRequest', 'Medication')),
        statements: bundle(...examples('MedicationStatement')),
        dispenses: bundle(...examples('MedicationDispense')),
        allergies: bundle(...examples('AllergyIntolerance')),
        conditions: bundle(...examples('Condition')),
        observations: bundle(...examples('Observation')),
      };
      const cards = await cardsOf(
        signing([order('1', concept('phenelzine')), order('2', concept('amoxicillin'))], prefetch),
      );
      const words = text(cards);
      expect(words).toContain('Cashew nuts');
      expect(words).toContain('Little Pink Pill for water retention');
      // AllergyIntolerance-medication.json is of penicillin G.
      expect(
        cards.some(({ indicator, source }) => indicator === 'critical' && source.topic?.code === 'allergy'),
      ).toBe(true);
    },
  );

  it.skipIf(FILES.length === 0).each(FILES.filter((file) => file.startsWith('MedicationRequest-')))(
    'of FHIR as a draft order: %s',
    async (file) => {
      const [draft] = examples(file.replace(/\.json$/, '').replace(/-.*$/, '')).filter(
        ({ id }) => file === `MedicationRequest-${String(id)}.json`,
      );
      const answer = await call('POST', SERVICE, {
        token: ehr.token,
        body: signing([{ ...draft, status: 'draft' }, ...examples('Medication')]),
      });
      expect(answer.status, JSON.stringify(answer.body)).toBe(200);
      SpecResponse.parse(answer.body);
    },
  );

  it.skipIf(FILES.length === 0)(
    'of FHIR of every kind under every key: never a failure',
    async () => {
      for (const file of FILES) {
        const resource = read(file);
        for (const body of [
          signing([resource], {
            patient: resource,
            medications: resource,
            allergies: resource,
            conditions: resource,
            observations: resource,
          }),
          signing([], { medications: bundle(resource), allergies: bundle(resource) }),
          { ...signing([]), context: { userId: 'x', patientId: PATIENT_ID, draftOrders: resource } },
        ]) {
          const answer = await call('POST', SERVICE, { token: ehr.token, body });
          expect([200, 400, 412, 413], `${file}: ${JSON.stringify(answer.body)}`).toContain(answer.status);
          if (answer.status === 200) SpecResponse.parse(answer.body);
        }
      }
    },
    120_000,
  );
});
