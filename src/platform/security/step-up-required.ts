import { DomainError } from '../errors/domain-error.js';

/** How strongly a route asks: `full` takes a password or second factor, `counter` a PIN or badge as well. */
export type StepUpStrength = 'full' | 'counter';

const ACCEPTS: Readonly<Record<StepUpStrength, readonly string[]>> = {
  full: ['password', 'otp', 'assertion'],
  counter: ['password', 'otp', 'assertion', 'pin', 'badge'],
};

/**
 * 403: the caller must prove again who he is; `params.stepUp` says what is taken. Send it to POST /api/auth/step-up and repeat the request;
 * with `asToken` the command wants the token of that answer as `stepUp`.
 */
export class StepUpRequired extends DomainError {
  readonly code = 'step-up-required';
  readonly status = 403;
  readonly title = 'Prove again who you are';
  constructor(strength: StepUpStrength, asToken = false) {
    super(
      'This needs proof that it is still you. Send your password (or a code of your second factor) to POST /api/auth/step-up, then repeat the request within five minutes.',
      { stepUp: { post: '/api/auth/step-up', accepts: ACCEPTS[strength], asToken } },
    );
  }
}

/** 403: nothing but the own account is open until the caller has done what `params.due` says. */
export class AccountDue extends DomainError {
  readonly code = 'account-due';
  readonly status = 403;
  readonly title = 'Your account comes first';
  constructor(due: 'password' | 'second-factor') {
    super(
      due === 'password'
        ? 'Your password was chosen by somebody else: set one of your own with POST /api/auth/password first.'
        : 'Your role asks for a second factor: set one up under /api/auth/mfa first.',
      { due, reason: due },
    );
  }
}
