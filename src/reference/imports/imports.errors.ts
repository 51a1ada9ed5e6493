import { DomainError } from '../../platform/errors/domain-error.js';

/** 422: the files, or the way they are mapped, are not usable as a whole. Nothing was changed. */
export class ImportRefused extends DomainError {
  readonly code = 'import-refused';
  readonly status = 422;
  readonly title = 'Import refused';
}

/** 409: another import is at work; one at a time keeps two from judging the same catalogue by different files. */
export class ImportRunning extends DomainError {
  readonly code = 'import-running';
  readonly status = 409;
  readonly title = 'Another import is running';
  constructor() {
    super('Another import is running. Nothing was changed; start this one again when it has ended.');
  }
}

/** 409: the release is not in a state in which this can be done. */
export class ReleaseNotReady extends DomainError {
  readonly code = 'release-not-ready';
  readonly status = 409;
  readonly title = 'The release does not allow this now';
}

/** 409: the catalogue is another one than the release was compared with. It was compared again and waits for review. */
export class CatalogueMoved extends DomainError {
  readonly code = 'catalogue-moved';
  readonly status = 409;
  readonly title = 'The catalogue has changed since the comparison';
  constructor(releaseId: number) {
    super(
      `The catalogue has changed since release ${releaseId} was compared with it. It was compared again: review the changes and apply it then.`,
      { releaseId },
    );
  }
}

/** 409: products of the release were edited since; taking it back leaves them as they are, which must be wanted. */
export class EditedSince extends DomainError {
  readonly code = 'release-edited-since';
  readonly status = 409;
  readonly title = 'Products of the release were edited since';
  constructor(count: number, drugIds: readonly number[]) {
    super(
      `${count} products of the release were edited since it was applied. Force the revert to leave those as they are and take back the rest.`,
      { count, drugIds: drugIds.slice(0, 100) },
    );
  }
}

/** 409: rules were changed since the release was compared with them. It was compared again and waits for review. */
export class RulesMoved extends DomainError {
  readonly code = 'rules-moved';
  readonly status = 409;
  readonly title = 'The rules have changed since the comparison';
  constructor(releaseId: number) {
    super(
      `Rules were changed since release ${releaseId} was compared with them. It was compared again: review the changes and apply it then.`,
      { releaseId },
    );
  }
}

/** 409: rules of the release were changed since; taking it back leaves them as they are, which must be wanted. */
export class RulesEditedSince extends DomainError {
  readonly code = 'rules-edited-since';
  readonly status = 409;
  readonly title = 'Rules of the release were changed since';
  constructor(count: number, codes: readonly string[]) {
    super(
      `${count} rules of the release were changed since it was applied. Force the revert to leave those as they are and take back the rest.`,
      { count, codes: codes.slice(0, 100) },
    );
  }
}
