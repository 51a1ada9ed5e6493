import { z } from 'zod';

import {
  DateText,
  Id,
  Instant,
  MoneyText,
  pageOf,
  Paging,
  QuantityText,
  QueryId,
  text,
} from '../../platform/http/schemas.js';
import { REJECT_CODES } from './adjudication.domain.js';
import { CLAIM_COMMAND_NAMES, CLAIM_STATUSES } from './claim-status.domain.js';

const Status = z.enum(CLAIM_STATUSES);
const RejectCode = z.enum(REJECT_CODES);

export const ClaimQuery = z.strictObject({
  ...Paging,
  status: Status.optional(),
  payerId: QueryId.optional(),
  patientId: QueryId.optional(),
  fillId: QueryId.optional(),
  prescriptionId: QueryId.optional(),
  rejectCode: RejectCode.optional(),
  /** Submitted more than so many days ago. */
  olderThanDays: z
    .string()
    .regex(/^\d{1,4}$/, 'must be a number of days')
    .transform(Number)
    .optional(),
  batchId: QueryId.optional(),
});

export const ClaimView = z
  .object({
    claimId: Id,
    claimNumber: z.string(),
    status: Status,
    /** What can be done with it now. */
    commands: z.array(z.enum(CLAIM_COMMAND_NAMES)),
    fillId: Id,
    prescriptionId: Id,
    rxNumber: z.string(),
    fillNumber: z.int(),
    fillStatus: z.string(),
    drugId: Id,
    drugName: z.string(),
    drugNameAr: z.string().nullable(),
    quantity: QuantityText,
    patientId: Id,
    patientName: z.string(),
    patientNameAr: z.string().nullable(),
    payerId: Id,
    payerName: z.string(),
    payerNameAr: z.string().nullable(),
    planId: Id.nullable(),
    planName: z.string().nullable(),
    insuranceId: Id,
    memberNumber: z.string(),
    serviceDate: DateText,
    /** What earlier payers left of the price. */
    amountClaimed: MoneyText,
    payerShare: MoneyText.nullable(),
    patientShare: MoneyText.nullable(),
    deductibleApplied: MoneyText,
    breakdown: z
      .object({ eligible: MoneyText, deductible: MoneyText, memberPart: MoneyText, capped: MoneyText })
      .nullable(),
    rejectCode: RejectCode.nullable(),
    /** First day it would not be too soon, where that is why. */
    rejectDetail: z.string().nullable(),
    authorisationNumber: z.string().nullable(),
    previousClaimId: Id.nullable(),
    submittedAt: Instant,
    decidedAt: Instant.nullable(),
    ageDays: z.int(),
    paidOn: DateText.nullable(),
    paidReference: z.string().nullable(),
    note: z.string().nullable(),
    batchId: Id.nullable(),
    /** True: it is reversed, and its payer is still to be told. */
    isReversalPending: z.boolean(),
    soldInSaleId: Id.nullable(),
    version: z.int(),
  })
  .meta({ id: 'Claim' });

export const ClaimPage = pageOf(ClaimView)
  .extend({ counts: z.array(z.object({ status: Status, count: z.int() })) })
  .meta({ id: 'ClaimPage' });

export const ClaimDetail = ClaimView.extend({
  events: z.array(
    z.object({
      fromStatus: z.string().nullable(),
      toStatus: z.string(),
      reason: z.string().nullable(),
      userName: z.string().nullable(),
      occurredAt: Instant,
    }),
  ),
}).meta({ id: 'ClaimDetail' });

export const SubmitClaims = z.strictObject({ fillId: Id }).meta({ id: 'SubmitClaims' });

export const FillClaims = z
  .object({
    fillId: Id,
    price: MoneyText,
    /** What is left to the patient as things stand. */
    patientShare: MoneyText,
    /** False: a payer has not answered or has refused. */
    isSettled: z.boolean(),
    claims: z.array(ClaimView),
  })
  .meta({ id: 'FillClaims' });

export const PayClaim = z
  .strictObject({ paidOn: DateText, reference: text(100).nullish() })
  .meta({ id: 'PayClaim' });

export const ReverseClaim = z.strictObject({ reason: text(500) }).meta({ id: 'ReverseClaim' });
export const WriteOffClaim = z.strictObject({ reason: text(500) }).meta({ id: 'WriteOffClaim' });

export const ResubmitClaim = z
  .strictObject({
    /** The member number as the payer has it; it is corrected on the cover as well. */
    memberNumber: text(100).optional(),
    /** A prior authorisation for the product of the fill; it is kept with the cover. */
    authorisation: z
      .strictObject({ number: text(100), validTo: DateText, quantity: QuantityText.nullish() })
      .optional(),
    note: text(500).nullish(),
  })
  .meta({ id: 'ResubmitClaim' });

export const EstimateClaims = z
  .strictObject({
    patientId: Id,
    drugId: Id,
    quantity: QuantityText,
    daysSupply: z.int().min(1).max(366),
  })
  .meta({ id: 'EstimateClaims' });

export const ClaimsEstimate = z
  .object({
    price: MoneyText,
    patientShare: MoneyText,
    payers: z.array(
      z.object({
        insuranceId: Id,
        payerId: Id,
        payerName: z.string(),
        payerNameAr: z.string().nullable(),
        /** Null: it would be rejected. */
        payerShare: MoneyText.nullable(),
        rejectCode: RejectCode.nullable(),
      }),
    ),
  })
  .meta({ id: 'ClaimsEstimate' });

const isInOrder = ({ from, to }: { from: string; to: string }): boolean => from <= to;
const ORDER = { path: ['to'], message: 'must not be before from' };

export const ExportQuery = z
  .strictObject({
    payerId: QueryId,
    from: DateText,
    to: DateText,
    format: z.enum(['json', 'csv']).default('json'),
  })
  .refine(isInOrder, ORDER);

export const CreateBatch = z
  .strictObject({ payerId: Id, from: DateText, to: DateText })
  .refine(isInOrder, ORDER)
  .meta({ id: 'CreateClaimBatch' });

export const ExportRow = z.object({
  claimId: Id,
  claimNumber: z.string(),
  memberNumber: z.string(),
  planCode: z.string().nullable(),
  serviceDate: DateText,
  rxNumber: z.string(),
  fillNumber: z.int(),
  drugName: z.string(),
  quantity: z.string(),
  daysSupply: z.int(),
  prescriberName: z.string(),
  prescriberLicence: z.string(),
  amountClaimed: MoneyText,
  payerShare: MoneyText,
  patientShare: MoneyText,
  status: Status,
  batchId: Id.nullable(),
});

export const ClaimExport = z.object({ data: z.array(ExportRow) }).meta({ id: 'ClaimExport' });

export const BatchQuery = z.strictObject({ ...Paging, payerId: QueryId.optional() });
export const BatchFormat = z.strictObject({ format: z.enum(['json', 'csv']).default('json') });

export const BatchView = z
  .object({
    batchId: Id,
    payerId: Id,
    payerName: z.string(),
    serviceFrom: DateText,
    serviceTo: DateText,
    claimCount: z.int(),
    total: MoneyText,
    createdByName: z.string(),
    createdAt: Instant,
  })
  .meta({ id: 'ClaimBatch' });
export const BatchPage = pageOf(BatchView).meta({ id: 'ClaimBatchPage' });
