import { describe, expect, it } from 'vitest';
import { judgeWeight, toleranceOf } from './tolerance.domain';

describe('the tolerance of a weighing', () => {
  it.each([
    ['1', '2', '0.98', '1.02'],
    ['49', '2', '48.02', '49.98'],
    ['0.333', '2', '0.327', '0.339'],
    ['10', '0', '10', '10'],
    ['12.5', '2.5', '12.188', '12.812'],
  ])('of %s with %s percent is from %s to %s', (planned, percent, low, high) => {
    expect(toleranceOf(planned, percent)).toEqual({ low, high });
  });

  it.each([
    ['', 'open'],
    ['.', 'open'],
    ['0.98', 'within'],
    ['1', 'within'],
    ['1.020', 'within'],
    ['1.021', 'outside'],
    ['0.979', 'outside'],
    ['0', 'outside'],
  ])('finds %j %s', (typed, verdict) => {
    expect(judgeWeight(typed, toleranceOf('1', '2'))).toBe(verdict);
  });
});
