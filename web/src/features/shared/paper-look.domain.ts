/** How a picture is looked at: how many times its place it is wide, and how many quarters it is turned to the right. */
export interface Look {
  readonly zoom: number;
  readonly quarters: 0 | 1 | 2 | 3;
}

/** Steps of zoom: the whole width of the page, up to reading a single line. */
const ZOOMS = [0.5, 0.75, 1, 1.5, 2, 3, 4] as const;

const step = (look: Look, by: 1 | -1): Look => {
  const at = ZOOMS.findIndex((zoom) => zoom === look.zoom);
  return { ...look, zoom: ZOOMS[at + by] ?? look.zoom };
};

export const larger = (look: Look): Look => step(look, 1);
export const smaller = (look: Look): Look => step(look, -1);
export const turned = (look: Look): Look => ({
  ...look,
  quarters: ((look.quarters + 1) % 4) as Look['quarters'],
});

/** Pixels of a picture before it is turned, and of the box it fills afterwards. */
export interface Place {
  readonly width: number;
  readonly height: number;
  readonly boxWidth: number;
  readonly boxHeight: number;
}

/** Lays a picture out so that, turned, it is `available` pixels wide times the zoom. */
export function placed(size: { width: number; height: number }, available: number, look: Look): Place {
  const isSideways = look.quarters % 2 === 1;
  const scale = (available * look.zoom) / Math.max(1, isSideways ? size.height : size.width);
  const [width, height] = [size.width * scale, size.height * scale];
  return isSideways
    ? { width, height, boxWidth: height, boxHeight: width }
    : { width, height, boxWidth: width, boxHeight: height };
}
