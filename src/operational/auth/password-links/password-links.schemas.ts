import { z } from 'zod';

import { PasswordText } from '../auth.schemas.js';

export const SetPasswordByLink = z
  .strictObject({
    token: z.string().regex(/^[\w-]{43}$/, 'must be the token of a link'),
    newPassword: PasswordText,
  })
  .meta({ id: 'SetPasswordByLink' });
