import { createHash } from 'node:crypto';

import { Injectable } from '@nestjs/common';

import { Money } from '../../../platform/money/money.js';
import type { BranchSettings } from '../../auth/branches/branches.types.js';
import type { AfterSaleSettings } from '../../after-sale-settings/after-sale-settings.types.js';
import type { SaleDetail } from '../sales.types.js';
import type { EInvoice, EInvoicePort, EInvoiceScheme, InvoiceFacts } from './e-invoice.types.js';
import { eta } from './eta.domain.js';
import { zatca } from './zatca.domain.js';

const SCHEMES: Readonly<Record<EInvoiceScheme, EInvoicePort>> = {
  zatca,
  eta: eta((text) => createHash('sha256').update(text).digest('hex')),
};

/** What the authority of a branch asks to be on its receipts. */
@Injectable()
export class EInvoiceService {
  /** Undefined: the branch has no scheme. */
  of(
    sale: SaleDetail,
    branch: Pick<BranchSettings, 'name' | 'nameAr' | 'code' | 'currency'>,
    { eInvoice, taxNumber }: Pick<AfterSaleSettings, 'eInvoice' | 'taxNumber'>,
  ): EInvoice | undefined {
    if (eInvoice === 'none' || taxNumber === null) return undefined;
    return SCHEMES[eInvoice].make(factsOf(sale, branch, taxNumber));
  }
}

/** An amount without its sign: a return says itself that it is one. */
const positive = (text: string): string => {
  const amount = Money.of(text);
  return (amount.isNegative() ? amount.negated() : amount).toString();
};

function factsOf(
  sale: SaleDetail,
  branch: Pick<BranchSettings, 'name' | 'nameAr' | 'code' | 'currency'>,
  taxNumber: string,
): InvoiceFacts {
  return {
    kind: sale.saleType === 'sale' ? 'sale' : 'return',
    documentNumber: sale.saleNumber,
    issuedAt: new Date(sale.saleDate),
    sellerName: branch.nameAr ?? branch.name,
    taxNumber,
    branchCode: branch.code,
    currency: branch.currency,
    lines: sale.items.map((line) => ({
      code: String(line.drugId),
      description: line.description,
      quantity: line.unitQuantity.replace('-', ''),
      amount: positive(line.amount),
      discount: positive(line.discount),
      tax: positive(line.tax),
      total: positive(line.lineTotal),
    })),
    discount: positive(sale.discountTotal),
    tax: positive(sale.taxTotal),
    total: positive(sale.total),
    isCash: sale.payments.every(({ method }) => method === 'cash'),
  };
}
