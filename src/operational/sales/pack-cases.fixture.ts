/** Lines of one product in one basket, what each comes to, and what they come to together. */
export interface PackCase {
  readonly name: string;
  readonly unitsPerPack: string;
  readonly unitsPerStrip: string | null;
  /** Of a pack. */
  readonly price: string;
  /** Decimals of the currency. */
  readonly decimals: number;
  /** "quantity unit" of each line. */
  readonly lines: readonly string[];
  /** Base units of each line. */
  readonly units: readonly string[];
  readonly amounts: readonly string[];
  readonly baseUnits: string;
  /** Price of all base units together, rounded once. */
  readonly total: string;
}

/**
 * Case | units of a pack | of a strip | price | decimals | lines | base units of each | amount of each | base units | total.
 * Worked out in exact fractions, apart from the code they test. "7x 1 unit" is seven such lines.
 */
const TABLE = `
box + strip + 4 tablets of 30 | 30 | 10 | 25.00 | 2 | 1 pack + 1 strip + 4 unit | 30 + 10 + 4 | 25.00 + 8.33 + 3.34 | 44 | 36.67
box + strip + 4 tablets at a price that does not divide | 30 | 10 | 10.00 | 2 | 1 pack + 1 strip + 4 unit | 30 + 10 + 4 | 10.00 + 3.33 + 1.34 | 44 | 14.67
strip + strip + strip make the box | 30 | 10 | 10.00 | 2 | 1 strip + 1 strip + 1 strip | 10 + 10 + 10 | 3.33 + 3.34 + 3.33 | 30 | 10.00
three strips in one line make the box | 30 | 10 | 10.00 | 2 | 3 strip | 30 | 10.00 | 30 | 10.00
thirty tablets one by one make the box | 30 | 10 | 10.00 | 2 | 30x 1 unit | 30x 1 | 0.33 + 0.34 + 0.33 + 0.33 + 0.34 + 0.33 + 0.33 + 0.34 + 0.33 + 0.33 + 0.34 + 0.33 + 0.33 + 0.34 + 0.33 + 0.33 + 0.34 + 0.33 + 0.33 + 0.34 + 0.33 + 0.33 + 0.34 + 0.33 + 0.33 + 0.34 + 0.33 + 0.33 + 0.34 + 0.33 | 30 | 10.00
the box backwards: 4 tablets + strip + box | 30 | 10 | 10.00 | 2 | 4 unit + 1 strip + 1 pack | 4 + 10 + 30 | 1.33 + 3.34 + 10.00 | 44 | 14.67
one tablet of 30 | 30 | 10 | 10.00 | 2 | 1 unit | 1 | 0.33 | 1 | 0.33
half a tablet | 30 | 10 | 30.00 | 2 | 0.5 unit | 0.5 | 0.50 | 0.5 | 0.50
two halves make a tablet | 30 | 10 | 10.00 | 2 | 0.5 unit + 0.5 unit | 0.5 + 0.5 | 0.17 + 0.16 | 1 | 0.33
a quarter, a quarter and a half | 4 | 4 | 9.99 | 2 | 0.25 unit + 0.25 unit + 0.5 unit | 0.25 + 0.25 + 0.5 | 0.62 + 0.63 + 1.25 | 1 | 2.50
half a strip | 20 | 10 | 15.50 | 2 | 0.5 strip | 5 | 3.88 | 5 | 3.88
half a box | 20 | 10 | 15.50 | 2 | 0.5 pack | 10 | 7.75 | 10 | 7.75
two half boxes | 20 | 10 | 15.55 | 2 | 0.5 pack + 0.5 pack | 10 + 10 | 7.78 + 7.77 | 20 | 15.55
a box of 7 | 7 | 7 | 1.00 | 2 | 7x 1 unit | 7x 1 | 0.14 + 0.15 + 0.14 + 0.14 + 0.14 + 0.15 + 0.14 | 7 | 1.00
a box of 7 in 3 + 4 | 7 | 7 | 1.00 | 2 | 3 unit + 4 unit | 3 + 4 | 0.43 + 0.57 | 7 | 1.00
a box of 3 at a coin | 3 | - | 0.01 | 2 | 1 unit + 1 unit + 1 unit | 1 + 1 + 1 | 0.00 + 0.01 + 0.00 | 3 | 0.01
a box of 3 at two coins | 3 | - | 0.02 | 2 | 1 unit + 1 unit + 1 unit | 1 + 1 + 1 | 0.01 + 0.00 + 0.01 | 3 | 0.02
two boxes + 1 of 28 | 28 | 14 | 47.35 | 2 | 2 pack + 1 unit | 56 + 1 | 94.70 + 1.69 | 57 | 96.39
14 + 14 of 28 | 28 | 14 | 47.35 | 2 | 1 strip + 1 strip | 14 + 14 | 23.68 + 23.67 | 28 | 47.35
13 + 15 of 28 | 28 | 14 | 47.35 | 2 | 13 unit + 15 unit | 13 + 15 | 21.98 + 25.37 | 28 | 47.35
box + strip + 4 of 28 | 28 | 14 | 47.35 | 2 | 1 pack + 1 strip + 4 unit | 28 + 14 + 4 | 47.35 + 23.68 + 6.76 | 46 | 77.79
100 ml by 7 ml | 100 | - | 33.33 | 2 | 7 unit + 7 unit + 7 unit | 7 + 7 + 7 | 2.33 + 2.34 + 2.33 | 21 | 7.00
2.5 ml of a bottle of 100 | 100 | - | 33.33 | 2 | 2.5 unit | 2.5 | 0.83 | 2.5 | 0.83
forty times 2.5 ml empty the bottle | 100 | - | 33.33 | 2 | 40x 2.5 unit | 40x 2.5 | 0.83 + 0.84 + 0.83 + 0.83 + 0.84 + 0.83 + 0.83 + 0.84 + 0.83 + 0.83 + 0.84 + 0.83 + 0.83 + 0.84 + 0.83 + 0.83 + 0.84 + 0.83 + 0.83 + 0.84 + 0.83 + 0.83 + 0.83 + 0.84 + 0.83 + 0.83 + 0.84 + 0.83 + 0.83 + 0.84 + 0.83 + 0.83 + 0.84 + 0.83 + 0.83 + 0.84 + 0.83 + 0.83 + 0.84 + 0.83 | 100 | 33.33
0.001 ml of a bottle of 5 | 5 | - | 9999.99 | 2 | 0.001 unit | 0.001 | 2.00 | 0.001 | 2.00
a single piece | 1 | - | 12.35 | 2 | 1 pack | 1 | 12.35 | 1 | 12.35
three single pieces | 1 | - | 12.35 | 2 | 3 pack | 3 | 37.05 | 3 | 37.05
piece by piece | 1 | - | 12.35 | 2 | 1 unit + 2 pack | 1 + 2 | 12.35 + 24.70 | 3 | 37.05
strips of 8 in a box of 24 | 24 | 8 | 19.99 | 2 | 1 strip + 2 strip | 8 + 16 | 6.66 + 13.33 | 24 | 19.99
a strip and the rest of the box | 24 | 8 | 19.99 | 2 | 1 strip + 16 unit | 8 + 16 | 6.66 + 13.33 | 24 | 19.99
strips of 12 in a box of 60 | 60 | 12 | 100.01 | 2 | 1 strip + 1 strip + 1 strip + 1 strip + 1 strip | 12 + 12 + 12 + 12 + 12 | 20.00 + 20.00 + 20.01 + 20.00 + 20.00 | 60 | 100.01
box + strip + 4 of 60 | 60 | 12 | 100.01 | 2 | 1 pack + 1 strip + 4 unit | 60 + 12 + 4 | 100.01 + 20.00 + 6.67 | 76 | 126.68
a box of 1000 | 1000 | 10 | 123.45 | 2 | 999 unit + 1 unit | 999 + 1 | 123.33 + 0.12 | 1000 | 123.45
ten strips of a box of 1000 | 1000 | 10 | 123.45 | 2 | 10 strip | 100 | 12.35 | 100 | 12.35
a hundred boxes | 30 | 10 | 9.95 | 2 | 100 pack | 3000 | 995.00 | 3000 | 995.00
a hundred boxes, a strip, a tablet | 30 | 10 | 9.95 | 2 | 100 pack + 1 strip + 1 unit | 3000 + 10 + 1 | 995.00 + 3.32 + 0.33 | 3011 | 998.65
three decimals: box + strip + 4 | 30 | 10 | 2.500 | 3 | 1 pack + 1 strip + 4 unit | 30 + 10 + 4 | 2.50 + 0.833 + 0.334 | 44 | 3.667
three decimals: strips make the box | 30 | 10 | 1.000 | 3 | 1 strip + 1 strip + 1 strip | 10 + 10 + 10 | 0.333 + 0.334 + 0.333 | 30 | 1.00
three decimals: sevenths | 7 | - | 1.000 | 3 | 7x 1 unit | 7x 1 | 0.143 + 0.143 + 0.143 + 0.142 + 0.143 + 0.143 + 0.143 | 7 | 1.00
three decimals: a coin of three pieces | 3 | - | 0.001 | 3 | 1 unit + 1 unit + 1 unit | 1 + 1 + 1 | 0.00 + 0.001 + 0.00 | 3 | 0.001
no decimals: box + strip + 4 | 30 | 10 | 1000 | 0 | 1 pack + 1 strip + 4 unit | 30 + 10 + 4 | 1000.00 + 333.00 + 134.00 | 44 | 1467.00
no decimals: strips make the box | 30 | 10 | 1000 | 0 | 1 strip + 1 strip + 1 strip | 10 + 10 + 10 | 333.00 + 334.00 + 333.00 | 30 | 1000.00
no decimals: 13 by 13 | 13 | - | 100 | 0 | 13x 1 unit | 13x 1 | 8.00 + 7.00 + 8.00 + 8.00 + 7.00 + 8.00 + 8.00 + 8.00 + 7.00 + 8.00 + 8.00 + 7.00 + 8.00 | 13 | 100.00
one decimal: box + strip + 4 | 30 | 10 | 99.9 | 1 | 1 pack + 1 strip + 4 unit | 30 + 10 + 4 | 99.90 + 33.30 + 13.30 | 44 | 146.50
one decimal: thirds | 3 | - | 0.1 | 1 | 1 unit + 1 unit + 1 unit | 1 + 1 + 1 | 0.00 + 0.10 + 0.00 | 3 | 0.10
a strip that is the box | 10 | 10 | 7.77 | 2 | 1 strip + 1 pack | 10 + 10 | 7.77 + 7.77 | 20 | 15.54
units beyond a box | 30 | 10 | 10.00 | 2 | 31 unit | 31 | 10.33 | 31 | 10.33
tablets to the box in 29 + 1 | 30 | 10 | 10.00 | 2 | 29 unit + 1 unit | 29 + 1 | 9.67 + 0.33 | 30 | 10.00
1.5 boxes | 30 | 10 | 10.01 | 2 | 1.5 pack | 45 | 15.02 | 45 | 15.02
1.5 boxes + 1.5 boxes | 30 | 10 | 10.01 | 2 | 1.5 pack + 1.5 pack | 45 + 45 | 15.02 + 15.01 | 90 | 30.03
a third of a strip in tablets | 12 | 3 | 4.00 | 2 | 1 unit + 1 unit + 1 unit | 1 + 1 + 1 | 0.33 + 0.34 + 0.33 | 3 | 1.00
sachets: 21 of 42 | 42 | 7 | 55.55 | 2 | 3 strip + 3 strip | 21 + 21 | 27.78 + 27.77 | 42 | 55.55
ampoules: 5 of 5 | 5 | - | 123.99 | 2 | 2 unit + 2 unit + 1 unit | 2 + 2 + 1 | 49.60 + 49.59 + 24.80 | 5 | 123.99
insulin: 300 units of 1500 | 1500 | 300 | 789.10 | 2 | 1 strip + 1 strip + 1 strip + 1 strip + 1 strip | 300 + 300 + 300 + 300 + 300 | 157.82 + 157.82 + 157.82 + 157.82 + 157.82 | 1500 | 789.10
a dear box by the tablet | 21 | 7 | 48999.99 | 2 | 21x 1 unit | 21x 1 | 2333.33 + 2333.34 + 2333.33 + 2333.33 + 2333.33 + 2333.34 + 2333.33 + 2333.33 + 2333.34 + 2333.33 + 2333.33 + 2333.33 + 2333.34 + 2333.33 + 2333.33 + 2333.34 + 2333.33 + 2333.33 + 2333.33 + 2333.34 + 2333.33 | 21 | 48999.99
a box of 2.5 ml by halves | 2.5 | - | 40.00 | 2 | 1.25 unit + 1.25 unit | 1.25 + 1.25 | 20.00 + 20.00 | 2.5 | 40.00
a box of 2.5 ml by 0.4 | 2.5 | - | 40.00 | 2 | 0.4 unit + 0.4 unit + 0.4 unit | 0.4 + 0.4 + 0.4 | 6.40 + 6.40 + 6.40 | 1.2 | 19.20
strips of 2.5 in a box of 10 | 10 | 2.5 | 9.99 | 2 | 1 strip + 1 strip + 1 strip + 1 strip | 2.5 + 2.5 + 2.5 + 2.5 | 2.50 + 2.50 + 2.49 + 2.50 | 10 | 9.99
a cent a tablet | 100 | 10 | 1.00 | 2 | 1 unit + 9 unit + 9 strip | 1 + 9 + 90 | 0.01 + 0.09 + 0.90 | 100 | 1.00
less than a cent a tablet | 1000 | 10 | 1.00 | 2 | 12x 1 unit | 12x 1 | 0.00 + 0.00 + 0.00 + 0.00 + 0.01 + 0.00 + 0.00 + 0.00 + 0.00 + 0.00 + 0.00 + 0.00 | 12 | 0.01
`;

const list = (cell: string): string[] => {
  const many = /^(\d+)x (.+)$/.exec(cell);
  return many ? Array.from({ length: Number(many[1]) }, () => many[2] ?? '') : cell.split(' + ');
};

export const PACK_CASES: readonly PackCase[] = TABLE.trim()
  .split('\n')
  .map((row) => {
    const [name = '', unitsPerPack = '', strip = '', price = '', decimals = '', ...rest] = row.split(' | ');
    const [lines = '', units = '', amounts = '', baseUnits = '', total = ''] = rest;
    return {
      ...{ name, unitsPerPack, price, baseUnits, total },
      unitsPerStrip: strip === '-' ? null : strip,
      decimals: Number(decimals),
      lines: list(lines),
      units: list(units),
      amounts: list(amounts),
    };
  });
