export function naive(domain: object, service: number): unknown;
export function movingAverage(domain: object, service: number): unknown;
export function meanOf90(domain: object, days: number): unknown;
export function forecast(domain: object, service: number, terms?: { seasons?: boolean }): unknown;
