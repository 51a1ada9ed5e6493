import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import type { AfterSaleSettings } from './after-sale-settings.types.js';

const FIND = `
select /* afterSaleSettings.find */ held_basket_hours as "heldBasketHours", quotation_days as "quotationDays", quotation_keeps_prices as "quotationKeepsPrices",
  credit_note_days as "creditNoteDays", e_invoice as "eInvoice", tax_number as "taxNumber", version
from operational.after_sale_settings where branch_id = $1`;

/** Version 0 makes the row, a later one changes it; nothing happens where somebody was faster. */
const SAVE = `
insert /* afterSaleSettings.save */ into operational.after_sale_settings as s
  (branch_id, held_basket_hours, quotation_days, quotation_keeps_prices, credit_note_days, e_invoice, tax_number)
values ($1, $3, $4, $5, $6, $7, $8)
on conflict (branch_id) do update set held_basket_hours = excluded.held_basket_hours, quotation_days = excluded.quotation_days,
  quotation_keeps_prices = excluded.quotation_keeps_prices, credit_note_days = excluded.credit_note_days, e_invoice = excluded.e_invoice,
  tax_number = excluded.tax_number, version = s.version + 1
where s.version = $2`;

@Injectable()
export class AfterSaleSettingsRepository {
  find(tx: Tx, branchId: number): Promise<AfterSaleSettings | undefined> {
    return tx.maybeOne<AfterSaleSettings>(FIND, [branchId]);
  }

  /** False: somebody else changed them meanwhile. */
  async save(tx: Tx, branchId: number, values: AfterSaleSettings): Promise<boolean> {
    const {
      version,
      heldBasketHours,
      quotationDays,
      quotationKeepsPrices,
      creditNoteDays,
      eInvoice,
      taxNumber,
    } = values;
    const row = [
      branchId,
      version,
      heldBasketHours,
      quotationDays,
      quotationKeepsPrices,
      creditNoteDays,
      eInvoice,
      taxNumber,
    ];
    return (await tx.execute(SAVE, row)) === 1;
  }
}
