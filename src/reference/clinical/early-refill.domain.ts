import type { ScreeningFacts } from './clinical.types.js';
import type { Medicine } from './screening-medicine.domain.js';
import type { ScreeningReport } from './screening-report.domain.js';

/**
 * A refill before its day stops: the supply given before lasts. Each refill is a finding of its own, so that an answer to one
 * never answers the next.
 */
export function checkEarlyRefill(
  { refill, today }: ScreeningFacts,
  medicines: readonly Medicine[],
  report: ScreeningReport,
): void {
  if (refill === undefined || today >= refill.eligibleOn) return;
  const { drugId, fillNumber, eligibleOn } = refill;
  const medicine = medicines.find(({ key }) => key === `drug:${drugId}`);
  if (!medicine) return;
  report.add({
    kind: 'early_refill',
    severity: 'major',
    subjects: [medicine.subject],
    identity: [medicine.key, `refill:${fillNumber}`, `due:${eligibleOn}`],
    message: `${medicine.subject.name}: the supply given before lasts longer. A refill is due from ${eligibleOn}.`,
    management:
      'Ask why it is needed now. Supply early only for a reason such as travel, loss or a higher dose.',
    source: 'Meditory: early-refill policy of the branch',
    rule: null,
  });
}
