import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A pharmacy of the organisation. */
@Entity({ schema: 'operational', name: 'branches' })
export class Branch {
  @PrimaryGeneratedColumn({ type: 'integer', name: 'branch_id' })
  branchId: number;

  @Column({ type: 'text', name: 'code' })
  code: string;

  @Column({ type: 'text', name: 'name' })
  name: string;

  @Column({ type: 'text', name: 'name_ar', nullable: true })
  nameAr: string | null;

  @Column({ type: 'text', name: 'address', nullable: true })
  address: string | null;

  @Column({ type: 'text', name: 'phone', nullable: true })
  phone: string | null;

  @Column({ type: 'text', name: 'time_zone' })
  timeZone: string;

  @Column({ type: 'text', name: 'currency' })
  currency: string;

  @Column({ type: 'smallint', name: 'currency_decimals' })
  currencyDecimals: number;

  /** Decimal text. */
  @Column({ type: 'numeric', precision: 14, scale: 3, name: 'cash_rounding' })
  cashRounding: string;

  @Column({ type: 'text', name: 'dispensing_policy' })
  dispensingPolicy: 'counter' | 'station';

  @Column({ type: 'boolean', name: 'two_person_rule' })
  twoPersonRule: boolean;

  @Column({ type: 'boolean', name: 'clinical_review' })
  clinicalReview: boolean;

  @Column({ type: 'text', name: 'scan_policy' })
  scanPolicy: 'off' | 'product' | 'lot';

  @Column({ type: 'boolean', name: 'near_miss_names' })
  nearMissNames: boolean;

  @Column({ type: 'boolean', name: 'pick_up_identifiers' })
  pickUpIdentifiers: boolean;

  @Column({ type: 'text', name: 'counselling_policy' })
  counsellingPolicy: 'optional' | 'first_fill' | 'always';

  /** Decimal text, 0 to 1. */
  @Column({ type: 'numeric', precision: 4, scale: 3, name: 'early_refill_share' })
  earlyRefillShare: string;

  /** Minutes from entry to the time promised, where no other is given. */
  @Column({ type: 'smallint', name: 'promise_minutes' })
  promiseMinutes: number;

  /** Minutes without a key or touch after which a screen locks itself; 0: never. */
  @Column({ type: 'smallint', name: 'idle_lock_minutes' })
  idleLockMinutes: number;

  /** Who entered a supplier or wrote an order does not approve it; who approved it does not receive it. */
  @Column({ type: 'boolean', name: 'separate_duties' })
  separateDuties: boolean;

  /** True: who brings a prescription waits in the shop, unless it is said otherwise. */
  @Column({ type: 'boolean', name: 'waiting_by_default' })
  waitingByDefault: boolean;

  @Column({ type: 'smallint', name: 'prescription_valid_months' })
  prescriptionValidMonths: number;

  @Column({ type: 'text', name: 'jurisdiction' })
  jurisdiction: 'none' | 'EG' | 'US';

  /** Purchase orders of a higher total are approved by another user; null: none needs it. Decimal text. */
  @Column({ type: 'numeric', precision: 14, scale: 3, name: 'purchase_approval_limit', nullable: true })
  purchaseApprovalLimit: string | null;

  /** Share that may be received above an order. Decimal text, 0 to 1. */
  @Column({ type: 'numeric', precision: 4, scale: 3, name: 'over_receipt_tolerance' })
  overReceiptTolerance: string;

  /** Share by which a line of a supplier's invoice may differ from the price ordered. Decimal text, 0 to 1. */
  @Column({ type: 'numeric', precision: 4, scale: 3, name: 'invoice_price_tolerance' })
  invoicePriceTolerance: string;

  /** Share of the times between two orders that a product is to be there until the next. Decimal text, 0.5 to 0.999. */
  @Column({ type: 'numeric', precision: 4, scale: 3, name: 'service_level' })
  serviceLevel: string;

  @Column({ type: 'boolean', name: 'active' })
  active: boolean;

  @Column({ type: 'integer', name: 'version' })
  version: number;
}
