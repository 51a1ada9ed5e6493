import { useTranslation } from 'react-i18next';
import { useSession } from '../../session/session';

/** Sign of the branch's currency as the interface's language writes it ("EGP", "ج.م."); empty without a branch. */
export function useCurrency(): string {
  const { i18n } = useTranslation();
  const currency = useSession().branch?.currency;
  if (currency === undefined) return '';
  const parts = new Intl.NumberFormat(i18n.language, { style: 'currency', currency }).formatToParts(0);
  return parts.find((part) => part.type === 'currency')?.value ?? currency;
}
