// Places in the write-ahead log of PostgreSQL.

/** Bytes of a file of the log, as initdb makes it. */
export const SEGMENT_BYTES = 16 * 1024 * 1024;
const SEGMENTS_PER_LOG = 0x1_0000_0000n / BigInt(SEGMENT_BYTES);

/** A name of PostgreSQL's for a file of its log: timeline, log, segment. */
export const SEGMENT_NAME = /^([0-9A-F]{8})([0-9A-F]{8})([0-9A-F]{8})$/;

/** "16/B374D848" as a number. */
export function parseLsn(text: string): bigint {
  const match = /^([0-9A-F]{1,8})\/([0-9A-F]{1,8})$/i.exec(text);
  if (!match?.[1] || !match[2]) throw new Error('This is no place in the log of a database.');
  return (BigInt(`0x${match[1]}`) << 32n) | BigInt(`0x${match[2]}`);
}

export const lsnText = (lsn: bigint): string =>
  `${(lsn >> 32n).toString(16).toUpperCase()}/${(lsn & 0xffff_ffffn).toString(16).toUpperCase()}`;

const PAGE_BYTES = 8192n;
/** Bytes at the head of a page of the log, and of the first page of a segment. */
const PAGE_HEAD = 24n;
const SEGMENT_HEAD = 40n;

/**
 * Where the last record before a place ends. What is written next begins behind the head of a page, where a record that filled the page before
 * ended at its edge: so far, and no further, the log is replayed.
 */
export function endOfRecord(lsn: bigint): bigint {
  const inPage = lsn % PAGE_BYTES;
  const head = lsn % BigInt(SEGMENT_BYTES) === inPage ? SEGMENT_HEAD : PAGE_HEAD;
  return inPage === head ? lsn - inPage : lsn;
}

/** Which segment, counted from the beginning of the log, holds a place. */
export const segmentOf = (lsn: bigint): bigint => lsn / BigInt(SEGMENT_BYTES);

const hex8 = (value: bigint): string => value.toString(16).toUpperCase().padStart(8, '0');

export const segmentName = (timeline: number, segment: bigint): string =>
  `${hex8(BigInt(timeline))}${hex8(segment / SEGMENTS_PER_LOG)}${hex8(segment % SEGMENTS_PER_LOG)}`;

/** Timeline and segment of a file's name; undefined: it is no file of the log. */
export function parseSegmentName(name: string): { timeline: number; segment: bigint } | undefined {
  const match = SEGMENT_NAME.exec(name);
  if (!match?.[1] || !match[2] || !match[3]) return undefined;
  return {
    timeline: Number.parseInt(match[1], 16),
    segment: BigInt(`0x${match[2]}`) * SEGMENTS_PER_LOG + BigInt(`0x${match[3]}`),
  };
}
