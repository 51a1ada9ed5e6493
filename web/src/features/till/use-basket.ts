import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BarcodeAnswer, DrugDetail } from '../../api/types';
import { announce } from '../../ui/announcer';
import { todayLocal } from '../../ui/date-text';
import { beep } from '../../ui/scan/beep';
import { useScan } from '../../ui/scan/scan';
import { addDrug, type Cart, replaceDrug, type SaleUnit } from './cart.domain';
import { useBarcodeLookup, useDrugLookup } from './till-queries';

/** What became of the last scan or choice; colour, word and sound say the same. */
export interface ScanStatus {
  tone: 'ok' | 'stop' | 'neutral';
  text: string;
}

function unitOf(level: BarcodeAnswer['barcode']['packLevel']): SaleUnit {
  return level === 'case' ? 'pack' : level;
}

/** Puts products into the basket, by scan or by hand, and refuses what may not be sold over the counter. */
export function useBasket(change: (change: (cart: Cart) => Cart) => void): {
  status: ScanStatus | undefined;
  addById: (drugId: number, name: string) => void;
  lookUp: (code: string) => void;
  /** Puts one pack of another product in the place of one that stops. */
  replace: (drugId: number, by: { drugId: number; name: string }) => void;
} {
  const { t } = useTranslation();
  const [status, setStatus] = useState<ScanStatus>();
  const lookup = useBarcodeLookup();
  const drugLookup = useDrugLookup();

  function say(next: ScanStatus): void {
    setStatus(next);
    announce(next.text);
  }

  function refuse(text: string): void {
    beep('refused');
    say({ tone: 'stop', text });
  }

  function add(drug: DrugDetail, unit: SaleUnit, pack?: string): void {
    if (drug.rxOnly || drug.controlledSchedule !== null) return refuse(t('till.rxOnly', { name: drug.name }));
    change((cart) => addDrug(cart, drug, unit, pack));
    beep('ok');
    say({ tone: 'ok', text: t('till.added', { name: drug.name }) });
  }

  function addById(drugId: number, name: string): void {
    drugLookup.mutate(drugId, {
      onSuccess: (drug) => add(drug, 'pack'),
      onError: () => refuse(t('till.lookupFailed', { code: name })),
    });
  }

  function replace(drugId: number, by: { drugId: number; name: string }): void {
    drugLookup.mutate(by.drugId, {
      onSuccess: (drug) => {
        if (drug.rxOnly || drug.controlledSchedule !== null)
          return refuse(t('till.rxOnly', { name: drug.name }));
        change((cart) => replaceDrug(cart, drugId, drug));
        beep('ok');
        say({ tone: 'ok', text: t('till.replaced', { name: drug.name }) });
      },
      onError: () => refuse(t('till.lookupFailed', { code: by.name })),
    });
  }

  function lookUp(code: string): void {
    setStatus({ tone: 'neutral', text: t('till.lookingUp', { code }) });
    lookup.mutate(code, {
      onSuccess: (answer) => {
        if (answer.expiryDate && answer.expiryDate < todayLocal()) {
          return refuse(t('till.expiredPack', { name: answer.drug.name }));
        }
        add(answer.drug, unitOf(answer.barcode.packLevel), answer.serialNumber ? code : undefined);
      },
      onError: (problem) => {
        refuse(problem.status === 404 ? t('till.unknownCode', { code }) : t('till.lookupFailed', { code }));
      },
    });
  }

  useScan(lookUp);
  return { status, addById, lookUp, replace };
}
