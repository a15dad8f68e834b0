// The operations of GitHub's REST API that Yardstick and its sandbox use; the fixture holds these and no others.

export const OPERATIONS: readonly string[] = [
  'GET /user', 'GET /installation/repositories', 'GET /app', 'GET /app/installations', 'POST /app/installations/{installation_id}/access_tokens',
  'GET /app/hook/config', 'GET /app/hook/deliveries', 'GET /app/hook/deliveries/{delivery_id}', 'POST /app/hook/deliveries/{delivery_id}/attempts',
  'GET /repos/{owner}/{repo}', 'GET /repos/{owner}/{repo}/contents/{path}', 'GET /repos/{owner}/{repo}/compare/{basehead}', 'GET /repos/{owner}/{repo}/collaborators/{username}/permission',
  'GET /repos/{owner}/{repo}/pulls', 'GET /repos/{owner}/{repo}/pulls/{pull_number}', 'GET /repos/{owner}/{repo}/pulls/{pull_number}/files', 'PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge',
  'GET /repos/{owner}/{repo}/issues', 'POST /repos/{owner}/{repo}/issues', 'PATCH /repos/{owner}/{repo}/issues/{issue_number}', 'PUT /repos/{owner}/{repo}/issues/{issue_number}/lock', 'DELETE /repos/{owner}/{repo}/issues/{issue_number}/lock',
  'GET /repos/{owner}/{repo}/issues/{issue_number}', 'GET /repos/{owner}/{repo}/issues/{issue_number}/timeline',
  'GET /repos/{owner}/{repo}/issues/{issue_number}/comments', 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments',
  'GET /repos/{owner}/{repo}/issues/comments/{comment_id}', 'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', 'DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}',
  'POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions', 'GET /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions', 'DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions/{reaction_id}',
  'POST /repos/{owner}/{repo}/labels', 'PATCH /repos/{owner}/{repo}/labels/{name}', 'GET /repos/{owner}/{repo}/labels/{name}', 'GET /repos/{owner}/{repo}/labels',
  'GET /repos/{owner}/{repo}/issues/{issue_number}/labels', 'POST /repos/{owner}/{repo}/issues/{issue_number}/labels', 'DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}',
  'GET /repos/{owner}/{repo}/commits', 'GET /repos/{owner}/{repo}/commits/{ref}', 'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls', 'GET /repos/{owner}/{repo}/commits/{ref}/status', 'GET /repos/{owner}/{repo}/commits/{ref}/statuses',
  'POST /repos/{owner}/{repo}/statuses/{sha}', 'GET /repos/{owner}/{repo}/commits/{ref}/check-runs', 'POST /repos/{owner}/{repo}/check-runs', 'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}',
  'GET /repos/{owner}/{repo}/check-runs/{check_run_id}', 'POST /repos/{owner}/{repo}/check-runs/{check_run_id}/rerequest', 'POST /repos/{owner}/{repo}/check-suites/{check_suite_id}/rerequest',
  'GET /repos/{owner}/{repo}/deployments', 'POST /repos/{owner}/{repo}/deployments', 'GET /repos/{owner}/{repo}/deployments/{deployment_id}/statuses', 'POST /repos/{owner}/{repo}/deployments/{deployment_id}/statuses',
  'GET /repos/{owner}/{repo}/releases', 'POST /repos/{owner}/{repo}/releases',
  'GET /repos/{owner}/{repo}/actions/runs', 'GET /repos/{owner}/{repo}/actions/runs/{run_id}/jobs', 'GET /repos/{owner}/{repo}/actions/jobs/{job_id}', 'POST /repos/{owner}/{repo}/actions/jobs/{job_id}/rerun', 'POST /repos/{owner}/{repo}/actions/runs/{run_id}/rerun', 'POST /repos/{owner}/{repo}/actions/runs/{run_id}/rerun-failed-jobs',
  'GET /repos/{owner}/{repo}/actions/artifacts', 'GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts', 'GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}',
];
