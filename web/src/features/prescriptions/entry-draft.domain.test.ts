import { describe, expect, it } from 'vitest';
import { contentOf, type EntryDraft, isBlank, readDraft } from './entry-draft.domain';

const DRAFT: EntryDraft = {
  savedAt: 1_764_500_000_000,
  patientId: 7,
  drugId: 9,
  prescriberId: undefined,
  refills: '2',
  sig: '1 tab bd',
  prescribedDate: '2026-11-30',
  typed: { quantity: '20' },
  documentIds: [3, 4],
};

describe('the draft of an entry', () => {
  it('is read as it was written', () => {
    expect(readDraft(JSON.stringify(DRAFT))).toEqual(DRAFT);
  });

  it('is none where the text is none of ours', () => {
    for (const text of [null, '', 'x', '[]', '7', 'null', '{"savedAt":"today"}'])
      expect(readDraft(text)).toBeUndefined();
  });

  it('leaves out what is of another kind than expected', () => {
    const odd = {
      ...DRAFT,
      patientId: '7',
      drugId: -1,
      sig: 3,
      typed: { quantity: 5, other: 'x' },
      documentIds: [1, 'a', 2.5],
    };
    expect(readDraft(JSON.stringify(odd))).toEqual({
      ...DRAFT,
      patientId: undefined,
      drugId: undefined,
      sig: '',
      typed: {},
      documentIds: [1],
    });
  });

  it('is not worth keeping before anything is entered', () => {
    const blank = { ...DRAFT, patientId: undefined, drugId: undefined, sig: ' ', typed: {}, documentIds: [] };
    expect(isBlank(blank)).toBe(true);
    for (const some of [{ patientId: 1 }, { sig: 'x' }, { typed: { doseUnit: 'mg' } }, { documentIds: [1] }])
      expect(isBlank({ ...blank, ...some })).toBe(false);
  });

  it('changes with what is entered, not with time', () => {
    expect(contentOf({ ...DRAFT, savedAt: 1 })).toBe(contentOf(DRAFT));
    expect(contentOf({ ...DRAFT, sig: '1 tab tds' })).not.toBe(contentOf(DRAFT));
  });
});
