import { registerRefusals } from '../../platform/errors/database-errors.js';
import { DomainError, Duplicate, InvalidRequest, RuleViolation } from '../../platform/errors/domain-error.js';
import { PriceAboveCeiling } from './drug.domain.js';

registerRefusals({
  drugs_ceiling_check: () => new PriceAboveCeiling(),
  drugs_strip_check: () => new RuleViolation('A strip cannot hold more than the pack.'),
  drug_barcodes_gtin_key: () => new Duplicate('This barcode belongs to another product already.'),
  drug_barcodes_pack_fkey: () =>
    new RuleViolation('A barcode is printed on a pack that is taken out: change the barcodes with it.'),
  drug_packs_key: () => new Duplicate('The product has this pack already.'),
  drugs_handling_flags_fkey: () =>
    new RuleViolation('There is no such handling flag: choose from the controlled list.'),
  MD091: () => new DrugCompounded(),
  drugs_compounded_check: () => new DrugCompounded(),
  drugs_source_id_key: () => new Duplicate('The source has this product already.'),
  // program_limit_exceeded: a text longer than an index can hold once its characters are folded apart.
  '54000': () => new InvalidRequest('A text is too long to be indexed.'),
});

/** 409: a code that fits more than one product, such as ten digits of an NDC without its hyphens. */
export class AmbiguousBarcode extends DomainError {
  readonly code = 'ambiguous-barcode';
  readonly status = 409;
  readonly title = 'More than one product has this code';
  constructor(candidates: readonly { drugId: number; name: string; code: string }[]) {
    super('This code fits more than one product. Choose the one in your hand.', { candidates });
  }
}

/** 409: the product is compounded here: it is what its formula says, and comes of a batch alone. */
export class DrugCompounded extends DomainError {
  readonly code = 'drug-compounded';
  readonly status = 409;
  readonly title = 'Compounded here';
  constructor() {
    super('This product is compounded here. Change its formula, and make it by a batch.');
  }
}
