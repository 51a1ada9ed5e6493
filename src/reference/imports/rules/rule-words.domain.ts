import { foldText } from '../../../platform/text/fold.js';

/** A severity, or that the row says there is nothing to warn of, or that nobody knows. */
export type SeverityMeaning = 'contraindicated' | 'major' | 'moderate' | 'minor' | 'none' | 'unknown';

/** A list of words and what they mean; words are compared folded. */
const words = <Meaning extends string>(
  lists: Readonly<Record<Meaning, readonly string[]>>,
): ReadonlyMap<string, Meaning> =>
  new Map(
    Object.entries<readonly string[]>(lists).flatMap(([meaning, list]) =>
      list.map((word): [string, Meaning] => [foldText(word), meaning as Meaning]),
    ),
  );

/**
 * Words published interaction lists use. The letters are the risk ratings of a common reference: X avoid the combination,
 * D consider another therapy, C monitor, B no action needed, A no known interaction.
 */
const SEVERITY_WORDS = words<SeverityMeaning>({
  contraindicated: [
    'contraindicated',
    'contra-indicated',
    'contraindication',
    'absolute contraindication',
    'absolutely contraindicated',
    'avoid combination',
    'do not use together',
    'x',
    'category x',
    'risk x',
  ],
  major: [
    ...[
      'major',
      'severe',
      'serious',
      'high',
      'critical',
      'very high',
      'high risk',
      'relative contraindication',
    ],
    ...['serious - use alternative', 'consider therapy modification', 'd', 'category d', 'risk d'],
  ],
  moderate: [
    ...['moderate', 'medium', 'significant', 'intermediate', 'caution', 'use with caution', 'moderate risk'],
    ...['monitor', 'monitor closely', 'monitor therapy', 'significant - monitor closely'],
    ...['c', 'category c', 'risk c'],
  ],
  minor: ['minor', 'mild', 'low', 'low risk', 'no action needed', 'b', 'category b', 'risk b'],
  none: ['none', 'no interaction', 'no known interaction', 'a', 'category a', 'risk a'],
  unknown: ['unknown', 'not known', 'undetermined', 'unclassified', 'n/a', 'na'],
});

const EVIDENCE_WORDS = words<'established' | 'probable' | 'suspected'>({
  established: [
    'established',
    'excellent',
    'good',
    'definite',
    'proven',
    'well documented',
    'high',
    'strong',
  ],
  probable: ['probable', 'likely', 'fair', 'moderate', 'medium', 'documented'],
  suspected: ['suspected', 'possible', 'theoretical', 'poor', 'unlikely', 'low', 'weak', 'case reports'],
});

/** What a severity word means; undefined: nobody told. Words of a mapping go before ours. */
export function readSeverity(
  text: string,
  own: ReadonlyMap<string, SeverityMeaning> = new Map(),
): SeverityMeaning | undefined {
  const word = foldText(text);
  return own.get(word) ?? SEVERITY_WORDS.get(word);
}

/** What a word on the evidence means. */
export function readEvidence(text: string): 'established' | 'probable' | 'suspected' | undefined {
  return EVIDENCE_WORDS.get(foldText(text));
}
