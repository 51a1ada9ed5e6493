import {
  IconArrowBackUp,
  IconBarcode,
  IconChartLine,
  IconScan,
  IconFileInvoice,
  IconListNumbers,
  IconReportAnalytics,
  IconScale,
  IconShoppingCart,
  IconTags,
  IconTruckDelivery,
  IconTruckReturn,
  type TablerIcon,
} from '@tabler/icons-react';
import type { Permission } from '../session/permissions';

/** The screens of stock beside the list of lots, for the rail and the palette. Not in the first load: they travel with the rail's part. */
export const STOCK_SCREENS = [
  { id: 'counts', to: '/inventory/counts', icon: IconListNumbers, permission: 'CountStock' },
  { id: 'transfers', to: '/inventory/transfers', icon: IconTruckDelivery, permission: 'ReadInventory' },
  { id: 'recalls', to: '/inventory/recalls', icon: IconArrowBackUp, permission: 'ReadInventory' },
  { id: 'packs', to: '/inventory/packs', icon: IconBarcode, permission: 'ReadInventory' },
  { id: 'corrections', to: '/inventory/corrections', icon: IconScale, permission: 'ReadInventory' },
  { id: 'invoices', to: '/inventory/invoices', icon: IconFileInvoice, permission: 'ReadProcurement' },
  { id: 'returns', to: '/inventory/returns', icon: IconTruckReturn, permission: 'ReadProcurement' },
  { id: 'purchasing', to: '/purchasing', icon: IconShoppingCart, permission: 'ReadProcurement' },
  {
    id: 'replenishment',
    to: '/inventory/replenishment',
    icon: IconChartLine,
    permission: 'ReadInventory',
  },
  { id: 'stockReports', to: '/inventory/reports', icon: IconReportAnalytics, permission: 'ReadReports' },
  { id: 'tags', to: '/inventory/tags', icon: IconTags, permission: 'ReadInventory' },
  { id: 'scanner', to: '/inventory/scanner', icon: IconScan, permission: 'ReadInventory' },
] as const satisfies readonly { id: string; to: string; icon: TablerIcon; permission: Permission }[];
