import { Forbidden } from '../../platform/errors/domain-error.js';
import { CounterPolicyOff, SecondPersonRequired } from './prescription-refusals.domain.js';

/** How a branch lets its fills go through. */
interface Policy {
  readonly dispensingPolicy: 'counter' | 'station';
  readonly twoPersonRule: boolean;
}

/**
 * Whoever goes through to dispensed in one call signs for the verification too. Throws Forbidden, CounterPolicyOff,
 * SecondPersonRequired.
 */
export function assertCounterPolicy(permissions: ReadonlySet<string>, branch: Policy): void {
  if (!permissions.has('VerifyPrescription'))
    throw new Forbidden('To verify needs the permission VerifyPrescription.', {
      missing: ['VerifyPrescription'],
    });
  if (branch.dispensingPolicy !== 'counter') throw new CounterPolicyOff();
  if (branch.twoPersonRule) throw new SecondPersonRequired();
}
