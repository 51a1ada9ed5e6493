import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PostedSale } from '../../api/types';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { useScan } from '../../ui/scan/scan';
import { workstationPrinter } from '../after-sale/workstation-printer';
import { PrinterNotice } from '../after-sale/printer-notice';
import { useCustomerDisplay } from '../customer-display/use-customer-display';
import { usePrint } from '../shared/print';
import type { Cart } from '../till/cart.domain';
import { useBasketPrice } from '../till/use-basket-price';
import { HeldDialog } from './held-dialog';

interface TillPapersProps {
  /** The till does not wait for it: it comes a moment after. */
  opened: boolean;
  branchId: number;
  cart: Cart;
  change: (change: (cart: Cart) => Cart) => void;
  patientId: number | undefined;
  lastSale: PostedSale | undefined;
  onClosed: () => void;
}

/** The number of a receipt or of a quotation, as their barcodes say it. */
const DOCUMENT = /^([SQ])\d{9}$/i;

/** What a till does around a sale: hold and resume, take back by the receipt, sell a quotation, print, show the customer. */
export function TillPapers({ branchId, cart, change, patientId, lastSale, onClosed }: TillPapersProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [isOpen, setIsOpen] = useState(false);
  const { printReceipt } = usePrint();
  useCustomerDisplay(branchId, cart, useBasketPrice(cart, patientId), lastSale);

  // A receipt of the workstation's printer comes by itself, once for each sale.
  const printed = useRef(lastSale?.saleId);
  const saleId = lastSale?.saleId;
  useEffect(() => {
    if (saleId === undefined || printed.current === saleId) return;
    printed.current = saleId;
    if (workstationPrinter()?.prints === 'always') printReceipt(saleId);
  }, [saleId, printReceipt]);

  useScan(
    (code) => {
      const number = code.toUpperCase();
      if (number.startsWith('S')) void navigate({ to: '/return', search: { q: number } });
      else void navigate({ to: '/quotations', search: { q: number } });
    },
    { takes: (code) => DOCUMENT.test(code) },
  );

  function close(): void {
    setIsOpen(false);
    onClosed();
  }

  return (
    <>
      <PrinterNotice opened={workstationPrinter() !== undefined} />
      <KeyButton
        combo="F7"
        label={t(cart.lines.length > 0 ? 'held.hold' : 'held.title')}
        variant="default"
        onPress={() => setIsOpen(true)}
      />
      <HeldDialog
        opened={isOpen}
        cart={cart}
        patientId={patientId}
        change={change}
        onResumed={(patient, fillIds) => {
          close();
          void navigate({
            to: '/till',
            search: { patientId: patient, fillId: fillIds.length > 0 ? fillIds : undefined },
            replace: true,
          });
        }}
        onClose={close}
      />
    </>
  );
}
