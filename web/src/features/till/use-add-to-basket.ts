import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { asProblem } from '../../api/problem';
import type { DrugDetail, DrugHit } from '../../api/types';
import { useSession } from '../../session/session';
import { formatMoney } from '../../ui/money.domain';
import { toastDone, toastRefused } from '../../ui/toasts';
import { addDrug, cartTotal } from './cart.domain';
import { useCart } from './cart-store';

interface AddToBasket {
  /** Whether this user could sell the product over the counter at all. */
  mayAdd: (drug: DrugHit) => boolean;
  add: (drug: DrugHit) => void;
}

/** Puts a pack into the till's basket from anywhere; prescription-only products are refused as at the till. */
export function useAddToBasket(): AddToBasket {
  const { t } = useTranslation();
  const { can, branch } = useSession();
  const [, change] = useCart(branch?.branchId ?? 0, branch?.currencyDecimals ?? 2);
  const mayAdd = (drug: DrugHit) =>
    can('Sell') && branch !== undefined && !drug.rxOnly && drug.status === 'active';

  async function addPack(drugId: number): Promise<void> {
    const drug = await api.get<DrugDetail>(`/drugs/${drugId}`);
    if (drug.rxOnly || drug.controlledSchedule !== null) {
      return toastRefused(t('errors.prescription-required'), drug.name);
    }
    change((before) => {
      const next = addDrug(before, drug, 'pack');
      toastDone(t('palette.inBasket', { name: drug.name, total: formatMoney(cartTotal(next)) }));
      return next;
    });
  }

  function add(hit: DrugHit): void {
    addPack(hit.drugId).catch((error: unknown) => {
      toastRefused(t('palette.notInBasket', { name: hit.name }), asProblem(error));
    });
  }

  return { mayAdd, add };
}
