// Units: spellings, conversions, and what must not convert.
import { expect, test } from 'vitest';
import { convert, parseUnit, renderQuantity } from '../../src/quantity/unit.ts';

test.each([
  ['ms', 'ms'], ['milliseconds', 'ms'], ['Seconds', 's'], ['%', '%'], ['percent', '%'], ['rps', 'req/s'], ['requests per second', 'req/s'], ['req/sec', 'req/s'], ['GiB', 'GiB'], ['Mi', 'MiB'],
  ['$', 'USD'], ['usd', 'USD'], ['USD/month', 'USD/month'], ['$ per mo', 'USD/month'], ['€/day', 'EUR/day'], ['connections', 'count'], ['vCPU', 'cores'],
])('%s is %s', (text, symbol) => {
  expect(parseUnit(text)?.symbol).toBe(symbol);
});

test.each(['', 'Mb', 'Gb', 'm', 'M', 'widgets', 'USD/widget', 'x'.repeat(100)])('"%s" is no unit', (text) => {
  expect(parseUnit(text)).toBeNull();
});

test.each([
  [0.3, 's', 'ms', 300], [300, 'ms', 's', 0.3], [2, 'GiB', 'MiB', 2048], [1, 'GB', 'MB', 1000], [120, 'req/min', 'rps', 2], [0.5, '%', 'ratio', 0.005], [30, 'USD/day', 'USD/month', 912.5], [1, 'MB/s', 'Mbit/s', 8],
  [5, 'odd/unit', 'odd/unit', 5], [1, 'ms', 'USD', null], [1, 'USD', 'EUR', null], [1, '%', 'count', null], [1, 'USD', 'USD/month', null],
])('%d %s in %s', (value, from, to, expected) => {
  expect(convert(value, from, to)).toBe(expected);
});

test.each([[300, 'ms', '300 ms'], [0.5, '%', '0.5%'], [200, 'USD/month', '$200/month'], [-30, 'USD', '−$30'], [-2, null, '−2']])('%d %s prints as %s', (value, unit, text) => {
  expect(renderQuantity(value, unit)).toBe(text);
});
