import { describe, expect, it } from 'vitest';

import { expectVerdict, world, type Case } from '../../../test/builders/clinical-world.js';
import { aScreenedPatient, sketch, someFacts } from '../../../test/builders/clinical.js';
import { UnknownSubject } from './screening-medicine.domain.js';
import { REASONS } from './screening-report.domain.js';
import { screen } from './screening.domain.js';

const { med, allergy } = world;
const ibuprofenGaps = [`dose: ${REASONS.daysNotStated}`, `dose: ${REASONS.doseNotStated}`];

const CASES: readonly Case[] = [
  // Interactions
  {
    it: 'finds a group pair between two products',
    proposed: [med('#Marevan'), med('#Brufen')],
    alerts: ['major interaction @vka+@nsaids'],
    gaps: ibuprofenGaps,
  },
  {
    it: 'finds it with the older medicine among the current ones',
    proposed: [med('#Brufen')],
    current: [med('#Marevan')],
    alerts: ['major interaction @vka+@nsaids'],
    gaps: ibuprofenGaps,
  },
  {
    it: 'says nothing of a pair among current medicines alone',
    proposed: [med('metformin')],
    current: [med('#Brufen'), med('#Marevan')],
  },
  {
    it: 'covers a member of a group below the rule’s',
    proposed: [med('celecoxib')],
    current: [med('warfarin')],
    alerts: ['major interaction @vka+@nsaids'],
  },
  {
    it: 'looks into combination products',
    proposed: [med('#Comtrex', '1 tablet', '2')],
    current: [med('#Marevan')],
    alerts: ['major interaction @vka+@nsaids', 'minor interaction warfarin+paracetamol'],
  },
  {
    it: 'finds an ingredient pair',
    proposed: [med('warfarin')],
    current: [med('#Panadol', '1 tablet', '1')],
    alerts: ['minor interaction warfarin+paracetamol'],
  },
  {
    it: 'fires a group with itself for two different members',
    proposed: [med('tramadol'), med('sertraline')],
    alerts: ['major interaction @serotonergic+@serotonergic'],
  },
  { it: 'does not fire a group with itself for one medicine', proposed: [med('tramadol')] },
  {
    it: 'finds a contraindicated pair',
    proposed: [med('sildenafil')],
    current: [med('isosorbide dinitrate')],
    alerts: ['contraindicated interaction @nitrates+@pde5'],
  },
  {
    it: 'finds a rule on one product, though its ingredients are unknown',
    proposed: [med('#Herbal')],
    current: [med('warfarin')],
    alerts: ['moderate interaction #Herbal+warfarin'],
    gaps: [`all: ${REASONS.unlinked}`],
  },
  { it: 'finds nothing between medicines without a rule', proposed: [med('metformin'), med('sildenafil')] },
  // Duplicates
  {
    it: 'stops at the same ingredient in two oral products',
    proposed: [med('#Brufen'), med('#Nurofen')],
    alerts: ['major duplicate_ingredient -'],
    gaps: ibuprofenGaps,
  },
  {
    it: 'shows, without stopping, the same ingredient as gel and as tablet',
    proposed: [med('#Brufen gel')],
    current: [med('#Brufen')],
    alerts: ['moderate duplicate_ingredient -'],
    gaps: [`dose: ${REASONS.limitsOfOtherRoute}`],
  },
  {
    it: 'stops at a product and its bare ingredient',
    proposed: [med('#Marevan')],
    current: [med('warfarin')],
    alerts: ['major duplicate_ingredient -'],
  },
  {
    it: 'takes the same product twice for one medicine',
    proposed: [med('#Marevan'), med('#Marevan')],
    current: [med('#Marevan')],
  },
  {
    it: 'stops at one shared ingredient of two combinations',
    proposed: [med('#Codamol', '1 tablet', '1')],
    current: [med('#Comtrex', '1 tablet', '1')],
    alerts: ['major duplicate_ingredient -'],
  },
  // Allergies
  {
    it: 'forbids the allergen itself in a combination',
    patient: { allergies: [allergy('clavulanic acid')] },
    proposed: [med('#Augmentin')],
    alerts: ['contraindicated allergy -'],
  },
  {
    it: 'forbids a member of the allergen group, two levels down, and names the rule',
    patient: { allergies: [allergy('@penicillins')] },
    proposed: [med('#Augmentin')],
    alerts: ['contraindicated allergy @penicillins>@penicillins'],
  },
  {
    it: 'forbids by group where no rule says so',
    patient: { allergies: [allergy('@beta-lactams')] },
    proposed: [med('#Keflex')],
    alerts: ['contraindicated allergy -'],
  },
  {
    it: 'warns of a cross reaction by rule',
    patient: { allergies: [allergy('@penicillins')] },
    proposed: [med('#Keflex')],
    alerts: ['moderate allergy @penicillins>@cephalosporins'],
  },
  {
    it: 'warns of a cross reaction of a member of the rule’s group',
    patient: { allergies: [allergy('amoxicillin')] },
    proposed: [med('#Keflex')],
    alerts: ['moderate allergy @penicillins>@cephalosporins'],
  },
  {
    it: 'does not turn a cross reaction round',
    patient: { allergies: [allergy('cefalexin')] },
    proposed: [med('#Augmentin')],
  },
  {
    it: 'reports the gravest of several findings about one allergy',
    patient: { allergies: [allergy('aspirin')] },
    proposed: [med('#Comtrex', '1 tablet', '1')],
    alerts: ['contraindicated allergy -'],
  },
  {
    it: 'crosses from one ingredient to a group',
    patient: { allergies: [allergy('aspirin')] },
    proposed: [med('celecoxib')],
    alerts: ['major allergy aspirin>@nsaids'],
  },
  {
    it: 'does not hold an allergy against what is taken already',
    patient: { allergies: [allergy('aspirin')] },
    proposed: [med('metformin')],
    current: [med('aspirin')],
  },
  {
    it: 'says that nobody asked about allergies',
    patient: { allergyStatus: 'not_asked' },
    proposed: [med('metformin')],
    gaps: [`allergy: ${REASONS.allergyNotAsked}`],
  },
  {
    it: 'says that an allergy in words cannot be checked',
    patient: { allergies: [allergy('some yellow pill')] },
    proposed: [med('metformin')],
    gaps: [`allergy: ${REASONS.allergyNotCoded}`],
  },
  // Coverage
  {
    it: 'says that a product without ingredients was not checked',
    proposed: [med('#Herbal')],
    gaps: [`all: ${REASONS.unlinked}`],
  },
  {
    it: 'checks what it knows of a product known in part, and says so',
    proposed: [med('#Mystery', '3 tablet', '1')],
    alerts: ['major dose dose:paracetamol:0'],
    gaps: [`all: ${REASONS.partial}`],
  },
  {
    it: 'says that a medicine in words was not checked',
    proposed: [med('metformin')],
    current: [{ text: 'blue tablets from abroad' }],
    gaps: [`all: ${REASONS.text}`],
  },
];

describe('a screening', () => {
  it.each(CASES)('$it', expectVerdict);

  it('stops for contraindicated and major, never for moderate and minor', () => {
    const { alerts } = screen(
      someFacts({
        patient: aScreenedPatient({ allergies: [allergy('@penicillins')] }),
        proposed: [med('#Keflex'), med('#Comtrex'), med('#Marevan'), med('sildenafil')],
        current: [med('isosorbide dinitrate')],
      }),
      world.knowledge,
    );
    expect(alerts.map(({ severity, stops }) => `${severity} ${stops}`)).toEqual([
      'contraindicated true',
      'major true',
      'moderate false',
      'minor false',
    ]);
  });

  it('carries rule, version, source and the words a pharmacist needs', () => {
    const [alert] = screen(
      someFacts({ proposed: [med('#Marevan'), med('#Comtrex')] }),
      world.knowledge,
    ).alerts;
    expect(alert).toEqual({
      fingerprint: 'interaction|@vka+@nsaids|drug:1,drug:7',
      kind: 'interaction',
      severity: 'major',
      subjects: [
        { kind: 'drug', id: 1, name: 'Marevan' },
        { kind: 'drug', id: 7, name: 'Comtrex' },
        { kind: 'ingredient', id: 1, name: 'warfarin' },
        { kind: 'ingredient', id: 4, name: 'aspirin' },
      ],
      message: 'Marevan with Comtrex: Harm. Why: mechanism.',
      management: 'Avoid.',
      source: 'test source',
      ruleId: 1,
      ruleCode: '@vka+@nsaids',
      ruleVersion: 1,
      stops: true,
    });
  });

  it('keeps the fingerprint when a rule gets a new version', () => {
    const facts = someFacts({ proposed: [med('warfarin'), med('celecoxib')] });
    const edited = {
      ...world.knowledge,
      interactions: world.knowledge.interactions.map((rule) => ({ ...rule, id: rule.id + 90, version: 2 })),
    };
    const [before, after] = [screen(facts, world.knowledge).alerts[0], screen(facts, edited).alerts[0]];
    expect(after?.fingerprint).toBe(before?.fingerprint);
    expect(after?.ruleVersion).toBe(2);
  });

  it('refuses a medicine nobody knows instead of finding nothing', () => {
    expect(() => screen(someFacts({ proposed: [{ drugId: 9999 }] }), world.knowledge)).toThrow(
      UnknownSubject,
    );
  });

  it('survives a group that lies in itself by way of another', () => {
    const looped = sketch({
      groups: { a: 'b', b: 'a' },
      ingredients: { x: ['a'], y: [] },
      interactions: [['@b', 'y', 'major']],
    });
    expect(
      screen(someFacts({ proposed: [looped.med('x'), looped.med('y')] }), looped.knowledge).alerts,
    ).toHaveLength(1);
  });
});

describe('rules of several sets about the very same two', () => {
  const severities = (
    rules: readonly (readonly [string, string, 'contraindicated' | 'major' | 'minor'])[],
  ) => {
    const { knowledge, med: take } = sketch({
      ingredients: { warfarin: [], ibuprofen: [] },
      interactions: rules,
    });
    const interactions = knowledge.interactions.map((rule, index) => ({ ...rule, code: `set${index}/pair` }));
    const facts = someFacts({ proposed: [take('warfarin')], current: [take('ibuprofen')] });
    return screen(facts, { ...knowledge, interactions }).alerts.map(
      ({ severity, ruleCode }) => `${severity} ${ruleCode ?? ''}`,
    );
  };

  it('are one alert, the gravest', () => {
    expect(
      severities([
        ['warfarin', 'ibuprofen', 'minor'],
        ['ibuprofen', 'warfarin', 'contraindicated'],
        ['warfarin', 'ibuprofen', 'major'],
      ]),
    ).toEqual(['contraindicated set1/pair']);
  });

  it('at the same gravity are told by the first code, in whatever order they come', () => {
    const pair = ['warfarin', 'ibuprofen', 'major'] as const;
    expect(severities([pair, pair])).toEqual(['major set0/pair']);
  });
});
