import type { AlertSubject, ScreenedPatient, Severity } from './clinical.types.js';
import type { AllergyRule, ClinicalKnowledge, GroupHierarchy } from './screening-knowledge.domain.js';
import { UnknownSubject, type Contained, type Medicine } from './screening-medicine.domain.js';
import { REASONS, SEVERITIES, type Finding, type ScreeningReport } from './screening-report.domain.js';

/** A coded allergy with everything it lies in. */
interface Allergy {
  /** 'ingredient:1' or 'group:1'. */
  readonly key: string;
  readonly name: string;
  /** The allergen itself and the groups above it: a rule about any of these concerns the patient. */
  readonly allergens: ReadonlySet<string>;
}

/**
 * Allergies against what is proposed: the same ingredient, a member of the allergen group, and cross reactions by rule.
 * For one allergy and one medicine the gravest finding is reported, the milder ones say nothing more.
 */
export function checkAllergies(
  patient: ScreenedPatient,
  medicines: readonly Medicine[],
  knowledge: ClinicalKnowledge,
  hierarchy: GroupHierarchy,
  report: ScreeningReport,
): void {
  const { allergies, uncoded } = codedAllergies(patient, knowledge, hierarchy);
  if (patient.allergyStatus === 'not_asked') report.notChecked('allergy', REASONS.allergyNotAsked);
  for (const name of uncoded)
    report.notChecked('allergy', REASONS.allergyNotCoded, { kind: 'allergy', id: null, name });
  for (const medicine of medicines) {
    if (!medicine.proposed) continue;
    for (const allergy of allergies) {
      const gravest = findingsOf(allergy, medicine, knowledge.allergyRules).sort(byGravity)[0];
      if (gravest) report.add(gravest);
    }
  }
}

function codedAllergies(
  patient: ScreenedPatient,
  knowledge: ClinicalKnowledge,
  hierarchy: GroupHierarchy,
): { allergies: Allergy[]; uncoded: string[] } {
  const ingredients = new Map(knowledge.ingredients.map((known) => [known.ingredientId, known]));
  const groupKeys = (ids: Iterable<number>): string[] =>
    [...hierarchy.upwards(ids)].map((id) => `group:${id}`);
  const allergies: Allergy[] = [];
  const uncoded: string[] = [];
  for (const { ingredientId, groupId, text } of patient.allergies) {
    if (ingredientId) {
      const known = ingredients.get(ingredientId);
      if (!known) throw new UnknownSubject(`There is no ingredient ${ingredientId}.`);
      const key = `ingredient:${ingredientId}`;
      allergies.push({
        key,
        name: known.name,
        allergens: new Set([key, ...groupKeys(known.groupIds)]),
      });
    } else if (groupId) {
      if (!hierarchy.has(groupId)) throw new UnknownSubject(`There is no ingredient group ${groupId}.`);
      allergies.push({
        key: `group:${groupId}`,
        name: hierarchy.nameOf(groupId),
        allergens: new Set(groupKeys([groupId])),
      });
    } else uncoded.push(text ?? '');
  }
  return { allergies, uncoded };
}

const byGravity = (a: Finding, b: Finding): number =>
  SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
  // At the same gravity a rule, which says why and what to do, goes before the bare match; then by code.
  Number(a.rule === null) - Number(b.rule === null) ||
  ((a.rule?.code ?? '') < (b.rule?.code ?? '') ? -1 : 1);

function findingsOf(allergy: Allergy, medicine: Medicine, rules: readonly AllergyRule[]): Finding[] {
  const findings: Finding[] = [];
  const culprit = (through: ReadonlySet<number>): Contained | undefined =>
    medicine.contained.find(({ ingredientId }) => through.has(ingredientId));
  const direct = medicine.covers.get(allergy.key);
  const contained = direct && culprit(direct);
  if (contained)
    findings.push(
      finding(allergy, medicine, contained.subject, 'contraindicated', {
        message: `The patient is allergic to ${allergy.name}; ${medicine.subject.name} contains ${contained.subject.name}.`,
        management: 'Do not give. Choose a medicine outside this allergy, or have the allergy tested.',
        source: 'Meditory: recorded allergy against the composition',
        rule: null,
      }),
    );
  for (const rule of rules) {
    const through = allergy.allergens.has(rule.allergen) ? medicine.covers.get(rule.cross) : undefined;
    const crossing = through && culprit(through);
    if (crossing)
      findings.push(
        finding(allergy, medicine, crossing.subject, rule.severity, {
          message: `Allergy to ${allergy.name}, ${medicine.subject.name} (${crossing.subject.name}): ${rule.message}`,
          management: rule.management,
          source: rule.source,
          rule,
        }),
      );
  }
  return findings;
}

function finding(
  allergy: Allergy,
  medicine: Medicine,
  ingredient: AlertSubject,
  severity: Severity,
  words: Pick<Finding, 'message' | 'management' | 'source' | 'rule'>,
): Finding {
  const bare = medicine.key === `ingredient:${ingredient.id}`;
  return {
    kind: 'allergy',
    severity,
    subjects: [
      medicine.subject,
      ...(bare ? [] : [ingredient]),
      { kind: 'allergy', id: null, name: allergy.name },
    ],
    identity: [medicine.key, `allergy:${allergy.key}`],
    ...words,
  };
}
