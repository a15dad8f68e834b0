// What `init` writes: the smallest workflow and configuration that do something useful.

export const starterWorkflow = `name: Yardstick
on:
  # Runs the workflow of the default branch and checks out nothing of the pull request: safe on forks.
  pull_request_target:
    types: [opened, reopened, synchronize, edited, labeled, unlabeled, ready_for_review, converted_to_draft, closed]
  merge_group:
permissions: { contents: read, pull-requests: write, issues: write, deployments: read }
# Never true: a cancelled run of the same commit would leave a required check red.
concurrency: { group: 'yardstick-\${{ github.event.pull_request.number || github.ref }}', cancel-in-progress: false }
jobs:
  yardstick: # this job is the check: its name must never change
    runs-on: ubuntu-latest
    steps: [{ uses: yardstick/yardstick@v1 }]
`;

export const starterConfig = `# Yardstick: which changes are asked for a hypothesis, and what a hypothesis may measure.
# Every option is told by: yardstick schema
version: 1

# observe says nothing, advise never blocks, enforce does. Begin with advise.
mode: advise

scope:
  labels: [infrastructure, scaling]
  # Besides what the diff scales, everything under these paths counts:
  # paths: [terraform/**]

# Name what your hypotheses measure, so that "p95(checkout) falls by 30%" can be checked:
# sources:
#   prometheus:
#     type: prometheus
#     url: https://prometheus.example.com
# metrics:
#   checkout_p95:
#     unit: ms
#     better: lower
#     source: prometheus
#     query: job:checkout:p95
`;
