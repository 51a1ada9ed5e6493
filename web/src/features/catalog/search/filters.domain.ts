/** Lists a search can be narrowed by; several values of one mean "one of". */
export const LIST_FILTERS = ['dosageForm', 'route', 'category', 'company'] as const;
export type ListFilter = (typeof LIST_FILTERS)[number];

/** Yes-or-no filters. */
export const FLAG_FILTERS = ['inStock', 'rxOnly'] as const;
export type FlagFilter = (typeof FLAG_FILTERS)[number];

/** What a search is narrowed to. */
export type DrugFilters = Partial<Record<ListFilter, string[]>> & Partial<Record<FlagFilter, boolean>>;

/** One value narrowed by. */
export type ChosenFilter =
  { kind: 'value'; name: ListFilter; value: string } | { kind: 'flag'; name: FlagFilter; value: boolean };

/** Every value narrowed by, in the order of the facets. */
export function chosenFilters(filters: DrugFilters): ChosenFilter[] {
  const flags = FLAG_FILTERS.flatMap((name): ChosenFilter[] => {
    const value = filters[name];
    return value === undefined ? [] : [{ kind: 'flag', name, value }];
  });
  const values = LIST_FILTERS.flatMap((name) =>
    (filters[name] ?? []).map((value): ChosenFilter => ({ kind: 'value', name, value })),
  );
  return [...flags, ...values];
}

/** The change that adds a value to a list or takes it out; a list without values is no filter. */
export function toggled(filters: DrugFilters, name: ListFilter, value: string): DrugFilters {
  const before = filters[name] ?? [];
  const after = before.includes(value) ? before.filter((one) => one !== value) : [...before, value];
  return { [name]: after.length === 0 ? undefined : after };
}

/** The change that takes one chosen value away. */
export function without(filters: DrugFilters, chosen: ChosenFilter): DrugFilters {
  if (chosen.kind === 'flag') return { [chosen.name]: undefined };
  return toggled(filters, chosen.name, chosen.value);
}

/** The change that takes every filter away. */
export const NO_FILTERS: DrugFilters = {
  dosageForm: undefined,
  route: undefined,
  category: undefined,
  company: undefined,
  rxOnly: undefined,
  inStock: undefined,
};

/** What to try next when nothing was found: the words without the last one; undefined when there is one word only. */
export function withoutLastWord(query: string): string | undefined {
  const words = query.trim().split(/\s+/);
  return words.length > 1 ? words.slice(0, -1).join(' ') : undefined;
}
