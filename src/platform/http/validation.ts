import { StandardSchemaValidationPipe } from '@nestjs/common';

import { InvalidRequest } from '../errors/domain-error.js';

const pointer = (path: readonly (PropertyKey | { key: PropertyKey })[] | undefined): string =>
  (path ?? [])
    .map((segment) => String(typeof segment === 'object' ? segment.key : segment))
    .map((segment) => `/${segment.replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');

/** Validates every parameter that has a schema; a refusal names each field by JSON pointer. */
export const validationPipe = (): StandardSchemaValidationPipe =>
  new StandardSchemaValidationPipe({
    exceptionFactory: (issues) =>
      new InvalidRequest(
        'Some fields are not valid.',
        {},
        issues.slice(0, 50).map((issue) => ({ pointer: pointer(issue.path), detail: issue.message })),
      ),
  });
