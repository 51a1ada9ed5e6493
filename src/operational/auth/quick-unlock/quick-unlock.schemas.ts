import { z } from 'zod';

import { text } from '../../../platform/http/schemas.js';
import { PasswordText, Pin } from '../auth.schemas.js';
import { Otp } from '../mfa/mfa.schemas.js';

const SignInName = z.string().trim().toLowerCase().min(1).max(200);

export const SetPin = z.strictObject({ password: PasswordText, pin: Pin }).meta({ id: 'SetPin' });

export const SetBadge = z
  .strictObject({
    password: PasswordText,
    /** The code of a badge there is; left out: a new code is made, to be printed. */
    code: text(80, 12).optional(),
  })
  .meta({ id: 'SetBadge' });

export const BadgeView = z.object({ code: z.string() }).meta({ id: 'Badge' });

export const QuickUnlockView = z
  .object({ hasPin: z.boolean(), isPinLocked: z.boolean(), hasBadge: z.boolean() })
  .meta({ id: 'QuickUnlock' });

/** One proof of who is there. */
export const Unlock = z
  .union([
    z.strictObject({ username: SignInName, pin: Pin }),
    z.strictObject({ badge: text(80, 12) }),
    z.strictObject({ username: SignInName, password: PasswordText, otp: Otp.optional() }),
  ])
  .meta({ id: 'Unlock' });

/** The screen asked from: whether a session stands behind it, locked or not, and whose. */
export const DeviceView = z
  .object({ isLocked: z.boolean(), username: z.string().nullable() })
  .meta({ id: 'Device' });
