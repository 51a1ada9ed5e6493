/** How near a lot's expiry is: the bands a pharmacy works its short-dated stock by. */
export type ExpiryBand = 'none' | 'expired' | 'within30' | 'within60' | 'within90' | 'later';

/** Band of an expiry that is `days` away; undefined: no expiry stated. The day of expiry itself is still good. */
export function expiryBand(days: number | undefined): ExpiryBand {
  if (days === undefined) return 'none';
  if (days < 0) return 'expired';
  if (days <= 30) return 'within30';
  if (days <= 60) return 'within60';
  return days <= 90 ? 'within90' : 'later';
}
