import { describe, expect, it } from 'vitest';
import { shapeOf } from './demand-chart.domain';

describe('the picture of demand', () => {
  it('has past weeks as bars up to today and expected ones as a line from there', () => {
    const shape = shapeOf(
      [
        { value: 10, corrected: 10 },
        { value: 5, corrected: 20 },
      ],
      [
        { value: 10, deviation: 5 },
        { value: 10, deviation: 5 },
      ],
      400,
      100,
    );
    expect(shape.top).toBe(20);
    expect(shape.today).toBe(200);
    expect(shape.bars).toEqual([
      { x: 10, width: 80, sold: 50, missed: 0 },
      { x: 110, width: 80, sold: 25, missed: 75 },
    ]);
    expect(shape.line).toBe('M250 50 L350 50');
    expect(shape.area).toBe('M250 25 L350 25 L350 75 L250 75 Z');
  });

  it('is empty for a product nobody asked for', () => {
    expect(shapeOf([], [], 400, 100)).toMatchObject({ bars: [], line: '', area: '' });
    expect(shapeOf([{ value: -3 }], [], 400, 100).bars[0]?.sold).toBe(0);
  });
});
