const TAG = `
  d.drug_id as "drugId", d.name, d.name_ar as "nameAr", d.strength, d.price::text as price, d.old_price::text as "oldPrice",
  d.price_effective_from as "priceEffectiveFrom", d.base_unit as "baseUnit", trim_scale(d.units_per_pack)::text as "unitsPerPack",
  (select c.code from reference.drug_barcodes c where c.drug_id = d.drug_id and c.pack_level = 'pack'
   order by c.kind = 'ean13' desc, c.kind = 'in_store', c.barcode_id limit 1) as barcode`;

/**
 * Products with a price to be tagged, by name; with neither day nor name, those in stock at the branch. Indexes: inventory_lots_fefo_idx,
 * idx_inventory_drug_expiry, drugs_name_prefix_idx.
 */
export const FIND_PAGE = `
select /* priceTags.page */ ${TAG}, count(*) over ()::integer as "rowTotal"
from reference.drugs d
where d.price > 0 and d.status <> 'recalled'
  and ($2::text is null or d.name_folded like '%' || $2 || '%' or d.name_ar like '%' || $7 || '%')
  and ($3::date is null or d.price_effective_from >= $3)
  and ($2::text is not null or exists (select from operational.inventory_lots l join operational.branches b using (branch_id)
    where l.branch_id = $1 and l.drug_id = d.drug_id and l.quantity > 0 and l.status = 'available'
      and ($4::date is null or (l.received_at at time zone b.time_zone)::date >= $4)))
order by d.name_folded, d.drug_id limit $5 offset $6`;

export const FIND_MANY = `select /* priceTags.many */ ${TAG} from reference.drugs d where d.drug_id = any ($1::integer[])`;
