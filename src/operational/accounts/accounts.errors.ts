import { registerRefusals } from '../../platform/errors/database-errors.js';
import { NotFound } from '../../platform/errors/domain-error.js';
import {
  AccountBlocked,
  CreditLimitReached,
  DepositShort,
  EntryNotOpen,
  LimitBelowBalance,
  OverRefunded,
  PointsDoNotFollow,
  PointsShort,
} from './account-refusals.domain.js';

registerRefusals({
  MD320: () => new NotFound('account'),
  MD321: () => new AccountBlocked(),
  MD322: () => new CreditLimitReached(),
  MD323: () => new DepositShort(),
  MD324: () => new EntryNotOpen(),
  MD325: () => new OverRefunded(),
  MD328: () => new PointsShort(),
  MD329: () => new PointsDoNotFollow(),
  customer_accounts_limit_check: () => new LimitBelowBalance(),
  customer_accounts_patient_fkey: () => new NotFound('patient'),
});
