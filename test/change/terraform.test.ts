// Knobs in Terraform, OpenTofu and Terragrunt files.
import { expect, test } from 'vitest';
import { facts, reading } from './diff.ts';

test.each([
  ['volumes and pools in tfvars', 'projects/a.tfvars', ' ebs_volumes = {\n   "home" = {\n-    size = 280 # in GB\n+    size = 300 # in GB\n   }\n }\n notebook_nodes = {\n   "small" : {\n-    max : 100,\n+    max : 10,\n   }\n }', ['storage ebs_volumes.home.size:3 280 → 300 ×1.071 up', 'node-max notebook_nodes.small.max:8 100 → 10 ×0.1 down']],
  ['a resource and its class', 't/rds.tf', ' resource "aws_db_instance" "orders" {\n-  instance_class = "db.r5.large"\n+  instance_class = "db.r5.4xlarge"\n }',
    ['database-class aws_db_instance.orders.instance_class:2 db.r5.large → db.r5.4xlarge ×8 up']],
  ['another family of the same size', 't/a.tf', ' resource "aws_instance" "web" {\n-  instance_type = "m4.large"\n+  instance_type = "m5.large" # newer\n }',
    ['instance-type aws_instance.web.instance_type:2 m4.large → m5.large ×1 changed']],
  ['a list of types and a nested block', 't/eks.tf', ' resource "aws_eks_node_group" "x" {\n-  instance_types = ["m5.large"]\n+  instance_types = ["m5.xlarge"]\n   scaling_config {\n-    max_size = 2\n+    max_size = 3\n   }\n }',
    ['instance-type aws_eks_node_group.x.instance_types[0]:2 m5.large → m5.xlarge ×2 up', 'node-max aws_eks_node_group.x.scaling_config.max_size:4 2 → 3 ×1.5 up']],
  ['the block named behind the range', 't/rds.tf', '@@ -10,3 +10,3 @@ resource "aws_db_instance" "orders" {\n   engine = "postgres"\n-  allocated_storage = 100\n+  allocated_storage = 200\n   x = 1',
    ['storage aws_db_instance.orders.allocated_storage:11 100 → 200 ×2 up']],
  ['a variable\'s default', 't/variables.tf', ' variable "instance_type" {\n-  default = "m5.large"\n+  default = "m5.xlarge"\n }',
    ['instance-type variable.instance_type.default:2 m5.large → m5.xlarge ×2 up']],
  ['a map per environment', 't/variables.tf', ' variable "replica_counts" {\n   default = {\n     dev  = 1\n-    prod = 3\n+    prod = 6\n   }\n }',
    ['replicas variable.replica_counts.default.prod:4 3 → 6 ×2 up']],
  ['a map whose values say what they are', 't/locals.tf', ' locals {\n   machines = {\n-    prod = "c5.large"\n+    prod = "c5.2xlarge"\n   }\n }',
    ['instance-type local.machines.prod:3 c5.large → c5.2xlarge ×4 up']],
  ['a size that says what it is', 't/prod.tfvars', '-orders_sku = "GP_Gen5_32"\n+orders_sku = "GP_Gen5_16"', ['database-class orders_sku:1 GP_Gen5_32 → GP_Gen5_16 ×0.5 down']],
  ['a block that is only re-aligned beside what goes', 't/es.tf', ' resource "aws_elasticsearch_domain" "x" {\n   cluster_config {\n-    instance_count         = 2\n-    dedicated_master_type  = "r6g.large.elasticsearch"\n+    instance_count = 2\n   }\n }', ['search-class aws_elasticsearch_domain.x.cluster_config.dedicated_master_type:4 r6g.large.elasticsearch → null removed']],
  ['tfvars', 't/prod.tfvars', '-desired_capacity = 3\n+desired_capacity = 6', ['node-count desired_capacity:1 3 → 6 ×2 up']],
  ['values inside yamlencode', 't/h.tf', ' resource "helm_release" "x" {\n   values = [yamlencode({\n-    replicaCount = 2\n+    replicaCount = 4\n   })]\n }',
    ['replicas helm_release.x.values.replicaCount:3 2 → 4 ×2 up']],
  ['values in a heredoc', 't/h.tf', ' resource "helm_release" "x" {\n   values = [<<-EOF\n     web:\n-      replicas: 2\n+      replicas: 4\n   EOF\n   ]\n }',
    ['replicas helm_release.x.values.web.replicas:4 2 → 4 ×2 up']],
  ['pairs of name and value', 't/h.tf', ' resource "helm_release" "x" {\n   set {\n     name  = "resources.limits.cpu"\n-    value = "500m"\n+    value = "1"\n   }\n }',
    ['cpu-limit helm_release.x.set[resources.limits.cpu].value:4 500m → 1 ×2 up']],
  ['sizes in a map of machines', 't/m.tf', ' module "machines" {\n   instances = {\n     "eu-1" = {\n       type    = "c5.large"\n-      storage = 1000\n+      storage = 2000\n     }\n   }\n }', ['storage module.machines.instances.eu-1.storage:5 1000 → 2000 ×2 up']],
  ['module inputs', 't/m.tf', ' module "rds" {\n-  db_allocated_storage = "10"\n+  db_allocated_storage = 20\n-  db_max_allocated_storage = 100\n+  db_max_allocated_storage = "100"\n }',
    ['storage module.rds.db_allocated_storage:2 10 → 20 ×2 up']],
  ['the literals of a condition', 't/a.tf', ' resource "aws_instance" "x" {\n-  count = var.prod ? 3 : 1\n+  count = var.prod ? 6 : 1\n }',
    ['instance-count aws_instance.x.count:2 var.prod ? 3 : 1 → var.prod ? 6 : 1 ×2 up']],
  ['a literal that becomes an expression', 't/a.tf', ' resource "aws_instance" "x" {\n-  instance_type = "t3.micro"\n+  instance_type = var.type\n }',
    ['instance-type aws_instance.x.instance_type:2 t3.micro → var.type changed']],
  ['a nested block added to what exists', 't/a.tf', ' resource "google_container_node_pool" "x" {\n   name = "a"\n+  autoscaling {\n+    max_node_count = 5\n+  }\n }',
    ['node-max google_container_node_pool.x.autoscaling.max_node_count:4 null → 5 added']],
  ['a database parameter', 't/p.tf', ' resource "aws_db_parameter_group" "x" {\n   parameter {\n     name  = "max_connections"\n-    value = "100"\n+    value = "200"\n   }\n }',
    ['pool-size aws_db_parameter_group.x.parameter[max_connections].value:4 100 → 200 ×2 up']],
])('%s', (_name, path, lines, expected) => expect(facts(path, lines)).toEqual(expected));

test.each([
  ['a count guard', '-  count = 0\n+  count = 1'],
  ['a count guard by a flag', '-  count = var.a ? 1 : 0\n+  count = var.b ? 1 : 0'],
  ['re-alignment', '-  instance_type = "t3.micro"\n+  instance_type     = "t3.micro"'],
  ['another comment', '-  instance_type = "t3.micro" # 2 GB\n+  instance_type = "t3.micro" # 4 GB'],
  ['another order of lines', '-  instance_type = "t3.micro"\n   ami = "x"\n+  instance_type = "t3.micro"'],
  ['one expression for another', '-  instance_type = var.a\n+  instance_type = var.b'],
])('no fact: %s', (_name, lines) => expect(facts('t/a.tf', ` resource "aws_instance" "x" {\n${lines}\n }`)).toEqual([]));

test.each([
  ['a new resource', ' # web\n+resource "aws_instance" "x" {\n+  instance_type = "t3.micro"\n+}'],
  ['a removed resource', ' # web\n-resource "aws_instance" "x" {\n-  instance_type = "t3.micro"\n-}'],
  ['a module that is switched off', ' module "read_replica" {\n   count = 0\n+  db_allocated_storage = 10\n }'],
  ['a new disk in a map', ' module "hub" {\n   persistent_disks = {\n     a = {\n       size = 10\n     }\n+    b = {\n+      size = 25\n+    }\n   }\n }'],
  ['a new machine in a map', ' locals {\n   pools = {\n+    gpu = {\n+      instance_type = "p3.2xlarge"\n+      max_size = 3\n+    }\n   }\n }'],
  ['an alarm', ' resource "aws_cloudwatch_metric_alarm" "x" {\n-  max_capacity = 3\n+  max_capacity = 4\n }'],
  ['engine and time-out', ' resource "aws_db_instance" "x" {\n-  engine_version = "13"\n+  engine_version = "14"\n-  backup_retention_period = 7\n+  backup_retention_period = 14\n }'],
])('no fact: %s', (_name, lines) => expect(facts('t/a.tf', lines)).toEqual([]));

test('a new autoscaler changes what ran before', () => {
  const lines = ' # web\n+resource "aws_appautoscaling_target" "web" {\n+  max_capacity = 8\n+}';
  expect(facts('t/a.tf', lines)).toEqual(['autoscaler-max aws_appautoscaling_target.web.max_capacity:3 null → 8 added']);
});

test.each([
  ['said false', 'apply_immediately = false', 'maintenance-window'],
  ['said true', 'apply_immediately = true', 'rollout'],
  ['unsaid', 'engine = "postgres"', 'maintenance-window'],
])('a database class takes effect: %s', (_name, line, timing) => {
  const lines = ` resource "aws_db_instance" "x" {\n-  instance_class = "db.t3.micro"\n+  instance_class = "db.t3.small"\n   ${line}\n }`;
  expect(reading('t/a.tf', lines).facts.map((fact) => fact.timing)).toEqual([timing]);
});
