/** A share of something as both its numbers: a percentage alone hides how few cases it rests on. */
export interface Rate {
  readonly of: number;
  readonly part: number;
}

/** Users with their share of all overrides given anew by them; those remembered are not counted for anybody. */
export function withShares<User extends { readonly overridden: number }>(
  users: readonly User[],
): (User & { readonly share: Rate })[] {
  const of = users.reduce((sum, user) => sum + user.overridden, 0);
  return users.map((user) => ({ ...user, share: { of, part: user.overridden } }));
}

/** Percent with one decimal; undefined of nothing at all. */
export function percentOf({ of, part }: Rate): number | undefined {
  return of === 0 ? undefined : Math.round((part * 1000) / of) / 10;
}

export interface Sort<Row> {
  readonly by: keyof Row & string;
  readonly isDescending: boolean;
}

/** Rows in the order of a column, those that are equal in the order they came. Text is compared as people read it, shares by their part. */
export function sorted<Row extends object>(
  rows: readonly Row[],
  { by, isDescending }: Sort<Row>,
  language: string,
): Row[] {
  const collator = new Intl.Collator(language, { numeric: true });
  const compare = (a: Row, b: Row): number => {
    const [one, other] = [valueOf(a[by]), valueOf(b[by])];
    if (typeof one === 'number' && typeof other === 'number') return one - other;
    return collator.compare(String(one), String(other));
  };
  return [...rows].sort((a, b) => (isDescending ? compare(b, a) : compare(a, b)));
}

function valueOf(value: unknown): number | string {
  if (typeof value === 'number') return value;
  if (typeof value === 'object' && value !== null && 'part' in value) return Number(value.part);
  return String(value);
}
