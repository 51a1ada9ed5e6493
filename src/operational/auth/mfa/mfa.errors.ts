import { registerRefusals } from '../../../platform/errors/database-errors.js';
import { DomainError } from '../../../platform/errors/domain-error.js';

/** 401: the password is right, and a second factor is needed: `params.methods`, `params.challenge` for a security key. */
export class SecondFactorRequired extends DomainError {
  readonly code = 'second-factor-required';
  readonly status = 401;
  readonly title = 'Second factor needed';
  constructor(methods: readonly string[] = [], challenge?: unknown) {
    super(
      'Send the code of your authenticator app or a recovery code as `otp`, or the answer of your security key as `assertion`.',
      { methods, ...(challenge === undefined ? {} : { challenge }) },
    );
  }
}

/** 401: the code or signature is not right, too old, or was used before. */
export class InvalidSecondFactor extends DomainError {
  readonly code = 'invalid-second-factor';
  readonly status = 401;
  readonly title = 'Second factor not accepted';
  constructor() {
    super('The code or security key was not accepted. A code is good once: wait for the next one.');
  }
}

/** 422: the code or key given to set a factor up, or to confirm a command, is not right. */
export class WrongSecondFactor extends DomainError {
  readonly code = 'wrong-second-factor';
  readonly status = 422;
  readonly title = 'Second factor not accepted';
  constructor(field: 'otp' | 'assertion' | 'attestation') {
    super('The code or security key was not accepted. A code is good once: wait for the next one.', {}, [
      { pointer: `/${field}`, detail: 'is not right, too old, or was used before' },
    ]);
  }
}

/** 409: a role asks for a second factor, so the last one stays. */
export class SecondFactorNeeded extends DomainError {
  readonly code = 'second-factor-needed';
  readonly status = 409;
  readonly title = 'Your role asks for a second factor';
  constructor() {
    super('Set up another one before you take the last one away.');
  }
}

/** 422: more factors than one person needs. */
export class TooManyFactors extends DomainError {
  readonly code = 'too-many-factors';
  readonly status = 422;
  readonly title = 'Too many second factors';
  constructor(most: number) {
    super(`A user has ${most} second factors at the most. Remove one first.`, { most });
  }
}

/** 422: security keys are bound to an address, and the one used here is not known to the server. */
export class SecurityKeysUnavailable extends DomainError {
  readonly code = 'security-keys-unavailable';
  readonly status = 422;
  readonly title = 'No security keys at this address';
  constructor() {
    super('Security keys and passkeys work at the address named in MEDITORY_ORIGIN, or at localhost.');
  }
}

registerRefusals({
  MD420: () => new InvalidSecondFactor(),
  MD421: () => new SecondFactorNeeded(),
  MD422: () => new SecondFactorRequired(),
});
