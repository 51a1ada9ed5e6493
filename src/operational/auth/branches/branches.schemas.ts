import { z } from 'zod';

import { Id, MoneyText, pageOf, Paging, text } from '../../../platform/http/schemas.js';
import { ServiceLevel } from './branches.types.js';

export const BranchQuery = z.strictObject({ ...Paging });

const Share = z.string().regex(/^(0(\.\d{1,3})?|1(\.0{1,3})?)$/, 'must be a share such as "0.75"');

const ScanPolicy = z.enum(['off', 'product', 'lot']);
const CounsellingPolicy = z.enum(['optional', 'first_fill', 'always']);

export const BranchView = z
  .object({
    branchId: Id,
    code: z.string(),
    name: z.string(),
    nameAr: z.string().nullable(),
    address: z.string().nullable(),
    phone: z.string().nullable(),
    timeZone: z.string(),
    currency: z.string(),
    currencyDecimals: z.int(),
    cashRounding: MoneyText,
    dispensingPolicy: z.enum(['counter', 'station']),
    twoPersonRule: z.boolean(),
    clinicalReview: z.boolean(),
    scanPolicy: ScanPolicy,
    nearMissNames: z.boolean(),
    pickUpIdentifiers: z.boolean(),
    counsellingPolicy: CounsellingPolicy,
    earlyRefillShare: Share,
    promiseMinutes: z.int(),
    /** Minutes without a key or touch after which a screen locks itself; 0: never. */
    idleLockMinutes: z.int(),
    separateDuties: z.boolean().meta({
      description:
        'Who entered a supplier or wrote an order does not approve it; who approved it does not receive it',
    }),
    waitingByDefault: z.boolean(),
    prescriptionValidMonths: z.int(),
    jurisdiction: z.enum(['none', 'EG', 'US']),
    /** Purchase orders of a higher total are approved by another user; null: none needs it. */
    purchaseApprovalLimit: MoneyText.nullable(),
    /** Share that may be received above an order, where the supplier has none of his own. */
    overReceiptTolerance: Share,
    /** Share by which a line of a supplier's invoice may differ from the price ordered. */
    invoicePriceTolerance: Share,
    serviceLevel: Share,
    active: z.boolean(),
    version: z.int(),
  })
  .meta({ id: 'Branch' });

export const BranchPage = pageOf(BranchView).meta({ id: 'BranchPage' });

const settings = {
  nameAr: text(200).nullish(),
  address: text(300).nullish(),
  phone: text(50).nullish(),
  timeZone: text(64).optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code such as "EGP"')
    .optional(),
  currencyDecimals: z.int().min(0).max(3).optional(),
  cashRounding: MoneyText.optional(),
  dispensingPolicy: z.enum(['counter', 'station']).optional(),
  twoPersonRule: z.boolean().optional(),
  clinicalReview: z.boolean().optional(),
  scanPolicy: ScanPolicy.optional(),
  nearMissNames: z.boolean().optional(),
  pickUpIdentifiers: z.boolean().optional(),
  counsellingPolicy: CounsellingPolicy.optional(),
  earlyRefillShare: Share.optional(),
  promiseMinutes: z.int().min(1).max(10_080).optional(),
  idleLockMinutes: z.int().min(0).max(60).optional(),
  separateDuties: z.boolean().optional(),
  waitingByDefault: z.boolean().optional(),
  prescriptionValidMonths: z.int().min(1).max(36).optional(),
  jurisdiction: z.enum(['none', 'EG', 'US']).optional(),
  purchaseApprovalLimit: MoneyText.nullish(),
  overReceiptTolerance: Share.optional(),
  invoicePriceTolerance: Share.optional(),
  serviceLevel: ServiceLevel.optional(),
};

const Code = z.string().regex(/^[A-Z0-9-]{1,20}$/, 'must be 1 to 20 of A–Z, 0–9, dash');

export const CreateBranch = z
  .strictObject({ code: Code, name: text(200), ...settings })
  .meta({ id: 'CreateBranch' });

export const UpdateBranch = z
  .strictObject({
    version: z.int().min(1),
    code: Code.optional(),
    name: text(200).optional(),
    active: z.boolean().optional(),
    ...settings,
  })
  .meta({ id: 'UpdateBranch' });
