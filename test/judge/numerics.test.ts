// The numbers against SciPy 1.10's.
import { expect, test } from 'vitest';
import { betaCdf, studentCdf } from '../../src/judge/numerics/beta.ts';
import { gammaCdf, logGamma } from '../../src/judge/numerics/gamma.ts';

/** Ten digits, in the tails too. */
function agrees(ours: number, theirs: number): void {
  expect(Math.abs(ours / theirs - 1)).toBeLessThan(1e-10);
}

test.each([
  [-2.5, 3, 0.04385332350403277],
  [0.7, 1, 0.6944001122142147],
  [4, 30, 0.9998090771819581],
  [-40, 5, 9.205981085886476e-08],
  [0.001, 12.5, 0.5003910509030517],
] as const)('Student %d at %d degrees', (t, df, expected) => agrees(studentCdf(t, df), expected));

test.each([
  [0.5, 0.1, 0.34527915398142317],
  [3, 2.5, 0.45618688411667035],
  [10, 25, 0.9997785233617512],
  [120.5, 100, 0.025320257139642064],
  [0.5, 30, 0.9999999999999906],
] as const)('incomplete gamma %d %d', (a, x, expected) => agrees(gammaCdf(a, x), expected));

test.each([
  [0.3, 0.5, 0.5, 0.3690101195655454],
  [0.9, 12, 3, 0.8416400187133801],
  [0.02, 0.5, 40, 0.7949681349925075],
  [0.5, 200, 210, 0.6894852134273876],
] as const)('incomplete beta %d %d %d', (x, a, b, expected) => agrees(betaCdf(x, a, b), expected));

test.each([[0.5, 0.5723649429247], [1, 0], [10.3, 13.482036786138359], [1000, 5905.220423209181]] as const)('ln gamma %d', (x, expected) => expect(logGamma(x)).toBeCloseTo(expected, 9));
