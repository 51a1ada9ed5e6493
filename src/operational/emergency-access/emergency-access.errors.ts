import { registerRefusals } from '../../platform/errors/database-errors.js';
import { DomainError, InvalidTransition } from '../../platform/errors/domain-error.js';

const REFUSED = {
  unreviewed: 'Three records you opened in an emergency wait for review. Ask for that first.',
  'not-justified':
    'A record you opened in an emergency was found not to have needed it: for thirty days no other.',
} as const;

/** 409: no further record is opened in an emergency; `params.reason` says why. */
export class EmergencyAccessRefused extends DomainError {
  readonly code = 'emergency-access-refused';
  readonly status = 409;
  readonly title = 'No emergency access';
  constructor(reason: keyof typeof REFUSED) {
    super(REFUSED[reason], { reason });
  }
}

/** 403: the half hour is over, or the record was opened by somebody else. */
export class EmergencyAccessOver extends DomainError {
  readonly code = 'emergency-access-over';
  readonly status = 403;
  readonly title = 'The emergency access is over';
  constructor() {
    super('It lasts half an hour, for who opened it. Open the record again where the emergency goes on.');
  }
}

/** 422: who opened a record does not judge that. */
export class OwnEmergencyAccess extends DomainError {
  readonly code = 'own-emergency-access';
  readonly status = 422;
  readonly title = 'Reviewed by somebody else';
  constructor() {
    super('What you opened in an emergency is reviewed by another person.');
  }
}

registerRefusals({
  MD426: ({ detail }) =>
    new EmergencyAccessRefused(detail === 'not-justified' ? 'not-justified' : 'unreviewed'),
  MD427: () => new InvalidTransition('emergency access', 'reviewed', 'review', []),
  emergency_accesses_reviewer_check: () => new OwnEmergencyAccess(),
});
