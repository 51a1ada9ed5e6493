import { useTranslation } from 'react-i18next';
import { Ltr } from '../../ui/ltr';
import { QuantityIn } from '../shared/unit-text';

/** An amount of a limit with its unit: base units of a product, or mg of an ingredient. */
export function AmountOfLimit({ amount, unit }: { amount: string | null; unit: string }) {
  const { t } = useTranslation();
  if (amount === null) return t('common.none');
  return unit === 'mg' ? <Ltr>{`${amount} mg`}</Ltr> : <QuantityIn value={amount} unit={unit} />;
}
