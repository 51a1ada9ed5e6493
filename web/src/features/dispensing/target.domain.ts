/** States of a fill, as the server has them. */
type Status = 'in_progress' | 'verified' | 'ready' | 'dispensed' | 'returned_to_stock' | 'reversed';

/** Where a fill is worked on next. */
export type Target = 'fill' | 'verify' | 'pick-up' | 'start';

/** What is asked of a station to know it. */
interface Asked {
  readonly fill: { readonly status: Status; readonly filledBy: number };
  readonly policy: { readonly dispensingPolicy: 'counter' | 'station'; readonly twoPersonRule: boolean };
  readonly scans: readonly { readonly stage: 'fill' | 'verify' }[];
  readonly missing: { readonly fill: readonly { readonly lotId: number }[] };
}

/** Whoever looks: who he is and whether he may verify. */
interface Looker {
  readonly userId: number;
  readonly mayVerify: boolean;
}

/** True where one person fills, verifies and hands over in one go. */
export function isAtCounter(
  { policy }: Pick<Asked, 'policy'>,
  { mayVerify }: Pick<Looker, 'mayVerify'>,
): boolean {
  return policy.dispensingPolicy === 'counter' && !policy.twoPersonRule && mayVerify;
}

/** True when its packs are proven: nothing is left to scan, and it was scanned at all or somebody else prepared it. */
function isProven({ fill, scans, missing }: Asked, userId: number): boolean {
  if (missing.fill.length > 0) return false;
  return fill.filledBy !== userId || scans.some(({ stage }) => stage === 'fill');
}

/** Where whoever scanned its label goes on with a fill. What has left, or was taken back, begins anew. */
export function targetOf(station: Asked, looker: Looker): Target {
  switch (station.fill.status) {
    case 'in_progress': {
      const isOwnAtCounter = isAtCounter(station, looker) && station.fill.filledBy === looker.userId;
      return looker.mayVerify && !isOwnAtCounter && isProven(station, looker.userId) ? 'verify' : 'fill';
    }
    case 'verified':
      return 'verify';
    case 'ready':
      return 'pick-up';
    case 'dispensed':
    case 'returned_to_stock':
    case 'reversed':
      return 'start';
  }
}

/** True while a fill is being prepared or waits: it keeps stock, and nothing has left. */
export function isOpenFill({ status }: { readonly status: Status }): boolean {
  return status === 'in_progress' || status === 'verified' || status === 'ready';
}
