import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

import { ReferenceModule } from '../../reference/reference.module.js';
import { OrdersController } from './orders/orders.controller.js';
import { OrdersRepository } from './orders/orders.repository.js';
import { OrdersService } from './orders/orders.service.js';
import './procurement.errors.js';
import { DeliveryReadingService } from './receiving/delivery-reading.service.js';
import { OrderReceivingService } from './receiving/order-receiving.service.js';
import { ReceiptsController } from './receiving/receipts.controller.js';
import { ReceiptsRepository } from './receiving/receipts.repository.js';
import { Supplier } from './supplier.entity.js';
import { SuppliersController } from './suppliers.controller.js';
import { SuppliersRepository } from './suppliers.repository.js';
import { SuppliersService } from './suppliers.service.js';

/** Suppliers, the orders to them and what they deliver. */
@Module({
  imports: [ReferenceModule, TypeOrmModule.forFeature([Supplier])],
  controllers: [SuppliersController, OrdersController, ReceiptsController],
  providers: [
    SuppliersRepository,
    SuppliersService,
    OrdersRepository,
    OrdersService,
    ReceiptsRepository,
    OrderReceivingService,
    DeliveryReadingService,
  ],
})
export class ProcurementModule {}
