import { z } from 'zod';

import { BodyPaging, Id, Instant, pageOf, Paging, text } from '../../../platform/http/schemas.js';
import { SessionsView } from '../account/account.schemas.js';
import { PasswordText, Username } from '../auth.schemas.js';

const IdList = z.array(Id).max(100);

const searched = {
  q: text(100).optional(),
  status: z.enum(['active', 'disabled']).optional(),
};
export const UserQuery = z.strictObject({ ...Paging, ...searched });
export const SearchUsers = z.strictObject({ ...BodyPaging, ...searched }).meta({ id: 'SearchUsers' });

export const UserView = z
  .object({
    userId: Id,
    username: z.string(),
    fullName: z.string(),
    licenceNumber: z.string().nullable(),
    status: z.enum(['active', 'disabled']),
    mustChangePassword: z.boolean(),
    isSample: z.boolean(),
    roles: z.array(z.object({ roleId: Id, name: z.string() })),
    branches: z.array(z.object({ branchId: Id, code: z.string(), name: z.string() })),
    createdAt: Instant,
    version: z.int(),
  })
  .meta({ id: 'User' });

export const UserPage = pageOf(UserView).meta({ id: 'UserPage' });

/** How a user signs in. */
export const UserAccessView = z
  .object({
    secondFactors: z.array(z.enum(['totp', 'webauthn'])),
    isMfaRequired: z.boolean(),
    sessions: SessionsView.shape.data,
  })
  .meta({ id: 'UserAccess' });

/** How it was made sure who asked. */
export const IdentityCheck = z
  .strictObject({
    method: z.enum(['in-person', 'document', 'call-back', 'vouched-for']).meta({
      description:
        'known by sight; by an identity document; called back at a number on file; by the word of somebody else, whom the note names',
    }),
    note: text(500).optional(),
  })
  .refine(({ method, note }) => method !== 'vouched-for' || note !== undefined, {
    path: ['note'],
    error: 'Say who vouches.',
  })
  .meta({ id: 'IdentityCheck' });

/** Shown once. */
export const OneTimePasswordView = z
  .object({ password: z.string(), expiresAt: Instant })
  .meta({ id: 'OneTimePassword' });

export const CreateUser = z
  .strictObject({
    username: Username,
    fullName: text(200),
    password: PasswordText.optional().meta({
      description:
        'Left out: nobody knows one; give him a one-time password with POST /users/{id}/one-time-password',
    }),
    licenceNumber: text(50).nullish(),
    roleIds: IdList.default([]),
    branchIds: IdList.default([]),
    mustChangePassword: z.boolean().optional().meta({
      description:
        'true: nothing but the own account is open before he has set his own; left out: he has the time of a new account for it',
    }),
  })
  .meta({ id: 'CreateUser' });

export const UpdateUser = z
  .strictObject({
    version: z.int().min(1),
    fullName: text(200).optional(),
    licenceNumber: text(50).nullish(),
    status: z.enum(['active', 'disabled']).optional(),
    roleIds: IdList.optional(),
    branchIds: IdList.optional(),
    mustChangePassword: z.boolean().optional(),
    /** Whoever helps somebody does not know his password (ASVS 6.4.6). */
    password: z
      .never('is not set here: POST /users/{id}/one-time-password makes one up, which its user changes')
      .optional(),
  })
  .meta({ id: 'UpdateUser' });
