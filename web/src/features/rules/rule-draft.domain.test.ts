import { describe, expect, it } from 'vitest';
import {
  type ClinicalRule,
  draftOf,
  missingIn,
  type RuleDraft,
  toChange,
  toCreate,
} from './rule-draft.domain';

const warfarin = { kind: 'ingredient', id: 7, name: 'warfarin', groupCode: null } as const;
const nsaids = { kind: 'group', id: 3, name: 'NSAIDs', groupCode: 'nsaids' } as const;
const rule: ClinicalRule = {
  id: 1,
  code: 'warfarin+nsaids',
  version: 4,
  source: 'BNF',
  validFrom: '2026-01-01T00:00:00Z',
  validTo: null,
  a: nsaids,
  b: warfarin,
  aRoutes: null,
  bRoutes: ['oral', 'rectal'],
  severity: 'major',
  evidence: 'established',
  description: 'Bleeding.',
  management: 'Avoid.',
  mechanism: '',
};
const withTexts = (draft: RuleDraft, texts: Record<string, string>): RuleDraft => ({
  ...draft,
  texts: { ...draft.texts, ...texts },
});

describe('a rule while it is written', () => {
  it('sends nothing where nothing differs', () => {
    expect(toChange('interactions', draftOf('interactions', rule), rule)).toBeUndefined();
    const spaced = withTexts(draftOf('interactions', rule), { bRoutes: ' oral ,rectal' });
    expect(toChange('interactions', spaced, rule)).toBeUndefined();
  });

  it('sends what differs, and the version it was read as', () => {
    const draft = withTexts(draftOf('interactions', rule), { severity: 'moderate', bRoutes: '' });
    expect(toChange('interactions', draft, rule)).toEqual({
      severity: 'moderate',
      bRoutes: null,
      version: 4,
    });
  });

  it('sends both sides of an interaction with their routes when one changes', () => {
    const draft = draftOf('interactions', rule);
    const changed = { ...draft, subjects: { ...draft.subjects, b: { ...warfarin, id: 9 } } };
    expect(toChange('interactions', changed, rule)).toEqual({
      a: { groupCode: 'nsaids' },
      b: { ingredientId: 9 },
      aRoutes: null,
      bRoutes: ['oral', 'rectal'],
      version: 4,
    });
  });

  it('makes a rule of what is said, in the form each field has', () => {
    const draft = withTexts(
      { ...draftOf('contraindications'), subjects: { subject: nsaids } },
      {
        kind: 'pregnancy',
        trimesters: '2، 3',
        icd10: 'o09',
        ageMinMonths: '144',
        message: 'Harm.',
        management: ' Avoid. ',
        source: 'Label',
      },
    );
    expect(toCreate('contraindications', draft)).toEqual({
      subject: { groupCode: 'nsaids' },
      kind: 'pregnancy',
      icd10: 'O09',
      trimesters: [2, 3],
      ageMinMonths: 144,
      severity: 'contraindicated',
      evidence: 'established',
      message: 'Harm.',
      management: 'Avoid.',
      source: 'Label',
    });
  });

  it('never changes what another rule would be about', () => {
    const dose: ClinicalRule = { ...rule, subject: warfarin, unit: 'mg', message: 'Too much.' };
    const draft = draftOf('dosage-guidelines', dose);
    const changed = { ...draft, subjects: { subject: { ...warfarin, id: 9 } } };
    expect(toChange('dosage-guidelines', changed, dose)).toBeUndefined();
  });

  it('needs a subject, its words and always a source', () => {
    expect(missingIn('allergy-rules', draftOf('allergy-rules'))).toEqual([
      'allergen',
      'cross',
      'message',
      'management',
      'source',
    ]);
    expect(missingIn('interactions', draftOf('interactions', rule))).toEqual([]);
  });
});
