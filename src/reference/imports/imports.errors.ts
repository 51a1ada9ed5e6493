import { DomainError } from '../../platform/errors/domain-error.js';

/** 422: the file, or the way it is mapped, is not usable as a whole. Nothing was changed. */
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
