import { registerRefusals } from '../../platform/errors/database-errors.js';
import { DomainError } from '../../platform/errors/domain-error.js';

registerRefusals({
  MD460: () => new ManagedByHub(),
  MD461: () => new PublishedStays(),
});

/** 409: this pharmacy takes its products, lists and clinical rules from a hub; they are changed there. */
class ManagedByHub extends DomainError {
  readonly code = 'managed-by-hub';
  readonly status = 409;
  readonly title = 'Managed by the hub';
  constructor() {
    super(
      'Products, lists and clinical rules come from the hub of your pharmacies: change them there. Stock, tax classes, promotions and limits are yours.',
    );
  }
}

/** 409: branches may be using what is to be deleted. */
class PublishedStays extends DomainError {
  readonly code = 'published-stays';
  readonly status = 409;
  readonly title = 'Published to branches';
  constructor() {
    super('This was published to branches, which may be using it: discontinue it instead.');
  }
}
