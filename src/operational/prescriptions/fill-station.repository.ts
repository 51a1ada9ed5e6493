import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import type { FillStationView } from './fill-station.schemas.js';

type Station = z.output<typeof FillStationView>;

/** Scans of a fill in order. Index: fill_scans_fill_idx. */
const SCANS = `
select /* fillStation.scans */ s.scan_id::integer as "scanId", s.stage, s.result,
  case when l.lot_id is not null then jsonb_build_object('lotId', l.lot_id, 'lotNumber', l.lot_number, 'expiryDate', l.expiry_date) end as lot,
  s.bypass_reason as "bypassReason", s.bypass_note as "bypassNote", u.full_name as "userName", s.scanned_at as "scannedAt"
from operational.fill_scans s
join operational.users u using (user_id)
left join operational.inventory_lots l on l.lot_id = s.lot_id
where s.fill_id = $1 order by s.scan_id limit 200`;

/** What may be dispensed of the product of a fill, in the order it is. Indexes: inventory_lots_fefo_idx, stock_reservations_fill_idx, pack_serials_opened_idx. */
const SHELF = `
select /* fillStation.shelf */ l.lot_id as "lotId", l.lot_number as "lotNumber", l.expiry_date as "expiryDate", l.bin,
  trim_scale(coalesce(k.quantity, 0))::text as "quantityKept", trim_scale(l.quantity - l.quantity_reserved)::text as "quantityFree",
  case when o.serial is not null then jsonb_build_object('serial', o.serial, 'remaining', trim_scale(o.remaining)::text) end as "openedPack"
from operational.fills f
join operational.branches b using (branch_id)
join operational.inventory_lots l on l.branch_id = f.branch_id and l.drug_id = f.drug_id
left join (
  select r.lot_id, sum(r.quantity) as quantity from operational.stock_reservations r
  where r.fill_id = $1 and r.status = 'open' group by r.lot_id) k on k.lot_id = l.lot_id
left join lateral (
  select p.serial, p.remaining from operational.pack_serials p where p.lot_id = l.lot_id and p.status = 'opened' order by p.pack_serial_id limit 1) o on true
where f.fill_id = $1 and l.status = 'available' and l.quantity > 0
  and (l.expiry_date is null or l.expiry_date >= (now() at time zone b.time_zone)::date)
order by l.expiry_date nulls last, o.serial is null, l.received_at, l.lot_id limit 20`;

const LABELS_PRINTED = `
select /* fillStation.labelsPrinted */ count(*)::integer as count from operational.label_prints p where p.fill_id = $1`;

/** What a station shows beside the fill itself. */
@Injectable()
export class FillStationRepository {
  scans(tx: Tx, fillId: number): Promise<Station['scans']> {
    return tx.query(SCANS, [fillId]);
  }

  shelf(tx: Tx, fillId: number): Promise<Station['shelf']> {
    return tx.query(SHELF, [fillId]);
  }

  async labelsPrinted(tx: Tx, fillId: number): Promise<number> {
    return (await tx.one<{ count: number }>(LABELS_PRINTED, [fillId])).count;
  }
}
