// Where classes stand, and how far apart.
import { expect, test } from 'vitest';
import { classFactor, parseClass } from '../../src/change/ladder.ts';

test.each([
  ['t3.medium', 't3.large', 2],
  ['t3.nano', 't3.micro', 2],
  ['m5.large', 'm5.2xlarge', 4],
  ['m5.xlarge', 'm5.12xlarge', 12],
  ['m4.large', 'm5.large', 1],
  ['m4.large', 'c5.xlarge', 2],
  ['db.r5.large', 'db.r6g.4xlarge', 8],
  ['cache.t3.micro', 'cache.t3.small', 2],
  ['m5.large.search', 'm5.xlarge.search', 2],
  ['kafka.m5.large', 'kafka.m5.xlarge', 2],
  ['m5.24xlarge', 'm5.metal', null],
  ['n1-standard-4', 'n1-standard-8', 2],
  ['n1-standard-4', 'n2-highmem-8', 2],
  ['e2-small', 'e2-medium', 2],
  ['db-custom-2-7680', 'db-custom-4-15360', 2],
  ['Standard_D2s_v3', 'Standard_D4s_v3', 2],
  ['Standard_D4ads_v5', 'Standard_D4pds_v7', 1],
  ['GP_Gen5_2', 'GP_Gen5_8', 4],
  ['P1v2', 'P2v2', 2],
  ['S1', 'S3', 5],
  ['small', 'large', 4],
  ['standard-1x', 'standard-2x', 2],
  ['t3.micro', 'Standard_D2s_v3', null],
] as const)('%s → %s is × %s', (from, to, factor) => {
  const [before, after] = [parseClass(from), parseClass(to)];
  expect(before !== null && after !== null ? classFactor(before, after) : 'unknown').toBe(factor);
});

test.each([['var.type'], ['large-ish'], ['Standard_LRS'], ['gp3'], [''], ['5'], ['a'.repeat(60)]])('%j is no class', (text) => expect(parseClass(text)).toBeNull());
