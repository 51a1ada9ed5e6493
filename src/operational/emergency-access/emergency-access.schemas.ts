import { z } from 'zod';

import { DateText, Id, Instant, pageOf, Paging, QueryFlag, text } from '../../platform/http/schemas.js';
import { PatientDetail } from '../patients/shared-schemas.types.js';
import { PrescriptionPage } from '../prescriptions/shared-schemas.types.js';

/** Why, in words that can be judged afterwards. */
const Reason = text(500, 10);

/** Whose record: by number, or by family name and date of birth, whatever branch keeps it. */
export const OpenEmergencyAccess = z
  .union([
    z.strictObject({ patientId: Id, reason: Reason }),
    z.strictObject({ lastName: text(200), birthDate: DateText, reason: Reason }),
  ])
  .meta({ id: 'OpenEmergencyAccess' });

export const EmergencyAccessView = z
  .object({
    emergencyAccessId: Id,
    patientId: Id,
    branchId: Id.meta({ description: 'Branch that keeps the record' }),
    fromBranchId: Id.nullable(),
    userId: Id,
    username: z.string(),
    reason: z.string(),
    openedAt: Instant,
    expiresAt: Instant,
    outcome: z.enum(['justified', 'not_justified']).nullable(),
    reviewNote: z.string().nullable(),
    reviewedBy: z.string().nullable(),
    reviewedAt: Instant.nullable(),
  })
  .meta({ id: 'EmergencyAccess' });

export const EmergencyAccessPage = pageOf(EmergencyAccessView).meta({ id: 'EmergencyAccessPage' });

export const EmergencyAccessQuery = z.strictObject({
  ...Paging,
  /** True: those nobody has reviewed. */
  unreviewed: QueryFlag.optional(),
});

/** What may be read: the record, and the last prescriptions at the branch that keeps it. */
export const EmergencyRecord = z
  .object({ access: EmergencyAccessView, patient: PatientDetail, prescriptions: PrescriptionPage.shape.data })
  .meta({ id: 'EmergencyRecord' });

export const ReviewEmergencyAccess = z
  .strictObject({ outcome: z.enum(['justified', 'not_justified']), note: text(500).optional() })
  .meta({ id: 'ReviewEmergencyAccess' });
