import type { Screening, ScreeningFacts } from './clinical.types.js';
import { checkAllergies } from './screening-allergies.domain.js';
import { checkContraindications } from './screening-contraindications.domain.js';
import { checkDoses } from './screening-dose.domain.js';
import { checkEarlyRefill } from './early-refill.domain.js';
import { checkLookAlikes } from './look-alike.domain.js';
import { personOn } from './person-today.domain.js';
import {
  checkDuplicates,
  checkDuplicateTherapy,
  checkInteractions,
  reportWithoutInteractions,
} from './screening-interactions.domain.js';
import { GroupHierarchy, type ClinicalKnowledge } from './screening-knowledge.domain.js';
import { prepareMedicines } from './screening-medicine.domain.js';
import { ScreeningReport } from './screening-report.domain.js';

/** Rises when the same facts and rules may give another verdict than before; kept with each verdict. */
export const ENGINE_VERSION = 4;

/**
 * Judges the facts by the rules: deterministic, the same whatever the order of the input, symmetric between two
 * medicines, and monotonic (another medicine never takes an alert away). What could not be judged is in `notChecked`.
 * Throws UnknownSubject for a medicine that `knowledge` does not hold.
 */
export function screen(given: ScreeningFacts, knowledge: ClinicalKnowledge): Screening {
  const report = new ScreeningReport();
  const { patient, remarks } = personOn(given.today, given.patient);
  const facts = { ...given, patient };
  const hierarchy = new GroupHierarchy(knowledge.groups);
  const medicines = prepareMedicines(facts, knowledge, hierarchy, report);
  checkAllergies(facts.patient, medicines, knowledge, hierarchy, report);
  checkContraindications(facts, remarks, medicines, knowledge.contraindications, report);
  checkInteractions(medicines, knowledge.interactions, report);
  reportWithoutInteractions(medicines, knowledge.withInteractions, report);
  checkDuplicates(medicines, report);
  checkDuplicateTherapy(medicines, report);
  checkDoses(facts, remarks, medicines, knowledge.doseRules, report);
  checkEarlyRefill(facts, medicines, report);
  checkLookAlikes(facts.lookAlikes ?? [], report);
  return report.finish();
}
