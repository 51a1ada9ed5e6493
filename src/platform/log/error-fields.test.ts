// What the log says of an error: where it was, never what was stored or typed.
import { describe, expect, it } from 'vitest';

import { errorFields } from './error-fields.js';
import { createLogger } from './logger.js';
import { NestLogger } from './nest-logger.js';

const CANARY = 'Mona-Secret-Adel';

function failedStatement(): Error {
  const driverError = Object.assign(new Error(`invalid input syntax for type date: "${CANARY}"`), {
    code: '22007',
    detail: `Failing row contains (${CANARY}).`,
    where: `unnamed portal parameter $1 = '${CANARY}'`,
    table: 'patients',
    constraint: 'patients_phone_key',
  });
  return Object.assign(new Error(driverError.message), {
    name: 'QueryFailedError',
    driverError,
    query: `insert /* patients.insert */ into operational.patients values ('${CANARY}')`,
    parameters: [CANARY],
  });
}

describe('an error in the log', () => {
  it('of a statement has its name, code and place in the schema, and no value', () => {
    const fields = errorFields(failedStatement());
    expect(fields).toMatchObject({
      type: 'QueryFailedError',
      code: '22007',
      statement: 'patients.insert',
      table: 'patients',
      constraint: 'patients_phone_key',
    });
    expect(fields.stack).toContain('error-fields.test');
    expect(JSON.stringify(fields)).not.toContain(CANARY);
  });

  it('of the system keeps its message: it names files and limits', () => {
    const error = Object.assign(new Error('could not extend file "base/1": No space left on device'), {
      code: '53100',
    });
    expect(errorFields(error)).toMatchObject({ code: '53100', message: error.message });
  });

  it('of a parser has no text that was read, and a cause is told likewise', () => {
    const parse = (): unknown => JSON.parse(`{"name": ${CANARY}`);
    let caught: unknown;
    try {
      parse();
    } catch (error) {
      caught = new Error('the file is not usable', { cause: error });
    }
    const fields = errorFields(caught);
    expect(fields).toMatchObject({ message: 'the file is not usable', cause: { type: 'SyntaxError' } });
    expect(JSON.stringify(fields)).not.toContain('Mona');
  });

  it.each([undefined, null, 'text', 7])('that is none (%s) is named by its kind', (thrown) => {
    expect(errorFields(thrown)).toEqual({ type: typeof thrown });
  });
});

describe('a line of the log', () => {
  it('is one line whatever is said, with its area, and without secrets', () => {
    const lines: string[] = [];
    const logger = createLogger('trace', { write: (line) => void lines.push(line) });
    const nest = new NestLogger(logger);
    nest.error('failed\n{"level":30,"msg":"forged"}', undefined, 'board');
    nest.error(failedStatement(), 'ledger');
    nest.log('started', 'RouterExplorer');
    logger.info({ password: CANARY, inner: { token: CANARY }, query: CANARY }, 'request');
    expect(lines).toHaveLength(3);
    const told = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(told[0]).toMatchObject({ level: 50, area: 'board', msg: 'failed\n{"level":30,"msg":"forged"}' });
    expect(told[1]).toMatchObject({ area: 'ledger', err: { code: '22007' } });
    for (const line of lines) {
      expect(line.trimEnd().split('\n')).toHaveLength(1);
      expect(line).not.toContain(CANARY);
    }
  });
});
