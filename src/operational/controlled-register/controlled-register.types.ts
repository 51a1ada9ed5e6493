/** An entry of the register of controlled products, as it is shown and printed. */
export interface RegisterRow {
  readonly drugId: number;
  readonly drugName: string;
  readonly schedule: string | null;
  readonly entryNo: number;
  readonly recordedAt: Date;
  readonly day: string;
  readonly kind: string;
  readonly quantity: string;
  readonly balanceAfter: string;
  readonly lotNumber: string | null;
  readonly expiryDate: string | null;
  readonly reason: string | null;
  readonly rxNumber: string | null;
  readonly patientName: string | null;
  readonly patientId: number | null;
  readonly collectorName: string | null;
  /** Kind and number. */
  readonly collectorDocument: string | null;
  readonly prescriberName: string | null;
  readonly prescriberLicence: string | null;
  readonly supplierName: string | null;
  readonly supplierDocument: string | null;
  readonly userName: string | null;
  /** Who signed as the second person. */
  readonly witnessName: string | null;
  /** The movement in the ledger; null: what was there when the register was opened. */
  readonly movementId: number | null;
  /** Number of the entry it corrects or takes back. */
  readonly correctsEntryNo: number | null;
}
