import { registerRefusals } from '../../../platform/errors/database-errors.js';
import { DomainError, Duplicate } from '../../../platform/errors/domain-error.js';

/** What clinical rules would be lost with an ingredient. */
export interface LostRules {
  /** Rules that name the ingredient itself. */
  readonly rules: readonly { readonly table: string; readonly code: string }[];
  /** Groups it is in and the other one is not: rules on them would no longer concern its products. */
  readonly groupCodes: readonly string[];
}

/** 409: clinical rules would silently no longer concern the products of an ingredient that is merged or made a salt. */
export class ClinicalRulesWouldBeLost extends DomainError {
  readonly code = 'clinical-rules-would-be-lost';
  readonly status = 409;
  readonly title = 'Clinical rules would be lost';
  constructor(lost: LostRules) {
    super(
      'Clinical rules name this ingredient or groups only it is in. Move the rules first, or take over its groups.',
      { ...lost },
    );
  }
}

/** 409: this decision of the worklist was taken back already, or what it decided has changed since. */
export class LinkNotUndoable extends DomainError {
  readonly code = 'link-not-undoable';
  readonly status = 409;
  readonly title = 'Cannot be taken back';
}

registerRefusals({
  ingredient_codes_pkey: () => new Duplicate('This code means another ingredient already.'),
  ingredient_synonyms_synonym_folded_key: () => new Duplicate('This name means another ingredient already.'),
  ingredients_name_folded_key: () => new Duplicate('There is an ingredient of this name already.'),
});
