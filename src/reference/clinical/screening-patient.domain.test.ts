import { describe, it } from 'vitest';

import { expectVerdict, world, type Case } from '../../../test/builders/clinical-world.js';
import { REASONS } from './screening-report.domain.js';

const { med } = world;
const woman = { sex: 'female', birthDate: '1996-05-01' } as const;
const condition = (icd10: string | null, name = 'a condition') => ({ conditions: [{ icd10, name }] });
const noDose = `dose: ${REASONS.doseNotStated}`;

const CASES: readonly Case[] = [
  // Contraindications
  {
    it: 'matches a condition by the code above it',
    patient: condition('K25.4'),
    proposed: [med('celecoxib')],
    alerts: ['major contraindication condition:@nsaids:K25'],
  },
  { it: 'does not match another condition', patient: condition('K26.4'), proposed: [med('celecoxib')] },
  {
    it: 'says that a condition is coded too widely for a rule',
    patient: condition('T78'),
    proposed: [med('lisinopril')],
    gaps: [`contraindication: ${REASONS.conditionTooWide}`],
  },
  {
    it: 'says that a condition in words cannot be checked where a rule concerns the ingredient',
    patient: condition(null, 'stomach trouble'),
    proposed: [med('celecoxib')],
    gaps: [`contraindication: ${REASONS.conditionNotCoded}`],
  },
  {
    it: 'reports the gravest step of renal function',
    patient: { egfr: '25' },
    proposed: [med('metformin')],
    alerts: ['contraindicated contraindication renal:metformin:30'],
  },
  {
    it: 'is exact at the limit of renal function: 30 is not below 30',
    patient: { egfr: '30' },
    proposed: [med('metformin')],
    alerts: ['moderate contraindication renal:metformin:60'],
  },
  {
    it: 'takes the stage of kidney disease where eGFR is missing',
    patient: { egfr: null, ...condition('N18.5') },
    proposed: [med('metformin')],
    alerts: ['contraindicated contraindication renal:metformin:30'],
  },
  {
    it: 'says that renal function is missing where a rule needs it',
    patient: { egfr: null },
    proposed: [med('metformin')],
    gaps: [`contraindication: ${REASONS.egfr}`],
  },
  {
    it: 'matches a liver condition',
    patient: condition('K72.0'),
    proposed: [med('metformin')],
    alerts: ['major contraindication hepatic:metformin:K72'],
  },
  {
    it: 'forbids a teratogen in pregnancy',
    patient: { ...woman, pregnant: true },
    proposed: [med('isotretinoin')],
    alerts: ['contraindicated contraindication pregnancy:isotretinoin:'],
  },
  {
    it: 'says that nobody asked a woman of thirty about pregnancy',
    patient: { ...woman, pregnant: null },
    proposed: [med('isotretinoin')],
    gaps: [`contraindication: ${REASONS.pregnancy}`],
  },
  {
    it: 'does not ask a woman of seventy about pregnancy',
    patient: { ...woman, birthDate: '1956-01-01', pregnant: null },
    proposed: [med('isotretinoin')],
  },
  {
    it: 'does not ask a man about pregnancy',
    patient: { pregnant: null },
    proposed: [med('isotretinoin')],
  },
  {
    it: 'asks about pregnancy where the sex is unknown',
    patient: { sex: 'unknown', pregnant: null },
    proposed: [med('isotretinoin')],
    gaps: [`contraindication: ${REASONS.pregnancy}`],
  },
  {
    it: 'does not ask about pregnancy where no rule concerns the ingredient',
    patient: { ...woman, pregnant: null },
    proposed: [med('sildenafil')],
  },
  {
    it: 'stops at a breast-feeding mother',
    patient: { ...woman, lactating: true },
    proposed: [med('codeine')],
    alerts: ['major contraindication lactation:codeine:'],
  },
  {
    it: 'forbids below an age',
    patient: { birthDate: '2014-12-01' },
    proposed: [med('codeine')],
    alerts: ['contraindicated contraindication age:codeine:'],
  },
  { it: 'allows from the birthday on', patient: { birthDate: '2014-11-30' }, proposed: [med('codeine')] },
  {
    it: 'says that the birth date is missing where a rule asks for the age',
    patient: { birthDate: null },
    proposed: [med('codeine')],
    gaps: [`contraindication: ${REASONS.birthDate}`],
  },
  {
    it: 'stops for one sex',
    patient: { ...woman },
    proposed: [med('finasteride')],
    alerts: ['major contraindication sex:finasteride:'],
  },
  {
    it: 'says that the sex is missing where a rule is for one sex',
    patient: { sex: null },
    proposed: [med('finasteride')],
    gaps: [`contraindication: ${REASONS.sex}`],
  },
  // Doses
  { it: 'allows the largest dose', proposed: [med('#Panadol', '2 tablet', '4')] },
  {
    it: 'stops above the single dose',
    proposed: [med('#Panadol', '3 tablet', '1')],
    alerts: ['major dose dose:paracetamol:0'],
  },
  {
    it: 'stops above the daily dose',
    proposed: [med('#Panadol', '2 tabs', '5')],
    alerts: ['major dose dose:paracetamol:0'],
  },
  {
    it: 'adds the daily dose up over products',
    proposed: [med('#Codamol', '2 tablet', '3')],
    current: [med('#Panadol', '2 tablet', '3')],
    alerts: ['major duplicate_ingredient -', 'major dose dose:paracetamol:0'],
  },
  {
    it: 'does not count a refill twice',
    proposed: [med('#Panadol', '2 tablet', '3')],
    current: [med('#Panadol', '2 tablet', '3')],
  },
  {
    it: 'reads a dose in grams of a single ingredient',
    proposed: [med('#Panadol', '1.5 g', '1')],
    alerts: ['major dose dose:paracetamol:0'],
  },
  {
    it: 'does not guess what milligrams of a combination mean',
    proposed: [med('#Codamol', '508 mg', '1')],
    gaps: [`dose: ${REASONS.unitsNotComparable}`],
  },
  {
    it: 'reads a dose of a syrup through its strength',
    patient: { birthDate: '2020-01-01', weightKg: '20' },
    proposed: [med('#Brufen syrup', '10 ml', '3')],
  },
  {
    it: 'stops above the daily dose for the weight',
    patient: { birthDate: '2020-01-01', weightKg: '19.9' },
    proposed: [med('#Brufen syrup', '10 ml', '3')],
    alerts: ['major dose dose:ibuprofen:2'],
  },
  {
    it: 'says that the weight is missing where a limit is per kilogram',
    patient: { birthDate: '2020-01-01', weightKg: null },
    proposed: [med('#Brufen syrup', '10 ml', '3')],
    gaps: [`dose: ${REASONS.weight}`],
  },
  {
    it: 'says that the dose is not stated where a limit exists',
    proposed: [med('#Panadol')],
    gaps: [noDose],
  },
  {
    it: 'says that the frequency is not stated where a daily limit exists',
    proposed: [med('#Panadol', '2 tablet')],
    gaps: [`dose: ${REASONS.frequencyNotStated}`],
  },
  {
    it: 'says that the birth date is missing where limits go by age',
    patient: { birthDate: null },
    proposed: [med('#Panadol', '1 tablet', '1')],
    gaps: [`dose: ${REASONS.birthDate}`],
  },
  {
    it: 'shows a course that is too long, and compares grams with milligrams',
    proposed: [med('#Brufen', '2 tablet', '3', 11)],
    alerts: ['moderate dose dose:ibuprofen:3'],
  },
  { it: 'compares grams with milligrams exactly', proposed: [med('#Brufen', '800 mg', '3', 10)] },
  {
    it: 'leaves limits of another route alone',
    proposed: [med('#Brufen gel', '20 g', '9')],
    gaps: [`dose: ${REASONS.limitsOfOtherRoute}`],
  },
  {
    it: 'says that limits for adults were not held against a child, nor any where no dose is stated',
    patient: { birthDate: '2020-01-01', weightKg: '20' },
    proposed: [med('#Panadol')],
    gaps: [`dose: ${REASONS.limitsForOthers}`, noDose],
  },
  {
    it: 'takes an unspecific injection for the intravenous limit',
    proposed: [med('#Perfalgan', '1 vial', '5')],
    alerts: ['major dose dose:paracetamol:1'],
  },
  {
    it: 'compares units of insulin with units',
    proposed: [med('#Lantus', '90 units', '1')],
    alerts: ['major dose dose:insulin:4'],
  },
];

describe('a screening of contraindications and doses', () => {
  it.each(CASES)('$it', expectVerdict);
});
