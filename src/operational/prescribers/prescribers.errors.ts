import { registerRefusals } from '../../platform/errors/database-errors.js';
import { Duplicate } from '../../platform/errors/domain-error.js';

registerRefusals({
  prescribers_authority_key: () => new Duplicate('A prescriber with this authority number exists already.'),
  prescribers_licence_key: () => new Duplicate('A prescriber with this licence number exists already.'),
});
