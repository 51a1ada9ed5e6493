import type { FindingKind } from './audit-seals.schemas.js';

/** A seal as the database keeps it, without the hashes of its rows. */
export interface Seal {
  readonly sealNo: number;
  readonly chainId: string;
  readonly firstId: number;
  readonly lastId: number;
  readonly rowCount: number;
  /** SHA-256 of all row hashes of the seal. */
  readonly rowsHash: Buffer;
  readonly sealedAt: Date;
  readonly keyId: string;
  readonly previousHash: Buffer | null;
  readonly hash: Buffer;
  readonly mac: Buffer;
}

/** A seal with the hashes of its rows: for each its number (8 bytes) and the SHA-256 of its line (32 bytes). */
export interface WholeSeal extends Seal {
  readonly rowHashes: Buffer;
}

/** Rows that were taken out of the trail after an export. */
export interface Removal {
  readonly removalNo: number;
  readonly firstSeal: number;
  readonly lastSeal: number;
  readonly firstId: number;
  readonly lastId: number;
  readonly rowCount: number;
  readonly keepYears: number;
  readonly exportSha256: Buffer;
  readonly removedAt: Date;
  readonly keyId: string;
  readonly mac: Buffer;
}

/** Rows of the trail that were blanked with an erased person: for each its number (8 bytes) and its hashes before and after (32 bytes each). */
export interface Redaction {
  readonly redactionId: number;
  readonly erasureRequestId: number;
  readonly rowHashes: Buffer;
  readonly keyId: string | null;
  readonly mac: Buffer | null;
}

/** Something that is not as it was sealed or anchored. */
export interface Finding {
  readonly kind: FindingKind;
  /** Seal concerned, or the first of several. */
  readonly sealNo: number | null;
  /** The row of the trail, or the first of several that can no longer be trusted. */
  readonly auditLogId: number | null;
  readonly lastAuditLogId: number | null;
  readonly detail: string;
}

/** What was checked, and what was found. */
export interface VerifyReport {
  readonly ok: boolean;
  readonly chainId: string | null;
  readonly head: SealHead | null;
  readonly checked: {
    readonly fromSeal: number | null;
    readonly toSeal: number | null;
    readonly seals: number;
    readonly rows: number;
    readonly anchors: number;
  };
  /** Rows of the seals checked that were taken out after an export. */
  readonly removedRows: number;
  /** Rows that were blanked with an erased person, and are as that left them. */
  readonly redactedRows: number;
  readonly waiting: Waiting;
  /** The first findings; `findingsCount` says how many there are. */
  readonly findings: readonly Finding[];
  readonly findingsCount: number;
  readonly notes: readonly string[];
  /** Seal to go on with; null: checked to the last. */
  readonly nextSeal: number | null;
}

/** The last seal: what an anchor keeps and a Z report prints. */
export interface SealHead {
  readonly sealNo: number;
  readonly lastId: number;
  readonly hash: string;
  readonly sealedAt: string;
}

/** Rows that are not sealed yet; counted to a bound. */
export interface Waiting {
  readonly rows: number;
  readonly isMore: boolean;
  readonly oldestAt: string | null;
}

/** What a head was at a time, kept outside of the database. */
export interface Anchor {
  readonly kind: 'anchor';
  readonly number: number;
  readonly at: string;
  readonly reason: AnchorReason;
  readonly chainId: string;
  readonly sealNo: number;
  readonly lastId: number;
  readonly hash: string;
  readonly keyId: string;
  /** MAC of the entry before; null: the first. */
  readonly previous: string | null;
  readonly mac: string;
}

/** Says that the database was restored from a backup: anchors after `sealNo` that stand before this entry speak of what was lost. */
export interface RestoreNote extends Omit<Anchor, 'kind' | 'reason'> {
  readonly kind: 'restored';
  readonly reason: string;
}

export type AnchorReason = 'daily' | 'z-report' | 'command' | 'start';

export type AnchorEntry = Anchor | RestoreNote;
