import { useTranslation } from 'react-i18next';
import type { JournalAccount } from '../../api/types';

/** Number and name of an account in the language of the screen; its key where it is not known. */
export function useAccountName(accounts: readonly JournalAccount[]): (key: string) => string {
  const { i18n } = useTranslation();
  const byKey = new Map(accounts.map((account) => [account.accountKey, account]));
  return (key) => {
    const account = byKey.get(key);
    if (!account) return key;
    return i18n.language === 'ar' ? account.nameAr : account.name;
  };
}
