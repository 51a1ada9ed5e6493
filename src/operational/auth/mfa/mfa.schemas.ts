import { z } from 'zod';

import { Id, Instant, text } from '../../../platform/http/schemas.js';

/** A code of an app, or a recovery code. */
export const Otp = z.string().trim().min(6).max(40);

const Base64Url = z
  .string()
  .regex(/^[\w-]*$/, 'must be base64url')
  .max(16_384);
const CredentialId = Base64Url.min(1).max(1400);

const credential = <Response extends z.ZodType>(response: Response) =>
  z.strictObject({
    id: CredentialId,
    rawId: CredentialId,
    type: z.literal('public-key'),
    authenticatorAttachment: z.enum(['platform', 'cross-platform']).nullish(),
    clientExtensionResults: z.record(z.string().max(50), z.unknown()).default({}),
    response,
  });

/** What navigator.credentials.get answers, as JSON. */
export const Assertion = credential(
  z.strictObject({
    clientDataJSON: Base64Url,
    authenticatorData: Base64Url,
    signature: Base64Url,
    userHandle: Base64Url.nullish(),
  }),
).meta({ id: 'Assertion' });

/** What navigator.credentials.create answers, as JSON. */
export const Attestation = credential(
  z.strictObject({
    clientDataJSON: Base64Url,
    attestationObject: Base64Url,
    authenticatorData: Base64Url.optional(),
    transports: z
      .array(z.string().regex(/^[a-z-]{1,30}$/, 'must be a way to reach a key, such as usb'))
      .max(20)
      .optional(),
    publicKeyAlgorithm: z.int().optional(),
    publicKey: Base64Url.nullish(),
  }),
).meta({ id: 'Attestation' });

/** Options of WebAuthn, handed to the browser as they are. */
export const KeyOptions = z.record(z.string(), z.unknown()).meta({ id: 'KeyOptions' });

const FactorName = text(100);

export const FactorView = z
  .object({
    factorId: Id,
    kind: z.enum(['totp', 'webauthn']),
    name: z.string(),
    createdAt: Instant,
    lastUsedAt: Instant.nullable(),
  })
  .meta({ id: 'SecondFactor' });

export const MfaView = z
  .object({
    factors: z.array(FactorView),
    recoveryCodesLeft: z.int(),
    fewRecoveryCodes: z.boolean().meta({ description: 'It is time for a new set' }),
    isRequired: z.boolean().meta({ description: 'A role asks for a second factor' }),
    canUseKeys: z.boolean().meta({ description: 'Security keys and passkeys can be used at this address' }),
  })
  .meta({ id: 'SecondFactors' });

export const BeginTotp = z.strictObject({ name: FactorName }).meta({ id: 'BeginTotp' });

export const TotpBegun = z
  .object({
    factorId: Id,
    secret: z.string().meta({ description: 'To type into an app that cannot scan' }),
    uri: z.string(),
    qr: z.string().meta({ description: 'SVG of the QR code' }),
  })
  .meta({ id: 'TotpBegun' });

export const ConfirmTotp = z.strictObject({ otp: Otp }).meta({ id: 'ConfirmTotp' });

export const AddKey = z.strictObject({ name: FactorName, attestation: Attestation }).meta({ id: 'AddKey' });

export const RenameFactor = z.strictObject({ name: FactorName }).meta({ id: 'RenameFactor' });

/** Codes are shown once: with the first factor, and when a new set is asked for. */
export const RecoveryCodesView = z
  .object({ recoveryCodes: z.array(z.string()).nullable() })
  .meta({ id: 'RecoveryCodes' });

export const PasskeySignIn = z.strictObject({ assertion: Assertion }).meta({ id: 'PasskeySignIn' });
