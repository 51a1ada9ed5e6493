import { z } from 'zod';

import { Id, pageOf, Paging, QueryFlag, text } from '../../platform/http/schemas.js';

export const SupplierQuery = z.strictObject({
  ...Paging,
  q: text(100).optional(),
  active: QueryFlag.optional(),
});

const Share = z.string().regex(/^(0(\.\d{1,3})?|1(\.0{1,3})?)$/, 'must be a share such as "0.05"');

export const SupplierView = z
  .object({
    supplierId: Id,
    name: z.string(),
    nameAr: z.string().nullable(),
    phone: z.string().nullable(),
    email: z.string().nullable(),
    leadTimeDays: z.int(),
    /** Share that may be received above an order; null: as the branch has it. */
    overReceiptTolerance: Share.nullable(),
    /** Goods that expire sooner after delivery are warned of. */
    minShelfLifeDays: z.int(),
    /** Days after its date until an invoice is due. */
    paymentDays: z.int(),
    /** Goods are taken back from so many days before their expiry; null: nothing is known. */
    returnsFromDays: z.int().nullable(),
    /** Goods are taken back until so many days after their expiry; negative: before it. */
    returnsUntilDays: z.int().nullable(),
    active: z.boolean(),
    version: z.int(),
  })
  .meta({ id: 'Supplier' });

export const SupplierPage = pageOf(SupplierView).meta({ id: 'SupplierPage' });

const LeadTimeDays = z.int().min(0).max(365);
const contact = {
  nameAr: text(200).nullish(),
  phone: text(40).nullish(),
  email: text(200)
    .regex(/^[^@\s]+@[^@\s]+$/, 'must be an e-mail address')
    .nullish(),
  leadTimeDays: LeadTimeDays.optional(),
  overReceiptTolerance: Share.nullish(),
  minShelfLifeDays: z.int().min(0).max(3650).optional(),
  paymentDays: z.int().min(0).max(365).optional(),
  returnsFromDays: z.int().min(0).max(3650).nullish(),
  returnsUntilDays: z.int().min(-3650).max(3650).nullish(),
};

export const CreateSupplier = z.strictObject({ name: text(200), ...contact }).meta({ id: 'CreateSupplier' });

export const UpdateSupplier = z
  .strictObject({
    version: z.int().min(1),
    name: text(200).optional(),
    active: z.boolean().optional(),
    ...contact,
  })
  .meta({ id: 'UpdateSupplier' });
