import { describe, expect, it } from 'vitest';
import { percentOf, sorted, withShares } from './override-rates.domain';

const user = (userId: number, overridden: number) => ({
  userId,
  userName: `User ${userId}`,
  overridden,
  contraindicated: 0,
  rules: 1,
  commonReason: 'prescriber_consulted',
});

describe('override rates', () => {
  it('shows both numbers of a share', () => {
    const users = withShares([user(1, 3), user(2, 1)]);
    expect(users.map(({ share }) => share)).toEqual([
      { of: 4, part: 3 },
      { of: 4, part: 1 },
    ]);
    expect(users.map(({ share }) => percentOf(share))).toEqual([75, 25]);
  });

  it('has no percentage of nothing', () => {
    expect(percentOf({ of: 0, part: 0 })).toBeUndefined();
    expect(percentOf({ of: 3, part: 1 })).toBe(33.3);
  });

  it('sorts by numbers, texts and shares, keeping the order of equal ones', () => {
    const rows = [
      { name: 'rule 10', raised: 2, share: { of: 9, part: 1 } },
      { name: 'rule 9', raised: 10, share: { of: 9, part: 1 } },
      { name: 'Alpha', raised: 2, share: { of: 9, part: 7 } },
    ];
    const by = (key: 'name' | 'raised' | 'share', isDescending: boolean) =>
      sorted(rows, { by: key, isDescending }, 'en').map(({ name }) => name);
    expect(by('name', false)).toEqual(['Alpha', 'rule 9', 'rule 10']);
    expect(by('raised', true)).toEqual(['rule 9', 'rule 10', 'Alpha']);
    expect(by('share', true)).toEqual(['Alpha', 'rule 10', 'rule 9']);
  });
});
