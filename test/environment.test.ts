// Which paths speak of production, and which of another place.
import { expect, test } from 'vitest';
import { placeOfPath } from '../src/environment.ts';

test.each<[path: string, isProduction: boolean]>([
  ['envs/staging/main.tf', false],
  ['deploy/overlays/dev/kustomization.yaml', false],
  ['env/dev.tfvars', false],
  ['charts/orders/values-staging.yaml', false],
  ['config/orders.qa.yml', false],
  ['namespaces/orders-dev/resources/rds.tf', false],
  ['docker-compose.local.yml', false],
  ['terraform/production/main.tf', true],
  ['charts/orders/values.yaml', true],
  ['charts/orders/values-prod.yaml', true],
  ['terraform/locals.tf', true],
  ['terraform/local.tf', true],
  ['services/device-registry/main.tf', true],
  ['latest/main.tf', true],
  ['dev-tools/values.yaml', true],
  ['envs/dev/production/main.tf', true],
  ['clusters/non-prod/main.tf', false],
  ['env/dev.auto.tfvars', false],
])('%s is production: %s', (path, isProduction) => {
  expect(placeOfPath(path) !== 'other').toBe(isProduction);
});
