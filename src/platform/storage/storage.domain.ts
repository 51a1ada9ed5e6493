/** A volume something is written to, as the operating system tells. */
export interface Volume {
  /** What it is for: `data`, or `wal` where the log has a volume of its own. */
  readonly name: string;
  readonly freeBytes: number;
  readonly sizeBytes: number;
}

/** Below either of the first two a volume is nearly full; from `warnPercent` in use on it is filling up, which is said and stops nothing. */
export interface StorageLimits {
  readonly minFreeBytes: number;
  readonly minFreePercent: number;
  readonly warnPercent: number;
}

/** Space that must come back beyond the limit before writing goes on, so that it does not flicker around the limit. */
const MARGIN = 1.1;

/** Free space this volume must have. */
export function neededBytes({ sizeBytes }: Volume, limits: StorageLimits): number {
  return Math.max(limits.minFreeBytes, (sizeBytes * limits.minFreePercent) / 100);
}

/** The volumes that are nearly full; `wasLow`: one was before, so that more is asked for now. */
export function nearlyFull(
  volumes: readonly Volume[],
  limits: StorageLimits,
  wasLow: boolean,
): readonly Volume[] {
  const factor = wasLow ? MARGIN : 1;
  return volumes.filter((volume) => volume.freeBytes < neededBytes(volume, limits) * factor);
}

/** Whether so much of a volume is in use that somebody should make space before it is nearly full. What only root may use counts as used. */
export function isFilling({ freeBytes, sizeBytes }: Volume, { warnPercent }: StorageLimits): boolean {
  return sizeBytes > 0 && (sizeBytes - freeBytes) * 100 >= sizeBytes * warnPercent;
}

/** Bytes in words for people: "412 MB". */
export function megabytes(bytes: number): string {
  return `${Math.floor(bytes / 1024 / 1024)} MB`;
}
