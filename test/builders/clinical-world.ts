import { expect } from 'vitest';

import type { ScreenedMedicine, ScreenedPatient } from '../../src/reference/clinical/clinical.types.js';
import { REASONS } from '../../src/reference/clinical/screening-report.domain.js';
import { screen } from '../../src/reference/clinical/screening.domain.js';
import { aScreenedPatient, sketch, someFacts } from './clinical.js';

/** The small world of the golden cases: a few real ingredients, groups and rules of each kind. */
export const world = sketch({
  groups: {
    'beta-lactams': null,
    penicillins: 'beta-lactams',
    aminopenicillins: 'penicillins',
    cephalosporins: 'beta-lactams',
    nsaids: null,
    coxibs: 'nsaids',
    vka: null,
    serotonergic: null,
    nitrates: null,
    pde5: null,
    raas: null,
  },
  ingredients: {
    warfarin: ['vka'],
    ibuprofen: ['nsaids'],
    celecoxib: ['coxibs'],
    aspirin: ['nsaids'],
    paracetamol: [],
    tramadol: ['serotonergic'],
    sertraline: ['serotonergic'],
    amoxicillin: ['aminopenicillins'],
    'clavulanic acid': [],
    cefalexin: ['cephalosporins'],
    'isosorbide dinitrate': ['nitrates'],
    sildenafil: ['pde5'],
    metformin: [],
    isotretinoin: [],
    lisinopril: ['raas'],
    insulin: [],
    finasteride: [],
    diclofenac: ['nsaids'],
    codeine: [],
  },
  drugs: {
    Marevan: { in: ['warfarin 5 mg'] },
    Brufen: { in: ['ibuprofen 400 mg'] },
    Nurofen: { in: ['ibuprofen 200 mg'] },
    'Brufen syrup': { in: ['ibuprofen 100 mg/5 ml'], baseUnit: 'ml' },
    'Brufen gel': { in: ['ibuprofen 5 %'], route: 'topical', baseUnit: 'g' },
    Panadol: { in: ['paracetamol 500 mg'] },
    Comtrex: { in: ['paracetamol 500 mg', 'aspirin 300 mg'] },
    Codamol: { in: ['paracetamol 500 mg', 'codeine 8 mg'] },
    Augmentin: { in: ['amoxicillin 875 mg', 'clavulanic acid 125 mg'] },
    Keflex: { in: ['cefalexin 500 mg'] },
    Herbal: { in: [] },
    Mystery: { in: ['paracetamol 500 mg', 'something else'], status: 'partial' },
    Lantus: { in: ['insulin 100 iu/1 ml'], route: 'injection', baseUnit: 'ml' },
    Perfalgan: { in: ['paracetamol 1 g'], route: 'injection', baseUnit: 'vial' },
    'Voltaren gel': { in: ['diclofenac 1 %'], route: 'topical', baseUnit: 'g' },
  },
  interactions: [
    ['@vka', '@nsaids', 'major'],
    ['warfarin', 'paracetamol', 'minor'],
    ['@serotonergic', '@serotonergic', 'major'],
    ['@nitrates', '@pde5', 'contraindicated'],
    ['#Herbal', 'warfarin', 'moderate'],
    ['@nsaids', 'lisinopril', 'moderate'],
  ],
  allergyRules: [
    ['@penicillins', '@cephalosporins', 'moderate'],
    ['@penicillins', '@penicillins', 'contraindicated'],
    ['aspirin', '@nsaids', 'major'],
  ],
  contraindications: [
    { of: '@nsaids', kind: 'condition', icd10: 'K25' },
    { of: 'metformin', kind: 'renal', egfrBelow: '30', severity: 'contraindicated' },
    { of: 'metformin', kind: 'renal', egfrBelow: '60', severity: 'moderate' },
    { of: 'isotretinoin', kind: 'pregnancy', severity: 'contraindicated' },
    { of: 'codeine', kind: 'lactation' },
    { of: 'codeine', kind: 'age', ageMinMonths: 0, ageMaxMonths: 144, severity: 'contraindicated' },
    { of: 'finasteride', kind: 'sex', sex: 'female' },
    { of: 'metformin', kind: 'hepatic', icd10: 'K72' },
    { of: 'lisinopril', kind: 'condition', icd10: 'T78.3', severity: 'contraindicated' },
  ],
  doses: [
    {
      of: 'paracetamol',
      route: 'oral',
      ageMinMonths: 192,
      maxSingleDose: '1000',
      maxDailyDose: '4000',
    },
    { of: 'paracetamol', route: 'intravenous', ageMinMonths: 192, maxDailyDose: '4000' },
    { of: 'ibuprofen', route: 'oral', ageMaxMonths: 144, maxDailyPerKg: '30' },
    {
      of: 'ibuprofen',
      route: 'oral',
      ageMinMonths: 144,
      maxDailyDose: '2.4',
      unit: 'g',
      maxDurationDays: 10,
    },
    { of: 'insulin', maxSingleDose: '80', unit: 'iu' },
  ],
});
/** A golden case: a patient and medicines, and exactly the alerts ('severity kind rule') and gaps ('kind: reason') expected. */
export interface Case {
  readonly it: string;
  readonly patient?: Partial<ScreenedPatient>;
  readonly proposed: readonly ScreenedMedicine[];
  readonly current?: readonly ScreenedMedicine[];
  readonly alerts?: readonly string[];
  readonly gaps?: readonly string[];
}

/** Screens the case and compares the whole verdict: no alert and no gap more or less than expected. */
export function expectVerdict({ patient, proposed, current = [], alerts = [], gaps = [] }: Case): void {
  const verdict = screen(
    someFacts({ patient: aScreenedPatient(patient), proposed, current }),
    world.knowledge,
  );
  expect(
    verdict.alerts.map(({ severity, kind, ruleCode }) => `${severity} ${kind} ${ruleCode ?? '-'}`),
  ).toEqual(alerts);
  // Which ingredients have no rule of a kind is a case of its own: here it would be said of nearly every medicine.
  const missed = verdict.notChecked.filter(({ reason }) => reason !== REASONS.noRules);
  expect(missed.map(({ rule, reason }) => `${rule}: ${reason}`).sort()).toEqual([...gaps].sort());
}
