/** Products as selling needs them. $1 drug ids. Index: drugs_pkey. */
export const FIND_SELLABLE = `
select /* drugs.findSellable */ drug_id as "drugId", name, name_ar as "nameAr", strength, dosage_form as "dosageForm", status,
  price, price_ceiling as "priceCeiling", base_unit as "baseUnit", units_per_strip as "unitsPerStrip",
  units_per_pack as "unitsPerPack", rx_only as "rxOnly", controlled_schedule as "controlledSchedule"
from reference.drugs
where drug_id = any ($1::integer[])`;
