import { describe, expect, it } from 'vitest';

import { PERMISSIONS, SEEDED_ROLES } from '../../platform/security/permissions.js';
import { BOARD_COLUMNS, kindsToTake, rightsOf } from './work-board.domain.js';

const takenBy = (role: string) =>
  Object.fromEntries(
    BOARD_COLUMNS.map((column) => [column, kindsToTake(column, new Set(SEEDED_ROLES[role]?.permissions))]),
  );

describe('what may be taken from the board', () => {
  it('is everything by a pharmacist', () => {
    expect(takenBy('pharmacist')).toEqual({
      entry: ['draft', 'review'],
      fill: ['fill'],
      verify: ['verify'],
      ready: ['bag', 'pick_up'],
      problem: ['on_hold', 'bin_hold', 'owed', 'take_back'],
    });
  });

  it('is no review and no verification by a technician, and nothing by a cashier', () => {
    expect(takenBy('technician')).toMatchObject({ entry: ['draft'], verify: [], fill: ['fill'] });
    expect(Object.values(takenBy('cashier')).flat()).toEqual([]);
  });

  it('asks for rights there are', () => {
    for (const column of BOARD_COLUMNS)
      for (const right of rightsOf(column)) expect(Object.keys(PERMISSIONS)).toContain(right);
  });

  it('is named by its rights', () => {
    expect(rightsOf('entry')).toEqual(['WritePrescription', 'VerifyPrescription']);
    expect(rightsOf('ready')).toEqual(['DispensePrescription']);
  });
});
