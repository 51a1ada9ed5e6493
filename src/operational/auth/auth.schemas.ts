import { z } from 'zod';

import { Id, Instant, MoneyText, text } from '../../platform/http/schemas.js';
import { Assertion, Otp } from './mfa/mfa.schemas.js';

/** A password as sent: any characters, bounded; whether it is a good one is judged by checkNewPassword. */
export const PasswordText = z
  .string()
  .min(1)
  .max(1000)
  .refine((value) => value.isWellFormed(), 'must be well-formed Unicode');

/** A sign-in name, folded to lower case. */
export const Username = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9._-]{2,60}$/, 'must be 2 to 60 of a–z, 0–9, dot, dash, underscore');

export const Login = z
  .strictObject({
    username: z.string().trim().toLowerCase().min(1).max(200),
    password: PasswordText,
    /** Code of an authenticator app, or a recovery code. */
    otp: z.string().trim().max(40).optional(),
    assertion: Assertion.optional(),
  })
  .meta({ id: 'Login' });

export const LoginView = z
  .object({
    token: z.string(),
    user: z.object({ userId: Id, username: z.string(), fullName: z.string() }),
    mustChangePassword: z.boolean(),
  })
  .meta({ id: 'LoginAnswer' });

export const ChangePassword = z
  .strictObject({ currentPassword: PasswordText, newPassword: PasswordText })
  .meta({ id: 'ChangePassword' });

export const MeView = z
  .object({
    userId: Id,
    username: z.string(),
    fullName: z.string(),
    mustChangePassword: z.boolean(),
    permissions: z.array(z.string()),
    roles: z.array(z.object({ roleId: Id, name: z.string() })),
    branches: z.array(
      z.object({
        branchId: Id,
        code: z.string(),
        name: z.string(),
        nameAr: z.string().nullable(),
        currency: z.string(),
        currencyDecimals: z.int(),
        /** What is paid in cash alone is rounded to a multiple of this; 0: it is not. */
        cashRounding: MoneyText,
        timeZone: z.string(),
        /** Minutes without a key or touch after which a screen locks itself; 0: never. */
        idleLockMinutes: z.int(),
      }),
    ),
    due: z
      .enum(['password', 'second-factor'])
      .nullable()
      .meta({ description: 'What must be done before anything but the own account is open' }),
    factorDaysLeft: z.int().nullable().meta({
      description: 'Days that are left to set up the second factor a role asks for; null: none is missing',
    }),
    branchId: z.int().nullable().meta({ description: 'The branch worked at; null: none' }),
  })
  .meta({ id: 'Me' });

export const Pin = z.string().regex(/^\d{4,8}$/, 'must be 4 to 8 digits');

/** One proof that it is still the same person; a PIN or badge counts at the counter alone. */
export const StepUp = z
  .union([
    z.strictObject({ password: PasswordText }),
    z.strictObject({ otp: Otp }),
    z.strictObject({ assertion: Assertion }),
    z.strictObject({ pin: Pin }),
    z.strictObject({ badge: text(80, 12) }),
  ])
  .meta({ id: 'StepUp' });

export const WitnessSign = z
  .strictObject({ username: z.string().min(1).max(100), password: PasswordText })
  .meta({ id: 'WitnessSign' });

export const StepUpView = z
  .object({ token: z.string(), expiresAt: Instant })
  .meta({ id: 'StepUpConfirmation' });

/** A second person's signature: who gave it, and the token that uses it. */
export const WitnessSigned = z
  .object({ token: z.string(), expiresAt: Instant, witnessId: Id, witnessName: z.string() })
  .meta({ id: 'WitnessSigned' });
