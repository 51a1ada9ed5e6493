import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { PostedSale } from '../../api/types';
import { currentLanguage } from '../../i18n/i18n';
import { formatMoney } from '../../ui/money.domain';
import { useUnitName } from '../shared/unit-text';
import { type Cart, cartBorne, lineTotal } from '../till/cart.domain';
import type { BasketPrice } from '../till/use-basket-price';
import { openTillChannel, type Shown } from './display-channel';

/** Shows the basket to the customer, and what was paid until the next one begins. */
export function useCustomerDisplay(
  branchId: number,
  cart: Cart,
  { priced, total }: Pick<BasketPrice, 'priced' | 'total'>,
  lastSale: PostedSale | undefined,
): void {
  const { t } = useTranslation();
  const nameOfUnit = useUnitName();
  const shown: Shown = {
    lines: cart.lines.map((line, index) => {
      const total = priced?.items[index]?.lineTotal ?? formatMoney(lineTotal(line, cart));
      if (line.kind === 'fill')
        // What was prescribed is nobody else's business: the next customer sees the display too.
        return { id: line.id, name: t('till.prescriptionLine'), quantity: '1', unit: '', total };
      const unit =
        line.unit === 'unit' ? nameOfUnit(line.drug.baseUnit, line.quantity) : t(`unit.${line.unit}`);
      return { id: line.id, name: line.drug.name, quantity: line.quantity, unit, total };
    }),
    total: formatMoney(total - cartBorne(cart)),
    ...(cart.lines.length === 0 && lastSale
      ? { paid: { total: lastSale.total, change: lastSale.change } }
      : {}),
  };
  const latest = useRef(shown);
  const channel = useRef<{ show: () => void; close: () => void }>(undefined);
  const text = JSON.stringify(shown);
  useEffect(() => {
    const opened = openTillChannel(branchId, () => ({ shown: latest.current, language: currentLanguage() }));
    channel.current = opened;
    return () => {
      latest.current = { lines: [], total: '0.00' };
      opened.show();
      opened.close();
    };
  }, [branchId]);
  useEffect(() => {
    latest.current = JSON.parse(text) as Shown;
    channel.current?.show();
  }, [text]);
}
