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

/** Shown once. */
export const OneTimePasswordView = z
  .object({ password: z.string(), expiresAt: Instant })
  .meta({ id: 'OneTimePassword' });

export const CreateUser = z
  .strictObject({
    username: Username,
    fullName: text(200),
    password: PasswordText,
    licenceNumber: text(50).nullish(),
    roleIds: IdList.default([]),
    branchIds: IdList.default([]),
    mustChangePassword: z.boolean().default(true),
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
    password: PasswordText.optional(),
    mustChangePassword: z.boolean().optional(),
  })
  .meta({ id: 'UpdateUser' });
