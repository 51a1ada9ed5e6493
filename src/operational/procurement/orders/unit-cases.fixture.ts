/** A quantity in a unit of so many base units (case, pack, strip), and the base units it makes; null: finer than a thousandth, refused. */
export const UNIT_CASES: readonly {
  readonly quantity: string;
  readonly unitBaseUnits: string;
  readonly baseUnits: string | null;
}[] = [
  { quantity: '5', unitBaseUnits: '144', baseUnits: '720' },
  { quantity: '1', unitBaseUnits: '30', baseUnits: '30' },
  { quantity: '0.5', unitBaseUnits: '30', baseUnits: '15' },
  { quantity: '2.5', unitBaseUnits: '100', baseUnits: '250' },
  { quantity: '12', unitBaseUnits: '10', baseUnits: '120' },
  { quantity: '0.001', unitBaseUnits: '1000', baseUnits: '1' },
  { quantity: '1.5', unitBaseUnits: '28', baseUnits: '42' },
  { quantity: '3', unitBaseUnits: '2.5', baseUnits: '7.5' },
  { quantity: '0.4', unitBaseUnits: '2.5', baseUnits: '1' },
  { quantity: '7', unitBaseUnits: '7', baseUnits: '49' },
  { quantity: '100', unitBaseUnits: '480', baseUnits: '48000' },
  { quantity: '0.25', unitBaseUnits: '4', baseUnits: '1' },
  { quantity: '33', unitBaseUnits: '3', baseUnits: '99' },
  { quantity: '999', unitBaseUnits: '1000', baseUnits: '999000' },
  { quantity: '0.5', unitBaseUnits: '0.001', baseUnits: null },
  { quantity: '0.333', unitBaseUnits: '0.1', baseUnits: null },
  { quantity: '1.001', unitBaseUnits: '2.5', baseUnits: null },
  { quantity: '0.001', unitBaseUnits: '30.5', baseUnits: null },
];
