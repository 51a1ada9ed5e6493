import { describe, expect, it } from 'vitest';

import {
  decideSubstitution,
  SUBSTITUTION_TYPES,
  type Substitution,
  type SubstitutionCase,
} from './substitution.domain.js';

const aSubstitution = (values: Partial<Substitution> = {}): Substitution => ({
  type: 'generic',
  reason: 'out_of_stock',
  note: null,
  ...values,
});
const decide =
  (values: Partial<SubstitutionCase> = {}) =>
  () =>
    decideSubstitution({
      prescribedDrugId: 1,
      dawCode: 0,
      drugId: 2,
      daw: undefined,
      substitution: aSubstitution(),
      contents: 'same',
      mayVerify: true,
      ...values,
    });
const refused = (reason: string): unknown =>
  expect.objectContaining({ code: 'substitution-refused', status: 422, params: { reason } });

describe('another product than prescribed', () => {
  it('is given with its kind and reason, under the code of the prescription or of the fill', () => {
    expect(decide()()).toBe(0);
    expect(decide({ daw: 5 })()).toBe(5);
    expect(decide({ substitution: aSubstitution({ type: 'brand' }) })()).toBe(0);
  });

  it('is refused without them, and the product prescribed is none', () => {
    expect(decide({ substitution: undefined })).toThrow(refused('type-and-reason-needed'));
    expect(decide({ drugId: 1 })).toThrow(refused('same-product'));
    expect(decide({ drugId: 1, substitution: undefined, daw: 4 })()).toBe(4);
  });

  it.each(
    [
      [0, ''],
      [1, 'generic brand therapeutic'],
      [2, 'generic brand therapeutic'],
      [3, 'generic'],
      [4, 'generic'],
      [5, ''],
      [6, ''],
      [7, 'generic brand therapeutic'],
      [8, 'generic'],
      [9, 'generic brand therapeutic'],
    ].flatMap(([daw, forbidden]) =>
      SUBSTITUTION_TYPES.map((type) => [Number(daw), type, String(forbidden).includes(type)] as const),
    ),
  )('under code %i as %s is forbidden: %s', (dawCode, type, isForbidden) => {
    const substitution = aSubstitution({ type, note: 'Dr Zaki agreed by telephone' });
    const attempt = decide({ dawCode, substitution, contents: type === 'therapeutic' ? 'other' : 'same' });
    if (isForbidden) expect(attempt).toThrow(refused('daw'));
    else expect(attempt()).toBe(dawCode);
  });

  it('is given when the patient changed his mind, never against the prescriber or the law', () => {
    expect(decide({ dawCode: 2, daw: 0 })()).toBe(0);
    for (const dawCode of [1, 7]) {
      expect(decide({ dawCode, daw: 0 })).toThrow(refused('daw'));
      expect(decide({ dawCode, daw: 0, drugId: 1, substitution: undefined })).toThrow(refused('daw'));
    }
  });

  it.each(['other', 'unknown'] as const)('is no generic when its contents are %s', (contents) => {
    expect(decide({ contents })).toThrow(refused('not-equivalent'));
    expect(decide({ contents, substitution: aSubstitution({ type: 'brand' }) })).toThrow(
      refused('not-equivalent'),
    );
  });

  it('of another substance is chosen by a pharmacist who says why', () => {
    const substitution = aSubstitution({ type: 'therapeutic', note: 'Dr Zaki agreed by telephone' });
    expect(decide({ substitution, contents: 'other' })()).toBe(0);
    expect(decide({ substitution, contents: 'same' })).toThrow(refused('equivalent'));
    expect(decide({ substitution, contents: 'other', mayVerify: false })).toThrow(
      expect.objectContaining({ status: 403 }),
    );
    for (const note of [null, 'ok....'])
      expect(decide({ substitution: { ...substitution, note }, contents: 'other' })).toThrow(
        expect.objectContaining({ code: 'override-reason-needed' }),
      );
  });
});
