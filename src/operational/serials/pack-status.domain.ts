import type { PackStatus } from './serials.types.js';

/** What a person does with a pack, beside selling and receiving it. */
export type PackCommand = 'report' | 'quarantine' | 'release';

const COMMANDS: Readonly<Record<PackStatus, readonly PackCommand[]>> = {
  in_stock: ['report', 'quarantine'],
  opened: ['report', 'quarantine'],
  quarantined: ['report', 'release'],
  sold_out: [],
  returned: [],
  destroyed: [],
  stolen: [],
  shipped: [],
};

/** What is possible with a pack as it stands; one whose serial was seen twice is never given free. */
export const packCommands = (pack: {
  readonly status: PackStatus;
  readonly isDuplicate: boolean;
}): readonly PackCommand[] =>
  COMMANDS[pack.status].filter((command) => command !== 'release' || !pack.isDuplicate);
