/** A stop, and when it was first raised. */
interface Raised {
  readonly stops: boolean;
  readonly raisedAt: string;
}

/** True for a stop that was raised while the prescription was entered: whoever entered it went on in spite of it. */
export function wasThereAtEntry(alert: Raised, prescription: { readonly createdAt: string }): boolean {
  return alert.stops && Date.parse(alert.raisedAt) <= Date.parse(prescription.createdAt);
}

/** True for a stop that this very fill was answered for: it need not be answered again at its next step. */
export function isAnsweredFor(
  alert: { readonly overrides: readonly { readonly fillId: number }[] },
  fillId: number,
): boolean {
  return alert.overrides.some((given) => given.fillId === fillId);
}
