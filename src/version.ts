// The version of the package: in one place for every host, since a bundle has no package.json beside it. A test holds it to package.json.

export const version = '0.1.0';
