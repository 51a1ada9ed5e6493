import { describe, expect, it } from 'vitest';

import { RuleViolation } from '../../../platform/errors/domain-error.js';
import { inBaseUnits } from './order-figures.domain.js';
import { UNIT_CASES } from './unit-cases.fixture.js';

describe('cases, packs and strips in base units', () => {
  it.each(UNIT_CASES)(
    '$quantity of $unitBaseUnits make $baseUnits',
    ({ quantity, unitBaseUnits, baseUnits }) => {
      const made = () => inBaseUnits(quantity, unitBaseUnits, 0);
      if (baseUnits === null) expect(made).toThrow(RuleViolation);
      else expect(made().toString()).toBe(baseUnits);
    },
  );
});
