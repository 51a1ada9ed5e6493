import type { SourcePart } from '../source.types.js';
import { denominator, plainAmount, unitName } from './amounts.domain.js';

/** Homoeopathic potencies are dilutions, not amounts: "[hp_X]/mL", "{kp_C}". */
const POTENCY = /^[[{](?:hp|kp)_/i;

/**
 * An amount and a UCUM unit as structured product labels have them: "250" and "mg/1", ".75" and "mg/.5mL", "1" and
 * "kg/kg". Undefined where the unit says nothing that can be counted.
 */
export function ucumAmount(
  value: string,
  unit: string,
): Pick<SourcePart, 'amount' | 'unit' | 'perAmount' | 'perUnit'> | undefined {
  const amount = plainAmount(value);
  const [written = '', per = '1'] = unit.trim().split('/');
  if (amount === undefined || POTENCY.test(written)) return undefined;
  const name = unitName(written);
  if (name === undefined) return undefined;
  const match = /^([\d.,]*)\s*(.*)$/.exec(per.trim());
  const [, number = '', perUnit = ''] = match ?? [];
  if (perUnit === '') return number === '' || number === '1' ? { amount, unit: name } : undefined;
  return { amount, unit: name, ...denominator(number, perUnit) };
}

/** "250 mg/1", as openFDA writes both together. */
export function ucumStrength(text: string): ReturnType<typeof ucumAmount> {
  const match = /^\s*([\d.,]+)\s*(\S.*)$/.exec(text);
  return match === null ? undefined : ucumAmount(match[1] ?? '', match[2] ?? '');
}
