// Stands in for the toolkit's table of 1,100 endpoint methods (83 kB in the bundle): requests are made by path here.

/** A plugin that adds nothing. */
export function restEndpointMethods(): Readonly<Record<string, never>> {
  return {};
}
