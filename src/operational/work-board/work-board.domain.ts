/** The columns of the board, in the order work goes through them. */
export const BOARD_COLUMNS = ['entry', 'fill', 'verify', 'ready', 'problem'] as const;
export type BoardColumn = (typeof BOARD_COLUMNS)[number];

/** What is to be done with a card. */
export const CARD_KINDS = {
  /** A draft to be finished and submitted. */
  draft: { column: 'entry', needs: 'WritePrescription' },
  /** To be reviewed by a pharmacist before it is filled. */
  review: { column: 'entry', needs: 'VerifyPrescription' },
  fill: { column: 'fill', needs: 'DispensePrescription' },
  verify: { column: 'verify', needs: 'VerifyPrescription' },
  /** Verified, to be put into a bin. */
  bag: { column: 'ready', needs: 'DispensePrescription' },
  /** In a bin, to be handed over. */
  pick_up: { column: 'ready', needs: 'DispensePrescription' },
  on_hold: { column: 'problem', needs: 'WritePrescription' },
  /** In a bin that is not handed over. */
  bin_hold: { column: 'problem', needs: 'DispensePrescription' },
  /** A rest that is owed, and stock is in. */
  owed: { column: 'problem', needs: 'DispensePrescription' },
  /** A fill under a prescription that expired: it only goes back to stock. */
  take_back: { column: 'problem', needs: 'DispensePrescription' },
} as const satisfies Record<string, { column: BoardColumn; needs: string }>;

export type CardKind = keyof typeof CARD_KINDS;
type Right = (typeof CARD_KINDS)[CardKind]['needs'];

const KINDS = Object.keys(CARD_KINDS) as CardKind[];

/** What a user with these rights can do of a column; nothing: he cannot take from it. */
export function kindsToTake(column: BoardColumn, permissions: ReadonlySet<string>): CardKind[] {
  return KINDS.filter(
    (kind) => CARD_KINDS[kind].column === column && permissions.has(CARD_KINDS[kind].needs),
  );
}

/** The rights that let one take something from a column. */
export const rightsOf = (column: BoardColumn): Right[] => [
  ...new Set(
    KINDS.filter((kind) => CARD_KINDS[kind].column === column).map((kind) => CARD_KINDS[kind].needs),
  ),
];
