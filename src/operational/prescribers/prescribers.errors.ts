import { registerRefusals } from '../../platform/errors/database-errors.js';
import { Duplicate } from '../../platform/errors/domain-error.js';

registerRefusals({
  prescribers_licence_key: () => new Duplicate('A prescriber with this licence number exists already.'),
});
