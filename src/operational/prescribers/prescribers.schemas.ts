import { z } from 'zod';

import { BodyPaging, DateText, Id, pageOf, Paging, QueryFlag, text } from '../../platform/http/schemas.js';

const Phone = text(30).regex(/^\+?[\d٠-٩ ()./-]+$/, 'must be a phone number');

const searched = { q: text(200).optional() };
export const PrescriberQuery = z.strictObject({ ...Paging, ...searched, active: QueryFlag.optional() });
export const SearchPrescribers = z
  .strictObject({ ...BodyPaging, ...searched, active: z.boolean().optional() })
  .meta({ id: 'SearchPrescribers' });

export const PrescriberView = z
  .object({
    prescriberId: Id,
    firstName: z.string(),
    lastName: z.string(),
    firstNameAr: z.string().nullable(),
    lastNameAr: z.string().nullable(),
    licenceNumber: z.string(),
    /** For controlled medicines, such as a DEA number. */
    authorityNumber: z.string().nullable(),
    /** Last day the licence holds; null: not known. */
    licenceValidUntil: z.string().nullable().meta({ format: 'date' }),
    specialty: z.string().nullable(),
    phone: z.string().nullable(),
    active: z.boolean(),
    isSample: z.boolean(),
    version: z.int(),
  })
  .meta({ id: 'Prescriber' });

export const PrescriberPage = pageOf(PrescriberView).meta({ id: 'PrescriberPage' });

export const CreatePrescriber = z
  .strictObject({
    firstName: text(200),
    lastName: text(200),
    firstNameAr: text(200).nullish(),
    lastNameAr: text(200).nullish(),
    licenceNumber: text(100),
    authorityNumber: text(100).nullish(),
    licenceValidUntil: DateText.nullish(),
    specialty: text(200).nullish(),
    phone: Phone.nullish(),
  })
  .meta({ id: 'CreatePrescriber' });

export const UpdatePrescriber = z
  .strictObject({
    version: z.int().min(1),
    firstName: text(200).optional(),
    lastName: text(200).optional(),
    firstNameAr: text(200).nullish(),
    lastNameAr: text(200).nullish(),
    licenceNumber: text(100).optional(),
    authorityNumber: text(100).nullish(),
    licenceValidUntil: DateText.nullish(),
    specialty: text(200).nullish(),
    phone: Phone.nullish(),
    active: z.boolean().optional(),
  })
  .meta({ id: 'UpdatePrescriber' });
