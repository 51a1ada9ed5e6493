import { z } from 'zod';

import {
  BodyPaging,
  DateText,
  Id,
  Instant,
  InstantText,
  pageOf,
  Paging,
  QuantityText,
  QueryFlag,
  QueryId,
  text,
} from '../../platform/http/schemas.js';
import {
  alertFields,
  notChecked,
  overrides,
  RememberedAlertView,
  RememberedView,
  stepUp,
} from '../screening/override-input.types.js';
import { ALL_OVERRIDE_REASONS } from '../screening/override.types.js';
import { ControlledStanding } from './controlled-limits.schemas.js';
import { PARTIAL_REASONS } from './controlled-rules.domain.js';
import { FILL_COMMAND_NAMES } from './fill-status.domain.js';
import { packFields } from './fill-scans.schemas.js';
import { CounsellingView, PickUp, PickUpView } from './pick-up.schemas.js';
import { SUBSTITUTION_REASONS, SUBSTITUTION_TYPES } from './substitution.domain.js';
import { PRESCRIPTION_COMMAND_NAMES } from './prescription-status.domain.js';

const Day = z.string().meta({ format: 'date' });
const Status = z.enum(['draft', 'pending', 'filled', 'completed', 'on_hold', 'cancelled', 'transferred']);

const searched = {
  status: z.enum([...Status.options, 'expired']).optional(),
  q: text(200).optional(),
};
export const PrescriptionQuery = z.strictObject({
  ...Paging,
  ...searched,
  patientId: QueryId.optional(),
  /** True: what is open of patients who have died, to be cancelled. */
  ofDeceased: QueryFlag.optional(),
});
export const SearchPrescriptions = z
  .strictObject({ ...BodyPaging, ...searched, patientId: Id.optional(), ofDeceased: z.boolean().optional() })
  .meta({ id: 'SearchPrescriptions' });

export const ReportStop = z
  .strictObject({
    /** Last day it was taken. */
    stoppedOn: DateText,
    /** Who said so, and why. */
    note: text(500).optional(),
  })
  .meta({ id: 'ReportStop' });

export const PatientPrescriptionsQuery = z.strictObject(Paging);

/** Amounts and rates of a dose: decimal strings, more than zero. */
const DoseNumber = z
  .string()
  .regex(/^\d{1,6}(\.\d{1,6})?$/, 'must be an amount such as "500"')
  .refine((value) => /[1-9]/.test(value), 'must be more than zero');
const DoseFrequency = z
  .string()
  .regex(/^\d{1,3}(\.\d{1,2})?$/, 'must be a number of doses in 24 hours such as "3"')
  .refine((value) => /[1-9]/.test(value), 'must be more than zero');

const OtherPharmacy = {
  pharmacyName: text(200),
  pharmacyPhone: text(50).nullish(),
  pharmacyLicence: text(60).nullish(),
  pharmacistName: text(200).nullish(),
};

export const CreatePrescription = z
  .strictObject({
    patientId: Id,
    drugId: Id,
    prescriberId: Id,
    quantity: QuantityText,
    /** Days one fill lasts; worked out where the dose is in base units and it is left out. */
    daysSupply: z.int().min(1).max(366).optional(),
    sig: text(500),
    refillsAuthorized: z.int().min(0).max(99).default(0),
    prescribedDate: DateText,
    daw: z.int().min(0).max(9).optional(),
    dose: z.strictObject({ amount: DoseNumber, unit: text(20), frequencyPerDay: DoseFrequency }).optional(),
    notes: text(2000).nullish(),
    /** By when its first fill is promised; the branch's minutes from now where it is left out, none where it is null. */
    promisedAt: InstantText.nullish(),
    /** Somebody waits in the shop for it; as the branch has it where it is left out. */
    waitingInStore: z.boolean().optional(),
    /** The paper it was written on: uploads of one's own that belong to no prescription yet. */
    documentIds: z
      .array(Id)
      .max(10)
      .refine((ids) => new Set(ids).size === ids.length, 'must not name one twice')
      .optional(),
    /** Kept, and not to be filled before it is submitted. */
    draft: z.boolean().optional(),
    /** Taken over from another pharmacy; `refillsAuthorized` and `quantity` are what is left of it. */
    transferredFrom: z
      .strictObject({
        ...OtherPharmacy,
        otherRxNumber: text(60).nullish(),
        lastFill: z.strictObject({ filledOn: DateText, daysSupply: z.int().min(1).max(366) }).optional(),
      })
      .optional(),
  })
  .meta({ id: 'CreatePrescription' });

/** What is promised: what is left out stays. */
export const UpdatePromise = z
  .strictObject({
    version: z.int().min(1),
    promisedAt: InstantText.nullable().optional(),
    waitingInStore: z.boolean().optional(),
  })
  .meta({ id: 'UpdatePromise' });

export const TransferPrescription = z
  .strictObject({ to: z.strictObject(OtherPharmacy), reason: text(500).optional() })
  .meta({ id: 'TransferPrescription' });

export const ReviewPrescription = z
  .strictObject({ note: text(500).optional() })
  .default({})
  .meta({ id: 'ReviewPrescription' });

export const FillPrescription = z
  .strictObject({
    quantity: QuantityText.optional(),
    /** Where there is less in stock than is due: give what there is and owe the rest. */
    owe: z.boolean().optional(),
    /** Why only a part is given, where a rest is left; `owe` alone says that stock has no more. */
    partialReason: z.enum(PARTIAL_REASONS).optional(),
    complete: z.boolean().default(false),
    /** Another product than the one prescribed; of an owed rest, than the part before. */
    drugId: Id.optional(),
    substitution: z
      .strictObject({
        type: z.enum(SUBSTITUTION_TYPES),
        reason: z.enum(SUBSTITUTION_REASONS),
        note: text(500).nullish(),
      })
      .optional(),
    /** Dispense-as-written code, where it is another than the prescription's. */
    daw: z.int().min(0).max(9).optional(),
    /** Packs scanned; with `complete` they count for filling and verifying. */
    scans: z.array(z.strictObject(packFields)).max(50).optional(),
    /** With `complete`: who takes it away. */
    pickUp: PickUp.optional(),
    overrides,
    stepUp,
    earlyReason: text(500, 0).optional(),
    /** By when this fill is promised; null: no time is. Left out: as the prescription or the branch has it. */
    promisedAt: InstantText.nullish(),
    /** Somebody waits in the shop for it. */
    waitingInStore: z.boolean().optional(),
  })
  .meta({ id: 'FillPrescription' });

// A command whose body says nothing may come without one.
export const ChangeState = z
  .strictObject({ reason: text(500).optional() })
  .default({})
  .meta({ id: 'ChangeState' });
export const VerifyFill = z
  .strictObject({ overrides, stepUp })
  .default({ overrides: [] })
  .meta({ id: 'VerifyFill' });
export const DispenseFill = z
  .strictObject({ overrides, stepUp, pickUp: PickUp.optional() })
  .default({ overrides: [] })
  .meta({ id: 'DispenseFill' });
export const ReadyFill = z
  .strictObject({ bin: text(40).optional() })
  .default({})
  .meta({ id: 'ReadyFill' });

export const LeafletQuery = z.strictObject({ lang: z.enum(['ar', 'en']).optional() });

export const LabelQuery = z.strictObject({
  lang: z.enum(['ar', 'en']).optional(),
  size: z.enum(['70x35', '80mm', 'A4']).optional(),
  copy: z
    .enum(['true', 'false'])
    .transform((value) => value === 'true')
    .default(false),
  /** Only to be looked at: marked PREVIEW, and no print of it is kept. */
  preview: QueryFlag.optional(),
});

/** An override of an alert for a fill. One remembered shows who decided first, and when. */
const OverrideView = z.object({
  fillId: Id,
  isRemembered: z.boolean(),
  reason: z.enum(ALL_OVERRIDE_REASONS),
  note: z.string(),
  overriddenBy: z.string().nullable(),
  overriddenAt: Instant,
  /** Where an earlier decision was remembered instead of asking again: whose, and when. */
  rememberedFrom: z.object({ overriddenBy: z.string().nullable(), overriddenAt: Instant }).nullable(),
});

const AlertView = z.object({ ...alertFields, overrides: z.array(OverrideView) });

const rowFields = {
  prescriptionId: Id,
  rxNumber: z.string(),
  patientId: Id,
  patientName: z.string(),
  patientNameAr: z.string().nullable(),
  drugId: Id,
  drugName: z.string(),
  drugNameAr: z.string().nullable(),
  strength: z.string().nullable(),
  baseUnit: z.string(),
  prescriberId: Id,
  prescriberName: z.string(),
  quantity: z.string(),
  daysSupply: z.int(),
  sig: z.string(),
  refillsAuthorized: z.int(),
  refillsRemaining: z.int(),
  quantityRemaining: z.string(),
  quantityOwed: z.string(),
  prescribedDate: Day,
  expiresOn: Day,
  status: Status,
  isExpired: z.boolean(),
  createdAt: Instant,
};

export const PrescriptionRow = z.object(rowFields).meta({ id: 'PrescriptionRow' });
export const PrescriptionPage = pageOf(PrescriptionRow).meta({ id: 'PrescriptionPage' });

const LotView = z.object({
  lotId: Id,
  lotNumber: z.string(),
  expiryDate: Day.nullable(),
  quantity: z.string(),
});

const fillFields = {
  fillId: Id,
  prescriptionId: Id,
  fillNumber: z.int(),
  partNumber: z.int(),
  drugId: Id,
  drugName: z.string(),
  drugNameAr: z.string().nullable(),
  strength: z.string().nullable(),
  baseUnit: z.string(),
  quantity: z.string(),
  daysSupply: z.int(),
  status: z.enum(['in_progress', 'verified', 'ready', 'dispensed', 'returned_to_stock', 'reversed']),
  price: z.string(),
  filledBy: Id,
  filledByName: z.string().nullable(),
  filledAt: Instant,
  verifiedByName: z.string().nullable(),
  verifiedAt: Instant.nullable(),
  dispensedByName: z.string().nullable(),
  dispensedAt: Instant.nullable(),
  dispensedOn: Day.nullable(),
  bin: z.string().nullable(),
  /** Since when it waits, or waited, to be picked up. */
  readyAt: Instant.nullable(),
  /** By when it is promised; null: no time is. */
  promisedAt: Instant.nullable(),
  /** Somebody waits in the shop for it. */
  waitingInStore: z.boolean(),
  pickUp: PickUpView.nullable(),
  counselling: z.array(CounsellingView),
  soldInSaleId: Id.nullable(),
  lots: z.array(LotView),
  /** Why only a part was given, where it was said. */
  partialReason: z.enum(PARTIAL_REASONS).nullable(),
  dawCode: z.int(),
  /** What was prescribed; another than `drugId` where it was substituted. */
  prescribedDrugId: Id,
  substitution: z
    .object({
      type: z.enum(SUBSTITUTION_TYPES),
      reason: z.enum(SUBSTITUTION_REASONS),
      note: z.string().nullable(),
    })
    .nullable(),
  /** What can be done with it where it stands, and where its prescription stands. */
  commands: z.array(z.enum(FILL_COMMAND_NAMES)),
  version: z.int(),
};

/** A fill as lists and its own commands answer it. */
export const FillView = z.object(fillFields).meta({ id: 'Fill' });

/** A fill just made, with what the prescription still allows and the verdict it was made under. */
export const FilledView = z
  .object({
    ...fillFields,
    prescriptionStatus: Status,
    refillsRemaining: z.int(),
    quantityOwed: z.string(),
    alerts: z.array(z.object(alertFields)),
    notChecked: z.array(notChecked),
    /** Earlier decisions about the same finding and dose, which need not be made again. */
    rememberedOverrides: z.array(RememberedView),
  })
  .meta({ id: 'FilledPrescription' });

export const PrescriptionDetail = z
  .object({
    ...rowFields,
    dawCode: z.int(),
    dose: z.object({ amount: z.string(), unit: z.string(), frequencyPerDay: z.string() }).nullable(),
    /** The directions in words, as understood at entry; null where only what was written is kept. */
    directions: z.object({ shorthand: z.string(), english: z.string(), arabic: z.string() }).nullable(),
    notes: z.string().nullable(),
    /** By when its first fill is promised; null: no time is. */
    promisedAt: Instant.nullable(),
    /** Somebody waits in the shop for its first fill. */
    waitingInStore: z.boolean(),
    version: z.int(),
    /** What the limits of a controlled medicine say; null where it is not controlled here. */
    controlled: ControlledStanding.nullable(),
    fills: z.array(FillView),
    history: z.array(
      z.object({
        eventId: z.int(),
        fillId: Id.nullable(),
        fromStatus: z.string().nullable(),
        toStatus: z.string(),
        reason: z.string().nullable(),
        userName: z.string().nullable(),
        occurredAt: Instant,
      }),
    ),
    reviews: z.array(
      z.object({
        fillNumber: z.int(),
        note: z.string().nullable(),
        alertIds: z.array(Id),
        reviewedBy: z.string(),
        reviewedAt: Instant,
      }),
    ),
    transfers: z.array(
      z.object({
        direction: z.enum(['in', 'out']),
        pharmacyName: z.string(),
        pharmacyPhone: z.string().nullable(),
        pharmacyLicence: z.string().nullable(),
        pharmacistName: z.string().nullable(),
        otherRxNumber: z.string().nullable(),
        fillsRemaining: z.int(),
        quantityRemaining: z.string(),
        lastFilledOn: Day.nullable(),
        lastDaysSupply: z.int().nullable(),
        userName: z.string(),
        transferredAt: Instant,
      }),
    ),
    /** That a medicine transferred away is no longer taken, as reported; null: nobody said so. */
    stop: z
      .object({
        stoppedOn: Day,
        note: z.string().nullable(),
        userName: z.string(),
        recordedAt: Instant,
      })
      .nullable(),
    /** What can be done with it where it stands. */
    commands: z.array(z.enum(PRESCRIPTION_COMMAND_NAMES)),
    /** What stands now; of a closed prescription, all that was ever raised. */
    alerts: z.array(AlertView),
    /** Raised before, no longer standing. */
    pastAlerts: z.array(AlertView),
    notChecked: z.array(notChecked),
    /** Alerts that were not asked about again for a fill, since the same finding was decided about before. */
    rememberedOverrides: z.array(RememberedAlertView.extend({ fillId: Id })),
  })
  .meta({ id: 'PrescriptionDetail' });
