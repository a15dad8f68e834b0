// What the App asks GitHub for: the same as app.yml, which is not in the image.

/** Permission → level. Three writes, and nothing that is not used. */
export const PERMISSIONS: Readonly<Record<string, 'read' | 'write'>> = {
  checks: 'write', pull_requests: 'write', issues: 'write', contents: 'read', deployments: 'read', merge_queues: 'read', metadata: 'read',
};

export const EVENTS: readonly string[] = ['check_run', 'check_suite', 'deployment_status', 'installation_target', 'issue_comment', 'issues', 'merge_group', 'pull_request', 'push', 'release', 'repository'];
