import { dictionary } from '@zxcvbn-ts/language-common';

/**
 * Words every pharmacy suggests, which the list of the library (49,000 passwords that leaked most often) does not know. Lower
 * case, without spaces.
 */
const OF_PHARMACIES = `
pharmacy pharmacist medicine medicines medication prescription drugstore hospital clinic apothecary dispensary meditory
egypt cairo alexandria giza صيدلية صيدليه دواء روشتة مستشفى القاهرة مصر correcthorsebatterystaple thisismypassword
changemeplease letmeinplease pleaseletmein welcomewelcome iloveyouforever defaultpassword secretpassword newpassword
mypassword adminpassword rootpassword testpassword superadmin administrator
`
  .trim()
  .split(/\s+/);

let known: ReadonlySet<string> | undefined;

/** True for a password that every list begins with; `password` in lower case, without spaces. */
export function isCommonPassword(password: string): boolean {
  known ??= new Set([...dictionary['passwords-common'], ...OF_PHARMACIES]);
  return known.has(password);
}

/** How many there are. */
export const commonPasswordCount = (): number => dictionary['passwords-common'].length + OF_PHARMACIES.length;
