import { registerRefusals } from '../../platform/errors/database-errors.js';
import { DomainError, Duplicate } from '../../platform/errors/domain-error.js';
import { CannotGrant, OwnAccount } from './grants.domain.js';

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
    super(
      'There were too many failed attempts. Wait, then try again, or from a device you signed in with before.',
      {
        retryAfterSeconds,
      },
    );
  }
}

/** 422: a second factor was sent by a user who has none. */
export class OtpNotEnrolled extends DomainError {
  readonly code = 'otp-not-enrolled';
  readonly status = 422;
  readonly title = 'No second factor';
  constructor() {
    super('This user has no second factor. Sign in without one.', {}, [
      { pointer: '/otp', detail: 'must be left out' },
    ]);
  }
}

/** 422: the current password given to prove who asks is not right; `field` is where it was given. */
export class WrongPassword extends DomainError {
  readonly code = 'wrong-password';
  readonly status = 422;
  readonly title = 'Wrong password';
  constructor(field: 'currentPassword' | 'password' | 'pin' | 'badge') {
    super('The current password is not right.', {}, [{ pointer: `/${field}`, detail: 'is not right' }]);
  }
}

/** 422: the link to set a password was used, is too old, or never was one. */
export class PasswordLinkUsed extends DomainError {
  readonly code = 'password-link-used';
  readonly status = 422;
  readonly title = 'The link is no longer good';
  constructor() {
    super(
      'A link is good once and for one day. Sign in with the password you have, or ask for another link.',
      {},
      [{ pointer: '/token', detail: 'is not one that may still be used' }],
    );
  }
}

/** 409: there must be somebody who can sign in and administrate. */
export class LastAdministrator extends DomainError {
  readonly code = 'last-administrator';
  readonly status = 409;
  readonly title = 'The last administrator';
  constructor() {
    super('Somebody must stay administrator. Make another one first.');
  }
}

registerRefusals({
  MD423: () => new LastAdministrator(),
  MD424: () => new OwnAccount('You cannot change your own roles or branches. Somebody else has to.'),
  MD425: () => new CannotGrant('You cannot give permissions you do not hold.'),
  MD429: () => new PasswordLinkUsed(),
  users_username_key: () => new Duplicate('There is a user of this name already.'),
  roles_name_key: () => new Duplicate('There is a role of this name already.'),
  branches_code_key: () => new Duplicate('There is a branch of this code already.'),
});
