/** Days of a new account in which it works without the second factor that its role asks for. */
export const DEFAULT_GRACE_DAYS = 14;

/** How long an account of this installation may work before its second factor is due. */
export class FactorGrace {
  constructor(readonly days: number) {}
}
