import { registerRefusals } from '../../platform/errors/database-errors.js';
import { NotFound } from '../../platform/errors/domain-error.js';

registerRefusals({ lost_sales_drug_id_fkey: () => new NotFound('drug') });
