import { describe, expect, it } from 'vitest';

import { leftToPatient, nextStep, type ClaimInLine } from './coordination.domain.js';
import type { ClaimStatus } from './claim-status.domain.js';

let serial = 0;
const claim = (
  insuranceId: number,
  status: ClaimStatus,
  patientShare: string | null = null,
): ClaimInLine => ({ claimId: ++serial, insuranceId, status, patientShare });

const next = (claims: readonly ClaimInLine[], covers: readonly number[] = [1, 2]) =>
  nextStep('100.00', covers, claims);

describe('the next step for a fill', () => {
  it('asks the first payer for all of it, the second for what he left', () => {
    expect(next([])).toEqual({ do: 'ask', insuranceId: 1, amount: '100.00' });
    expect(next([claim(1, 'adjudicated', '20.00')])).toEqual({ do: 'ask', insuranceId: 2, amount: '20.00' });
    expect(next([claim(1, 'paid', '20.00'), claim(2, 'adjudicated', '5.00')])).toEqual({ do: 'nothing' });
  });

  it('asks nobody where nothing is left, or nobody is there', () => {
    expect(next([claim(1, 'adjudicated', '0.00')])).toEqual({ do: 'nothing' });
    expect(next([], [])).toEqual({ do: 'nothing' });
  });

  it('waits for an answer, then for the correction of a refusal', () => {
    expect(next([claim(1, 'submitted')])).toMatchObject({ do: 'adjudicate', claimId: serial });
    expect(next([claim(1, 'rejected')])).toMatchObject({ do: 'correct', claimId: serial });
  });

  it('goes on behind a claim written off, and asks again where one was reversed', () => {
    expect(next([claim(1, 'written_off')])).toEqual({ do: 'ask', insuranceId: 2, amount: '100.00' });
    expect(next([claim(1, 'reversed', '20.00')])).toEqual({ do: 'ask', insuranceId: 1, amount: '100.00' });
    expect(next([claim(1, 'resubmitted'), claim(1, 'adjudicated', '30.00')])).toMatchObject({
      insuranceId: 2,
    });
  });

  it('has the later answer reversed where an earlier payer was not asked', () => {
    expect(next([claim(2, 'adjudicated', '20.00')])).toEqual({ do: 'reverse-later', insuranceId: 1 });
  });

  it('counts an answer on a cover that is no longer valid', () => {
    expect(next([claim(9, 'adjudicated', '40.00')])).toEqual({ do: 'ask', insuranceId: 1, amount: '40.00' });
    expect(leftToPatient('100.00', [claim(9, 'adjudicated', '40.00'), claim(1, 'reversed', '8.00')])).toBe(
      '40.00',
    );
  });
});
