import { describe, expect, it } from 'vitest';
import { cleanPieces, piecesOf, worthOf } from './pieces.domain';

describe('notes and coins', () => {
  it('are worth their face value, exactly', () => {
    expect(worthOf({ '200.00': '2', '0.25': '3', '0.005': '1', '50.00': '' })).toBe(400_755n);
    expect(worthOf({})).toBe(0n);
  });

  it('are counted in whole pieces', () => {
    expect(cleanPieces('12.5')).toBe('125');
    expect(cleanPieces('a7b')).toBe('7');
    expect(piecesOf({ '20.00': '3', '10.00': '0', '5.00': '' })).toEqual([
      { denomination: '20.00', pieces: 3 },
    ]);
  });
});
