import { join } from 'node:path';

import { Module } from '@nestjs/common';

import { readConfig } from '../../platform/config/config.js';
import { SalesModule } from '../sales/sales.module.js';
import { PrintDispatchService, PRINTS_FOLDER } from './print-dispatch.service.js';
import { PrintJobsController, ReceiptPrintersController } from './receipt-printing.controller.js';
import { ReceiptPrintingRepository } from './receipt-printing.repository.js';
import { ReceiptPrintingService } from './receipt-printing.service.js';

/** Receipt printers and their queue. */
@Module({
  imports: [SalesModule],
  controllers: [ReceiptPrintersController, PrintJobsController],
  providers: [
    ReceiptPrintingRepository,
    ReceiptPrintingService,
    PrintDispatchService,
    { provide: PRINTS_FOLDER, useFactory: () => join(readConfig().home, 'prints') },
  ],
})
export class ReceiptPrintingModule {}
