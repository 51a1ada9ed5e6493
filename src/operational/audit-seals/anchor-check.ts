import type { AnchorsContent } from './anchors-file.js';
import type { AuditKeys } from './audit-keys.js';
import type { Anchor, AnchorEntry, SealHead } from './audit-seals.types.js';
import type { Findings } from './findings.js';
import { anchorMac, isOurs } from './seal-codec.js';

/** What the anchors to be compared with the chain come to. */
export interface AnchorsToCheck {
  readonly anchors: readonly Anchor[];
  /** Anchors that speak of what a restore from a backup lost, as was written down then. */
  readonly lost: number;
  readonly torn: number;
}

/** The anchors of a file that are ours and still stand; entries that are not ours, or of which one before is missing, are told. */
export function standingAnchors(
  content: AnchorsContent,
  keys: AuditKeys,
  findings: Findings,
): AnchorsToCheck {
  let standing: Anchor[] = [];
  let lost = 0;
  let before: AnchorEntry | undefined;
  for (const entry of content.entries) {
    const follows = entry.number === (before?.number ?? 0) + 1 && entry.previous === (before?.mac ?? null);
    if (!follows || !isOurs(keys, entry.keyId, entry.mac, (key) => anchorMac(key, entry)))
      findings.add({
        kind: 'anchor-forged',
        sealNo: entry.sealNo,
        auditLogId: null,
        lastAuditLogId: null,
        detail: follows
          ? `Anchor ${entry.number} was not made with our key`
          : `Anchor ${entry.number} does not follow the one before`,
      });
    else if (entry.kind === 'anchor') standing.push(entry);
    else {
      const kept = standing.filter((anchor) => anchor.sealNo <= entry.sealNo);
      lost += standing.length - kept.length;
      standing = kept;
    }
    before = entry;
  }
  return { anchors: standing, lost, torn: content.torn };
}

/** Compares anchors with the seals that have their numbers now: what was cut off or made anew since is told. */
export function compareAnchors(
  anchors: readonly Anchor[],
  hashes: ReadonlyMap<number, { readonly lastId: number; readonly hash: string }>,
  chainId: string | null,
  head: SealHead | null,
  findings: Findings,
): void {
  let good = 0;
  for (const anchor of [...anchors].sort((a, b) => a.sealNo - b.sealNo || a.number - b.number)) {
    const seal = hashes.get(anchor.sealNo);
    if (seal?.hash === anchor.hash && seal.lastId === anchor.lastId && anchor.chainId === chainId) {
      good = anchor.lastId;
      continue;
    }
    const isCut = anchor.sealNo > (head?.sealNo ?? 0);
    const kind =
      chainId !== null && anchor.chainId !== chainId ? 'other-chain' : isCut ? 'tail-cut' : 'seal-replaced';
    const what = {
      'other-chain': `the chain is another one now`,
      'tail-cut': `the chain ends with seal ${head?.sealNo ?? 0}`,
      'seal-replaced': `another seal, or none, has that number now`,
    }[kind];
    findings.add({
      kind,
      sealNo: isCut ? (head?.sealNo ?? 0) + 1 : anchor.sealNo,
      auditLogId: (isCut ? Math.max(good, head?.lastId ?? 0) : good) + 1,
      lastAuditLogId: anchor.lastId,
      detail: `Anchor ${anchor.number} of ${anchor.at} knows seal ${anchor.sealNo} up to row ${anchor.lastId}: ${what}`,
    });
  }
}
