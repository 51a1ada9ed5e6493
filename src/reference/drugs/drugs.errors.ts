import { registerRefusals } from '../../platform/errors/database-errors.js';
import { Duplicate, InvalidRequest, RuleViolation } from '../../platform/errors/domain-error.js';
import { PriceAboveCeiling } from './drug.domain.js';

registerRefusals({
  drugs_ceiling_check: () => new PriceAboveCeiling(),
  drugs_strip_check: () => new RuleViolation('A strip cannot hold more than the pack.'),
  drug_barcodes_gtin_key: () => new Duplicate('This barcode belongs to another product already.'),
  drugs_source_id_key: () => new Duplicate('The source has this product already.'),
  // program_limit_exceeded: a text longer than an index can hold once its characters are folded apart.
  '54000': () => new InvalidRequest('A text is too long to be indexed.'),
});
