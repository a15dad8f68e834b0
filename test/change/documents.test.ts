// Knobs in YAML, JSON and jsonnet: manifests, Helm values, templates of clouds, Compose, Serverless.
import { expect, test } from 'vitest';
import { facts } from './diff.ts';

const DEPLOYMENT = ' apiVersion: apps/v1\n kind: Deployment\n metadata:\n   name: web\n spec:\n';

test.each([
  ['Helm values', 'charts/orders/values.yaml', ' image: x\n-replicaCount: 3\n+replicaCount: 12', ['replicas replicaCount:2 3 → 12 ×4 up']],
  ['deep maps with the same leaf', 'config/prod.yaml', ' hub:\n   resources:\n     limits:\n       memory: 1Gi\n web:\n   resources:\n     limits:\n-      memory: 1Gi\n+      memory: 2Gi',
    ['memory-limit web.resources.limits.memory:8 1Gi → 2Gi ×2 up']],
  ['a knob removed', 'd.yaml', `${DEPLOYMENT}-  replicas: 3\n   paused: false`, ['replicas spec.replicas:6 3 → null removed']],
  ['containers by name', 'd.yaml', `${DEPLOYMENT}   template:\n     spec:\n       containers:\n       - name: app\n         resources:\n           limits:\n-            memory: 256Mi\n+            memory: 256M\n-            cpu: 4000m\n+            cpu: 4`,
    ['memory-limit spec.template.spec.containers[app].resources.limits.memory:12 256Mi → 256M ×0.9537 down']],
  ['environment and arguments', 'd.yaml', `${DEPLOYMENT}   template:\n     env:\n     - name: WEB_CONCURRENCY\n-      value: "2"\n+      value: "4"\n+    - name: DB_POOL_SIZE\n+      value: "20"\n     args:\n-    - --workers=2\n+    - --workers=8`,
    ['workers spec.template.env[WEB_CONCURRENCY].value:9 2 → 4 ×2 up', 'workers spec.template.args[0].workers:13 2 → 8 ×4 up', 'pool-size spec.template.env[DB_POOL_SIZE].value:11 null → 20 added']],
  ['an Argo application\'s parameters', 'apps/x.yaml', ' spec:\n   parameters:\n   - name: replicaCount\n-    value: "2"\n+    value: "4"', ['replicas spec.parameters[replicaCount].value:4 2 → 4 ×2 up']],
  ['a JSON patch', 'k/kustomization.yaml', ' patches:\n - patch: |-\n     - op: replace\n       path: /spec/replicas\n-      value: 2\n+      value: 5', ['replicas patches[0].patch[/spec/replicas].value:5 2 → 5 ×2.5 up']],
  ['kustomize\'s replicas', 'k/kustomization.yaml', ' replicas:\n - name: web\n-  count: 2\n+  count: 5', ['replicas replicas[web].count:3 2 → 5 ×2.5 up']],
  ['flow maps', 'values.yaml', ' resources:\n-  limits: {cpu: 100m, memory: 128Mi}\n+  limits: {cpu: 200m, memory: 128Mi}', ['cpu-limit resources.limits.cpu:2 100m → 200m ×2 up']],
  ['anchors', 'values.yaml', ' a:\n-  replicas: &r 2\n+  replicas: &r 3\n b:\n   replicas: *r', ['replicas a.replicas:2 2 → 3 ×1.5 up']],
  ['a template\'s default', 'charts/x/templates/d.yaml', ' spec:\n   {{- if .Values.a }}\n-  replicas: {{ .Values.replicas | default 2 }}\n+  replicas: {{ .Values.replicas | default 3 }}\n   {{- end }}',
    ['replicas spec.replicas:3 {{ .Values.replicas | default 2 }} → {{ .Values.replicas | default 3 }} ×1.5 up']],
  ['an autoscaler', 'hpa.yaml', ' kind: HorizontalPodAutoscaler\n spec:\n-  minReplicas: 2\n+  minReplicas: 0\n-  maxReplicas: 10\n+  maxReplicas: 30', ['autoscaler-min spec.minReplicas:3 2 → 0 ×0 down', 'autoscaler-max spec.maxReplicas:4 10 → 30 ×3 up']],
  ['resources added to what exists', 'values.yaml', ' web:\n   image: x\n+  resources:\n+    limits:\n+      cpu: 1', ['cpu-limit web.resources.limits.cpu:5 null → 1 added']],
  ['a substituted capacity', 'ks.yaml', ' spec:\n   postBuild:\n     substitute:\n-      APP_CAPACITY: 5Gi\n+      APP_CAPACITY: 10Gi', ['volume-size spec.postBuild.substitute.APP_CAPACITY:4 5Gi → 10Gi ×2 up']],
  ['from zero', 'values.yaml', '-replicas: 0\n+replicas: 2', ['replicas replicas:1 0 → 2 up']],
  ['a quota', 'q.yaml', ' kind: ResourceQuota\n spec:\n   hard:\n-    pods: "50"\n+    pods: "100"', ['quota-count spec.hard.pods:4 50 → 100 ×2 up']],
  ['a topic\'s partitions', 't.yaml', ' kind: KafkaTopic\n spec:\n-  partitions: 3\n+  partitions: 12', ['partitions spec.partitions:3 3 → 12 ×4 up']],
  ['a JVM\'s heap', 'values.yaml', ' env:\n-  JAVA_OPTS: "-Xms1g -Xmx2g"\n+  JAVA_OPTS: "-Xms1g -Xmx4g -XX:+X"', ['heap env.JAVA_OPTS:2 -Xmx2g → -Xmx4g ×2 up']],
  ['settings in a text', 'values.yaml', ' conf: |\n-  max_connections = 100\n+  max_connections = 200 # more', ['pool-size conf.max_connections:2 100 → 200 ×2 up']],
  ['CloudFormation', 'cf/template.yaml', ' Resources:\n   DB:\n     Type: AWS::RDS::DBInstance\n     Properties:\n-      DBInstanceClass: db.t3.medium\n+      DBInstanceClass: db.m5.large', ['database-class Resources.DB.Properties.DBInstanceClass:5 db.t3.medium → db.m5.large ×2 up']],
  ['CloudFormation in JSON', 'cf/template.json', ' {\n "Resources": {\n   "Svc": {\n     "Type": "AWS::ECS::Service",\n     "Properties": {\n-      "DesiredCount": 2,\n+      "DesiredCount": 4,\n       "X": 1\n } } } }', ['replicas Resources.Svc.Properties.DesiredCount:6 2 → 4 ×2 up']],
  ['a template\'s parameter', 'cf/template.yaml', ' Parameters:\n   InstanceType:\n-    Default: t3.small\n+    Default: t3.large', ['instance-type Parameters.InstanceType.Default:3 t3.small → t3.large ×4 up']],
  ['Pulumi', 'Pulumi.yaml', ' resources:\n   web:\n     type: aws:ec2:Instance\n     properties:\n-      instanceType: t3.micro\n+      instanceType: t3.large', ['instance-type resources.web.properties.instanceType:5 t3.micro → t3.large ×8 up']],
  ['Serverless', 'serverless.yml', ' functions:\n   hello:\n-    memorySize: 128\n+    memorySize: 256\n+    reservedConcurrency: 5', ['function-memory functions.hello.memorySize:3 128 → 256 ×2 up', 'function-concurrency functions.hello.reservedConcurrency:4 null → 5 added']],
  ['Compose', 'docker-compose.yml', ' services:\n   web:\n     deploy:\n-      replicas: 2\n+      replicas: 4\n       resources:\n         limits:\n-          cpus: \'0.50\'\n+          cpus: \'1\'\n   db:\n-    mem_limit: 512m\n+    mem_limit: 1g', ['replicas services.web.deploy.replicas:4 2 → 4 ×2 up', 'cpu-limit services.web.deploy.resources.limits.cpus:7 0.50 → 1 ×2 up', 'memory-limit services.db.mem_limit:9 512m → 1g ×2 up']],
  ['jsonnet', 'lib/x.libsonnet', ' {\n   _config+:: {\n-    replicas: 2,\n+    replicas: 4,\n   },\n }', ['replicas _config.replicas:3 2 → 4 ×2 up']],
  ['a task definition', 'task-definition.json', ' {\n-  "cpu": "256",\n+  "cpu": "512",\n   "containerDefinitions": [ { "name": "app" } ]\n }', ['task-cpu cpu:2 256 → 512 ×2 up']],
])('%s', (_name, path, lines, expected) => expect(facts(path, lines)).toEqual(expected));

test.each([
  ['body, page, retries, retention, weight, surge, logs', 'values.yaml', '-proxyBodySize: 8m\n+proxyBodySize: 64m\n-pageSize: 10\n+pageSize: 20\n-retries: 3\n+retries: 5\n-retention: 7d\n+retention: 14d\n-weight: 10\n+weight: 50\n-maxSurge: 1\n+maxSurge: 2\n-logMaxSize: 10\n+logMaxSize: 20'],
  ['a number as text', 'values.yaml', '-replicas: "2"\n+replicas: 2'],
  ['another comment', 'values.yaml', '-replicas: 3 # was 2\n+replicas: 3 # was 4'],
  ['a commented knob', 'values.yaml', '-# replicas: 3\n+# replicas: 4'],
  ['one template for another', 'charts/x/templates/d.yaml', ' spec:\n-  replicas: {{ .Values.a }}\n+  replicas: {{ .Values.b }}'],
  ['a new document', 'd.yaml', ' kind: Service\n---\n+kind: Deployment\n+metadata:\n+  name: web\n+spec:\n+  replicas: 3'],
  ['a new container', 'd.yaml', `${DEPLOYMENT}   containers:\n   - name: app\n+  - name: sidecar\n+    resources:\n+      limits:\n+        cpu: 1`],
  ['a new Compose service', 'compose.yaml', ' services:\n   web:\n     image: x\n+  db:\n+    mem_limit: 1g'],
  ['a new workload in values', 'values.yaml', ' services:\n   web:\n     image: x\n+  api:\n+    image: y\n+    resources:\n+      limits:\n+        cpu: 1'],
  ['a CI workflow', '.github/workflows/x.yml', '-replicas: 1\n+replicas: 2'],
  ['a CRD\'s schema', 'x.yaml', ' kind: CustomResourceDefinition\n spec:\n-  replicas: 1\n+  replicas: 2'],
  ['an engine\'s version', 'values.yaml', '-engineVersion: 13\n+engineVersion: 14'],
])('no fact: %s', (_name, path, lines) => expect(facts(path, lines)).toEqual([]));
