// How an effect may come in, as a column whose mean over the window is 1.
import type { Blocks } from './blocks.ts';

/** The effect at a share `u` of the window (0 at its start, 1 at its end), up to a factor. */
export interface Shape {
  readonly name: string;
  readonly weight: number;
  readonly at: (u: number) => number;
}

export const step: Shape = { name: 'step', weight: 1, at: () => 1 };

/** Scaled to a mean of 1, so that the coefficient is the mean effect whatever the shape. */
export function shapeColumns(shapes: readonly Shape[], { values, before }: Blocks): Float64Array[] {
  const length = values.length - before;
  return shapes.map(({ at }) => {
    const heights = Array.from({ length }, (_, i) => at((i + 0.5) / length));
    const mean = heights.reduce((sum, height) => sum + height, 0) / length;
    return Float64Array.from({ length: values.length }, (_, i) => (i < before ? 0 : heights[i - before]! / mean));
  });
}
