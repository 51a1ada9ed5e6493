import { newestAnswers, type Answer } from '../reading/fhir-person.domain.js';
import type { FhirObservation } from '../reading/fhir.types.js';

/** Decimals and bounds of what is kept, as the columns have them. */
const KEPT = {
  weight: { places: 2, below: 700n, isZeroKept: false },
  egfr: { places: 2, below: 300n, isZeroKept: true },
  height: { places: 1, below: 300n, isZeroKept: false },
  creatinine: { places: 2, below: 100_000n, isZeroKept: false },
} as const;

type MeasuredAsked = keyof typeof KEPT;
export const isMeasured = (asked: Answer['asked']): asked is MeasuredAsked => Object.hasOwn(KEPT, asked);

/** A decimal rounded to what its column keeps, half up; undefined where that is outside of what can be. */
function rounded(text: string, asked: MeasuredAsked): string | undefined {
  const { places, below, isZeroKept } = KEPT[asked];
  const [head = '0', tail = ''] = text.split('.');
  const scale = 10n ** BigInt(places);
  const digits = BigInt(`${head}${tail.padEnd(places + 1, '0').slice(0, places + 1)}`);
  const value = (digits + 5n) / 10n;
  if (value >= below * scale || (value === 0n && !isZeroKept)) return undefined;
  return `${value / scale}.${(value % scale).toString().padStart(places, '0')}`;
}

/** The newest answers of a patient's observations, in the decimals that are kept. */
export function readMeasured(observations: readonly FhirObservation[], today: string): Answer[] {
  return newestAnswers(observations, today).map((answer) =>
    isMeasured(answer.asked) && typeof answer.value === 'string'
      ? { ...answer, value: rounded(answer.value, answer.asked) }
      : answer,
  );
}
