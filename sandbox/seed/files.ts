// The files of the sandbox's repository before any pull request: two services, their databases, an autoscaler.

export const ORDERS_VALUES = `# The orders service
image:
  repository: registry.harbour.example/orders
  tag: 4.18.2
replicaCount: 4
resources:
  requests:
    cpu: 500m
    memory: 1Gi
  limits:
    cpu: "2"
    memory: 2Gi
service:
  port: 8080
`;

export const MAILER_DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: mailer
spec:
  replicas: 2
  selector:
    matchLabels:
      app: mailer
  template:
    metadata:
      labels:
        app: mailer
    spec:
      containers:
        - name: mailer
          image: registry.harbour.example/mailer:1.9.0
          resources:
            requests:
              cpu: 100m
              memory: 128Mi
            limits:
              memory: 256Mi
`;

export const DATABASES = `resource "aws_db_instance" "orders" {
  identifier        = "orders"
  engine            = "postgres"
  engine_version    = "13.20"
  instance_class    = "db.r6g.xlarge"
  allocated_storage = 200
  multi_az          = true
}

resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id = "sessions"
  description          = "Sessions of the checkout"
  node_type            = "cache.m6g.large"
  num_cache_clusters   = 2
}
`;

const CONFIG = `# How this repository argues for scale
version: 1
mode: enforce

scope:
  labels: [infrastructure, scaling]
  paths: [terraform/**]

services:
  orders: [charts/orders/**, terraform/**]
  mailer: [deploy/mailer.yaml]

sources:
  ops: { type: csv, url: metrics/ops.csv }

metrics:
  checkout_p95: { unit: ms, better: lower, kind: gauge, source: ops, query: checkout_p95 }
  error_rate: { unit: "%", better: lower, kind: gauge, source: ops, query: error_rate }
  orders_per_second: { unit: req/s, better: higher, kind: gauge, source: ops, query: orders_per_second }
`;

const SHARED_HYPOTHESIS = `# Sessions on their own nodes

Moving session reads to larger cache nodes cuts checkout latency at peak, because evictions send every third read to the orders database.

- checkout_p95 falls by 20% at peak
- guardrail: error_rate stays below 0.5%

Measure over 7 days, starting 1 day after deploy to production. My odds: 70%.
`;

/** Path → text on `main`. */
export const BASE_FILES: Readonly<Record<string, string>> = {
  '.github/yardstick.yml': CONFIG,
  'README.md': '# Platform\n\nHow Harbour runs its shop.\n',
  'charts/orders/values.yaml': ORDERS_VALUES,
  'deploy/mailer.yaml': MAILER_DEPLOYMENT,
  'docs/on-call.md': '# On call\n\nAsk the person on the rota first.\n',
  'hypotheses/session-cache.md': SHARED_HYPOTHESIS,
  'terraform/databases.tf': DATABASES,
  'terraform/versions.tf': 'terraform {\n  required_providers {\n    aws = {\n      source  = "hashicorp/aws"\n      version = "5.31.0"\n    }\n  }\n}\n',
};
