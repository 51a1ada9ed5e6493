import { z } from 'zod';

import { Id, Instant, pageOf, Paging, text } from '../../platform/http/schemas.js';
import { MEDIA_TYPES } from './document-content.domain.js';

export const DocumentQuery = z.strictObject(Paging);

export const WithdrawDocument = z.strictObject({ reason: text(500, 3) }).meta({ id: 'WithdrawDocument' });

export const DocumentView = z
  .object({
    documentId: Id,
    /** Null: uploaded before its prescription was entered. */
    prescriptionId: Id.nullable(),
    mediaType: z.enum(MEDIA_TYPES),
    byteSize: z.int(),
    /** SHA-256 of the file, 64 hexadecimal digits. */
    sha256: z.string(),
    uploadedBy: z.string(),
    uploadedAt: Instant,
    /** Withdrawn: kept, and no longer shown. */
    withdrawn: z.object({ by: z.string(), at: Instant, reason: z.string() }).nullable(),
  })
  .meta({ id: 'PrescriptionDocument' });

export const DocumentPage = pageOf(DocumentView).meta({ id: 'PrescriptionDocumentPage' });
