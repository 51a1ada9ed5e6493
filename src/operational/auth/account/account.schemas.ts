import { z } from 'zod';

import { Id, Instant } from '../../../platform/http/schemas.js';
import { KeyOptions } from '../mfa/mfa.schemas.js';

export const KeyOptionsView = z
  .object({ options: KeyOptions.nullable().meta({ description: 'null: no key that works at this address' }) })
  .meta({ id: 'StepUpKeyOptions' });

const session = {
  sessionId: Id,
  openedAt: Instant,
  lastSeenAt: Instant,
  expiresAt: Instant,
  openedBy: z.enum(['password', 'pin', 'badge', 'passkey']),
  secondFactor: z.enum(['totp', 'webauthn', 'recovery']).nullable(),
  isLocked: z.boolean(),
  userAgent: z.string().nullable(),
  ipAddress: z.string().nullable(),
};

/** At most a hundred, the one used last first. */
export const SessionsView = z
  .object({ data: z.array(z.object(session).meta({ id: 'OpenSession' })) })
  .meta({ id: 'OpenSessions' });

export const OwnSessionsView = z
  .object({ data: z.array(z.object({ ...session, isThisOne: z.boolean() }).meta({ id: 'OwnSession' })) })
  .meta({ id: 'OwnSessions' });
