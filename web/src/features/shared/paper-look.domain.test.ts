import { describe, expect, it } from 'vitest';
import { larger, placed, smaller, turned, type Look } from './paper-look.domain';

const START: Look = { zoom: 1, quarters: 0 };
const repeat = (times: number, change: (look: Look) => Look): Look =>
  Array.from({ length: times }).reduce<Look>((look) => change(look), START);

describe('looking at a paper', () => {
  it('goes larger and smaller by steps and stops at the ends', () => {
    expect(larger(START).zoom).toBe(1.5);
    expect(smaller(larger(START))).toEqual(START);
    expect(repeat(20, larger).zoom).toBe(4);
    expect(repeat(20, smaller).zoom).toBe(0.5);
  });

  it('is as it was after four turns', () => {
    expect(repeat(4, turned)).toEqual(START);
  });

  it('fills its place by width, turned or not, and keeps its shape', () => {
    const size = { width: 3000, height: 4000 };
    expect(placed(size, 600, START)).toEqual({ width: 600, height: 800, boxWidth: 600, boxHeight: 800 });
    const sideways = placed(size, 600, turned(START));
    expect(sideways.boxWidth).toBeCloseTo(600);
    expect(sideways.boxHeight).toBeCloseTo(450);
    expect(sideways.width / sideways.height).toBeCloseTo(3 / 4);
    expect(placed(size, 600, { zoom: 2, quarters: 2 }).boxWidth).toBe(1200);
  });
});
