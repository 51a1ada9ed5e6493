import { Injectable } from '@nestjs/common';

import { Shelf, type NamedProduct } from './look-alike.domain.js';

/** Names that look or sound alike, for the slices that know what is in stock. */
@Injectable()
export class LookAlikesService {
  /** A shelf with these products. */
  shelfOf(products: readonly NamedProduct[]): Shelf {
    return new Shelf(products);
  }
}
