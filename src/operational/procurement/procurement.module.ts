import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

import { ReferenceModule } from '../../reference/reference.module.js';
import { ForecastRepository } from './forecast/forecast.repository.js';
import { ForecastService } from './forecast/forecast.service.js';
import { HistoriesJobService } from './forecast/histories-job.service.js';
import { HistoriesService } from './forecast/histories.service.js';
import { InvoicesController } from './invoices/invoices.controller.js';
import { InvoicesRepository } from './invoices/invoices.repository.js';
import { InvoicesService } from './invoices/invoices.service.js';
import { MailsController } from './mails/mails.controller.js';
import { MailsRepository } from './mails/mails.repository.js';
import { MailsService } from './mails/mails.service.js';
import { OrdersController } from './orders/orders.controller.js';
import { OrdersRepository } from './orders/orders.repository.js';
import { OrdersService } from './orders/orders.service.js';
import './procurement.errors.js';
import { DeliveryReadingService } from './receiving/delivery-reading.service.js';
import { OrderReceivingService } from './receiving/order-receiving.service.js';
import { RebalancingController } from './rebalancing/rebalancing.controller.js';
import { RebalancingRepository } from './rebalancing/rebalancing.repository.js';
import { RebalancingService } from './rebalancing/rebalancing.service.js';
import { ReceiptsController } from './receiving/receipts.controller.js';
import { ReceiptsRepository } from './receiving/receipts.repository.js';
import { ReorderController } from './reorder/reorder.controller.js';
import { ReorderRepository } from './reorder/reorder.repository.js';
import { ReorderService } from './reorder/reorder.service.js';
import { ReturnsController } from './returns/returns.controller.js';
import { ReturnsRepository } from './returns/returns.repository.js';
import { ReturnsService } from './returns/returns.service.js';
import { Supplier } from './supplier.entity.js';
import { SuppliersController } from './suppliers.controller.js';
import { SuppliersRepository } from './suppliers.repository.js';
import { SuppliersService } from './suppliers.service.js';

/** Suppliers, the orders to them, what they deliver, charge and take back. */
@Module({
  imports: [ReferenceModule, TypeOrmModule.forFeature([Supplier])],
  controllers: [
    SuppliersController,
    OrdersController,
    MailsController,
    ReceiptsController,
    InvoicesController,
    ReturnsController,
    ReorderController,
    RebalancingController,
  ],
  providers: [
    SuppliersRepository,
    SuppliersService,
    OrdersRepository,
    OrdersService,
    MailsRepository,
    MailsService,
    ReceiptsRepository,
    OrderReceivingService,
    DeliveryReadingService,
    InvoicesRepository,
    InvoicesService,
    ReturnsRepository,
    ReturnsService,
    ForecastRepository,
    ForecastService,
    HistoriesService,
    HistoriesJobService,
    ReorderRepository,
    ReorderService,
    RebalancingRepository,
    RebalancingService,
  ],
  exports: [ForecastService],
})
export class ProcurementModule {}
