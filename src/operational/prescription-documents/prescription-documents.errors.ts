import { registerRefusals } from '../../platform/errors/database-errors.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { ContentFault } from './document-content.domain.js';

const DETAIL: Readonly<Record<ContentFault | 'malware', string>> = {
  empty: 'The file is empty.',
  'not-a-paper': 'A paper is a JPEG, PNG or WebP picture, or a PDF file; this file is none of them.',
  'cut-off': 'The file is cut off or damaged.',
  'too-many-pixels': 'The picture has too many pixels.',
  malware: 'The malware scanner knows this file.',
};

/** 422: the file is not taken, by what is in it: `params.reason` is empty, not-a-paper, cut-off, too-many-pixels or malware. */
export class DocumentRefused extends DomainError {
  readonly code = 'document-refused';
  readonly status = 422;
  readonly title = 'File refused';
  constructor(reason: ContentFault | 'malware') {
    super(DETAIL[reason], { reason });
  }
}

/** 409: ten papers stand on a prescription, and twenty uploads of a user wait for one, at the most. */
export class TooManyDocuments extends DomainError {
  readonly code = 'too-many-documents';
  readonly status = 409;
  readonly title = 'Too many papers';
  constructor() {
    super('A prescription has ten papers, and a user twenty uploads that belong to none yet, at the most.');
  }
}

registerRefusals({ MD060: () => new TooManyDocuments() });
