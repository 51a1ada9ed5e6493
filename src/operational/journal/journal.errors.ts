import { registerRefusals } from '../../platform/errors/database-errors.js';
import { Duplicate, RuleViolation } from '../../platform/errors/domain-error.js';

registerRefusals({
  journal_accounts_code_key: () => new Duplicate('Another account has this number.'),
  journal_accounts_path_key: () => new Duplicate('Another account has this path.'),
  journal_accounts_side_check: () =>
    new RuleViolation('An account stays on its side of the books.', {}, [
      { pointer: '/path', detail: 'must begin as it does now' },
    ]),
});
