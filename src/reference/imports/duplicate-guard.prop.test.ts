import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { DuplicateGuard } from './duplicate-guard.domain.js';

describe('the guard against products named twice', () => {
  it('tells the first row of every repeat, and whether it says the same, like a map would', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ id: fc.string({ maxLength: 3 }), content: fc.constantFrom('a', 'b'), file: fc.nat(3) }),
          { maxLength: 200 },
        ),
        (rows) => {
          const guard = new DuplicateGuard();
          const known = new Map<string, { content: string; file: number; line: number }>();
          for (const [index, { id, content, file }] of rows.entries()) {
            const line = index + 1;
            const first = known.get(id);
            expect(guard.check(id, content, file, line)).toEqual(
              first && { file: first.file, line: first.line, isSame: first.content === content },
            );
            if (!first) known.set(id, { content, file, line });
          }
        },
      ),
    );
  });

  it('keeps half a million apart', () => {
    const guard = new DuplicateGuard();
    for (let n = 1; n <= 500_000; n++)
      if (guard.check(`PRODUCT ${n} | COMPANY ${n % 977}`, '', 0, n) !== undefined)
        throw new Error(`met ${n} twice`);
    expect(guard.check('PRODUCT 77 | COMPANY 77', '', 0, 9)).toMatchObject({ line: 77 });
  });
});
