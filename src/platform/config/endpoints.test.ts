import { expect, it } from 'vitest';

import { endpointText, parseEndpoints } from './endpoints.js';

it.each([
  ['db', ['db:5432']],
  ['::1', ['[::1]:5432']],
  ['/run/postgresql', ['/run/postgresql:5432']],
  ['a:1, b.example:65535 ,[fe80::1]:7,[::1]', ['a:1', 'b.example:65535', '[fe80::1]:7', '[::1]:5432']],
])('reads %s', (text, expected) => {
  expect(parseEndpoints(text, 5432)?.map(endpointText)).toEqual(expected);
});

it.each([
  '',
  'a,',
  'a:0',
  'a:65536',
  'a:b',
  'fe80::1]:7',
  'a b',
  'http://a',
  'a,a:5432',
  'a,b,c,d,e,f,g,h,i',
])('refuses %j', (text) => {
  expect(parseEndpoints(text, 5432)).toBeUndefined();
});
