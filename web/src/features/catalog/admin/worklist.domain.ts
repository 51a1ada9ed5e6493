/** Why the server puts a name forward, as it says it. */
export const SUGGESTION_REASONS = [
  'same name',
  'salt of',
  'another way to say',
  'misspelling',
  'contains',
  'part of',
  'arabic spelling',
  'sounds like',
] as const;
export type SuggestionReason = (typeof SUGGESTION_REASONS)[number];

/** What sort of other name a text becomes when a suggestion is taken. */
export type NameKind = 'synonym' | 'salt' | 'abbreviation' | 'misspelling' | 'arabic' | 'brand_generic';

const KIND_OF: Partial<Record<SuggestionReason, NameKind>> = {
  'salt of': 'salt',
  misspelling: 'misspelling',
  'arabic spelling': 'arabic',
  'sounds like': 'misspelling',
};

/** The reason, when it is one this interface has words for. */
export function knownReason(reason: string): SuggestionReason | undefined {
  return SUGGESTION_REASONS.find((one) => one === reason);
}

/** Kind of name that fits why it was suggested; the pharmacist can choose another. */
export function kindFor(reason: string): NameKind {
  const known = knownReason(reason);
  return (known && KIND_OF[known]) ?? 'synonym';
}
