import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { announce } from '../../ui/announcer';
import { todayLocal } from '../../ui/date-text';
import { formatMoney, priceOf, decimalOrZero } from '../../ui/money.domain';
import { beep } from '../../ui/scan/beep';
import { useScan } from '../../ui/scan/scan';
import { addDrug, baseUnits, type Cart, type SaleUnit, unitsOf } from '../till/cart.domain';
import type { ScanStatus } from '../till/use-basket';
import { readScan } from './offline-catalogue.domain';
import type { OfflineProduct } from './offline.types';
import { productRefusal } from './offline-sale.domain';
import type { OfflineCatalogue } from './offline-store';

interface OfflineBasket {
  status: ScanStatus | undefined;
  /** The next product is only to say its price. */
  isPriceCheck: boolean;
  togglePriceCheck: () => void;
  add: (product: OfflineProduct) => void;
  lookUp: (code: string) => void;
}

/** Puts products of the kept list into the basket, or says their prices; what is not sold without the server is refused with words. */
export function useOfflineBasket(
  { index, branch }: OfflineCatalogue,
  change: (change: (cart: Cart) => Cart) => void,
): OfflineBasket {
  const { t, i18n } = useTranslation();
  const [status, setStatus] = useState<ScanStatus>();
  const [isPriceCheck, setIsPriceCheck] = useState(false);

  function say(next: ScanStatus): void {
    beep(next.tone === 'stop' ? 'refused' : 'ok');
    setStatus(next);
    announce(next.text);
  }

  const nameOf = (product: OfflineProduct): string =>
    i18n.language === 'ar' ? (product.nameAr ?? product.name) : product.name;

  function sayPrice(product: OfflineProduct): void {
    const prices = unitsOf(product).map((unit) => {
      const price = priceOf(
        decimalOrZero(product.price),
        baseUnits(product, unit),
        decimalOrZero(product.unitsPerPack),
        branch.currencyDecimals,
      );
      return `${t(`unit.${unit}`)} ${formatMoney(price)}`;
    });
    say({ tone: 'ok', text: t('offline.price', { name: nameOf(product), prices: prices.join(' · ') }) });
  }

  function put(product: OfflineProduct, unit: SaleUnit, pack?: string): void {
    if (isPriceCheck) {
      setIsPriceCheck(false);
      return sayPrice(product);
    }
    const refusal = productRefusal(product);
    if (refusal !== undefined)
      return say({ tone: 'stop', text: t(`offline.refused.${refusal}`, { name: nameOf(product) }) });
    change((cart) => addDrug(cart, product, unit, pack));
    say({ tone: 'ok', text: t('till.added', { name: nameOf(product) }) });
  }

  function lookUp(code: string): void {
    const scan = readScan(code);
    const found = scan && index.byCode.get(scan.gtin);
    if (!scan || !found) return say({ tone: 'stop', text: t('offline.unknownCode', { code }) });
    if (scan.expiryDate !== undefined && scan.expiryDate < todayLocal())
      return say({ tone: 'stop', text: t('till.expiredPack', { name: nameOf(found.product) }) });
    put(found.product, found.unit, scan.hasSerial ? code : undefined);
  }

  useScan(lookUp);
  return {
    status: isPriceCheck ? { tone: 'neutral', text: t('offline.priceCheckReady') } : status,
    isPriceCheck,
    togglePriceCheck: () => setIsPriceCheck((before) => !before),
    add: (product) => put(product, 'pack'),
    lookUp,
  };
}
