/** How far a release at work has come, as the server tells it. */
export interface Progress {
  rows: number;
  bytesRead: number;
  /** 0 where only reading tells. */
  bytesTotal: number;
  rowsPerSecond: number;
}

/** Share of the files that has been read, 0 to 1; undefined where their size is not known. */
export function shareRead({ bytesRead, bytesTotal }: Progress): number | undefined {
  return bytesTotal > 0 ? Math.min(1, bytesRead / bytesTotal) : undefined;
}

/** Seconds until the files are read at the present speed; undefined where that cannot be told. */
export function secondsLeft(progress: Progress): number | undefined {
  const { rows, rowsPerSecond, bytesRead, bytesTotal } = progress;
  if (rows <= 0 || rowsPerSecond <= 0 || bytesRead <= 0 || bytesTotal < bytesRead) return undefined;
  const bytesPerSecond = (bytesRead / rows) * rowsPerSecond;
  return Math.ceil((bytesTotal - bytesRead) / bytesPerSecond);
}

/** "2:05" of a number of seconds; "1:02:05" from an hour on. */
export function clockText(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const rest = two(Math.floor(seconds % 60));
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}

/** "1.4 MB": sizes of files. */
export function sizeText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB'];
  let value = bytes;
  let at = 0;
  while (value >= 1000 && at < units.length - 1) {
    value /= 1000;
    at += 1;
  }
  return `${value >= 100 || at === 0 ? Math.round(value) : value.toFixed(1)} ${units[at] ?? ''}`;
}
