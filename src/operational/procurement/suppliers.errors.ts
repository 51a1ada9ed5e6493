import { registerRefusals } from '../../platform/errors/database-errors.js';
import { Duplicate } from '../../platform/errors/domain-error.js';

registerRefusals({
  suppliers_name_key: () => new Duplicate('There is a supplier of this name already.'),
});
