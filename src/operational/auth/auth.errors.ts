import { registerRefusals } from '../../platform/errors/database-errors.js';
import { DomainError, Duplicate } from '../../platform/errors/domain-error.js';

/** 401: the same words whether the user is unknown, disabled, or the password wrong. */
export class InvalidCredentials extends DomainError {
  readonly code = 'invalid-credentials';
  readonly status = 401;
  readonly title = 'Sign-in failed';
  constructor() {
    super('User name or password is not right.');
  }
}

/** 429: too many wrong passwords for this user or from this address; `retryAfterSeconds` says when to try again. */
export class TooManyAttempts extends DomainError {
  readonly code = 'too-many-attempts';
  readonly status = 429;
  readonly title = 'Too many attempts';
  constructor(retryAfterSeconds: number) {
    super('There were too many failed attempts. Wait, then try again.', { retryAfterSeconds });
  }
}

/** 422: a one-time password was sent, but nobody can enrol for them yet. */
export class OtpNotEnrolled extends DomainError {
  readonly code = 'otp-not-enrolled';
  readonly status = 422;
  readonly title = 'No one-time passwords';
  constructor() {
    super('This user has no one-time passwords. Sign in without one.', {}, [
      { pointer: '/otp', detail: 'must be left out' },
    ]);
  }
}

/** 422: the current password given to prove who asks is not right; `field` is where it was given. */
export class WrongPassword extends DomainError {
  readonly code = 'wrong-password';
  readonly status = 422;
  readonly title = 'Wrong password';
  constructor(field: 'currentPassword' | 'password') {
    super('The current password is not right.', {}, [
      { pointer: `/${field}`, detail: 'is not your current password' },
    ]);
  }
}

registerRefusals({
  users_username_key: () => new Duplicate('There is a user of this name already.'),
  roles_name_key: () => new Duplicate('There is a role of this name already.'),
  branches_code_key: () => new Duplicate('There is a branch of this code already.'),
});
