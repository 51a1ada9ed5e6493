import { describe, expect, it } from 'vitest';
import { draftOf, toBody } from './ingredient-draft.domain';

const AMLODIPINE_BESYLATE = {
  name: 'amlodipine besylate',
  nameAr: null,
  atcCode: 'C08CA01',
  kind: 'salt' as const,
  baseIngredientId: 7,
  baseName: 'amlodipine',
  baseFactor: '0.721',
  verified: true,
  synonyms: [{ synonym: 'amlodipine besilate', kind: 'synonym' as const, confidence: 0.9, baseFactor: null }],
  codes: [{ system: 'unii' as const, code: '864V2Q084H' }],
  groupCodes: ['calcium-channel-blockers'],
};

describe('the form of an ingredient', () => {
  it('sends what was read when nothing was changed', () => {
    expect(toBody(draftOf(AMLODIPINE_BESYLATE))).toEqual({
      name: 'amlodipine besylate',
      nameAr: null,
      atcCode: 'C08CA01',
      kind: 'salt',
      baseIngredientId: 7,
      baseFactor: '0.721',
      verified: true,
      synonyms: [{ synonym: 'amlodipine besilate', kind: 'synonym', confidence: 0.9, baseFactor: null }],
      codes: [{ system: 'unii', code: '864V2Q084H' }],
      groupCodes: ['calcium-channel-blockers'],
    });
  });

  it('forgets base and factor of what is no salt any more', () => {
    const body = toBody({ ...draftOf(AMLODIPINE_BESYLATE), kind: 'substance' });
    expect(body).toMatchObject({ baseIngredientId: null, baseFactor: null });
  });

  it('leaves out lines nothing was entered into', () => {
    const draft = draftOf(undefined);
    draft.synonyms.push({ key: 1, synonym: '  ', kind: 'synonym', confidence: 1, baseFactor: '' });
    draft.codes.push({ key: 1, system: 'cas', code: '' });
    expect(toBody(draft)).toMatchObject({ synonyms: [], codes: [], verified: true });
  });
});
