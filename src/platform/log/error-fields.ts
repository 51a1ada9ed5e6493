import { databaseFailure } from '../errors/database-errors.js';

/** Classes of SQLSTATE that are about the system, whose messages name files and limits and no values of rows. */
const SYSTEM_STATE = /^(08|53|54|55|57|58|XX)/;
const MARK = /\/\* ([\w.-]+) \*\//;
const FRAMES = 12;

/** What a log line says of an error. */
export interface ErrorFields {
  readonly type: string;
  readonly message?: string;
  readonly code?: string;
  /** The statement that failed, by the name it carries, and what of the schema was touched. */
  readonly statement?: string;
  readonly constraint?: string;
  readonly table?: string;
  readonly stack?: string;
  readonly cause?: ErrorFields;
}

/**
 * What may be said of an error in the log: enough to find the place, nothing of what was stored or typed. The message of a
 * failed statement quotes values ("invalid input syntax for type date: …"), its detail whole rows, TypeORM adds the parameters,
 * and a parser of JSON the text it read: none of them is written down.
 */
export function errorFields(error: unknown, depth = 0): ErrorFields {
  if (!(error instanceof Error)) return { type: typeof error };
  const failure = databaseFailure(error);
  const code = failure?.code ?? ('code' in error && typeof error.code === 'string' ? error.code : undefined);
  const query = 'query' in error && typeof error.query === 'string' ? MARK.exec(error.query)?.[1] : undefined;
  const details = failure as { constraint?: string; table?: string } | undefined;
  const isTold = failure
    ? SYSTEM_STATE.test(failure.code) || /^E[A-Z]+$/.test(failure.code)
    : !isParser(error);
  return {
    type: error.name,
    ...(isTold ? { message: error.message } : {}),
    ...(code === undefined ? {} : { code }),
    ...(query === undefined ? {} : { statement: query }),
    ...(details?.constraint === undefined ? {} : { constraint: details.constraint }),
    ...(details?.table === undefined ? {} : { table: details.table }),
    ...stackOf(error),
    ...(error.cause instanceof Error && depth < 3 ? { cause: errorFields(error.cause, depth + 1) } : {}),
  };
}

const isParser = (error: Error): boolean => error instanceof SyntaxError || error.name === 'ZodError';

/** The frames alone: the first lines of a stack repeat the message. */
function stackOf({ stack }: Error): { stack?: string } {
  const frames = (stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return frames.length > 0
    ? {
        stack: frames
          .slice(0, FRAMES)
          .map((line) => line.trim())
          .join('\n'),
      }
    : {};
}
