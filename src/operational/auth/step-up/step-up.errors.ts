import { DomainError } from '../../../platform/errors/domain-error.js';

/** 403: the command needs the password again: ask POST /auth/step-up for a token and send it as `stepUp`. */
export class StepUpRequired extends DomainError {
  readonly code = 'step-up-required';
  readonly status = 403;
  readonly title = 'Give your password again';
  constructor() {
    super('This needs your password again. A confirmation is good for one command, for a few minutes.');
  }
}
