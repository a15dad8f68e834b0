// A provider update by Dependabot, in a folder that is in scope by its path; rust-lang/simpleinfra sees them every week.
import type { PullSeed } from '../pull.ts';

export const DEPENDENCY_BOT: PullSeed = {
  slug: 'dependabot/terraform/hashicorp/aws-5.99.1',
  story: 'A dependency bot: exempt by its authenticated login.',
  title: 'Bump hashicorp/aws from 5.31.0 to 5.99.1 in /terraform',
  body: 'Bumps [hashicorp/aws](https://github.com/hashicorp/terraform-provider-aws) from 5.31.0 to 5.99.1.\n\nDependabot will resolve any conflicts with this PR as long as you do not alter it yourself.\n',
  author: 'dependabot[bot]',
  labels: ['dependencies'],
  files: { 'terraform/versions.tf': 'terraform {\n  required_providers {\n    aws = {\n      source  = "hashicorp/aws"\n      version = "5.99.1"\n    }\n  }\n}\n' },
  comments: [],
  expects: { verdict: 'pass', inScope: false, tier: 'none', says: /dependabot/, labels: ['dependencies'], comment: null },
};
