// Every GraphQL query: a change with all that the gate needs, the dashboard, comments by id, whole conversations.
import { DASHBOARD_LABEL } from '../report/dashboard-label.ts';

/** Comments are asked for from both ends: our own is nearly always among the first hundred, commands among the last. */
const COMMENT = 'id author{login __typename} viewerDidAuthor editor{login __typename} lastEditedAt databaseId createdAt body';
const REVISIONS = 'userContentEdits(first:100){nodes{editor{login __typename} editedAt diff}}';
/** A commit has one check, so whoever else ends with it counts. Those that moved last, since one that is told of now is among them. */
const OPEN_HEADS = 'pullRequests(states:[OPEN],first:100,orderBy:{field:UPDATED_AT,direction:DESC}){totalCount nodes{number headRefOid}}';
const DASHBOARD = `issues(labels:[${JSON.stringify(DASHBOARD_LABEL.name)}],states:[OPEN],first:3,orderBy:{field:CREATED_AT,direction:ASC}){nodes{number body author{login __typename} viewerDidAuthor editor{login __typename}}}`;

/** Whether somebody belongs to a team; `members` searches, so that the login has to be compared. */
export const MEMBERSHIP_QUERY = 'query Membership($org:String!,$slug:String!,$login:String!){organization(login:$org){team(slug:$slug){members(query:$login,first:100){nodes{login}}}}}';

export const CHANGE_QUERY = changeQuery(DASHBOARD);
/** For a token that may not read issues: their refusal would take the whole answer with it. */
export const CHANGE_QUERY_WITHOUT_ISSUES = changeQuery('');

function changeQuery(dashboard: string): string {
  return `query Change($owner:String!,$repo:String!,$number:Int!,$expression:String!){
viewer{login}
repository(owner:$owner,name:$repo){visibility defaultBranchRef{name}
object(expression:$expression){__typename ... on Blob{text isBinary isTruncated byteSize}}
${dashboard}
${OPEN_HEADS}
pullRequest(number:$number){number title body state isDraft changedFiles baseRefName baseRefOid headRefName headRefOid
mergedAt mergedBy{login __typename} mergeCommit{oid}
author{login __typename} commits(last:1){nodes{commit{committedDate}}} headRepository{name owner{login}}
labels(first:100){nodes{name}} timelineItems(itemTypes:[LABELED_EVENT],last:100){nodes{... on LabeledEvent{actor{login __typename} label{name}}}}
head:comments(first:100){totalCount nodes{${COMMENT}}}
tail:comments(last:100){nodes{${COMMENT}}}
closingIssuesReferences(first:20){nodes{number title body state repository{nameWithOwner} labels(first:50){nodes{name}}}}
}}}`;
}

export const DASHBOARD_QUERY = `query Dashboard($owner:String!,$repo:String!){
viewer{login}
repository(owner:$owner,name:$repo){${DASHBOARD}}}`;

export const COMMENTS_QUERY = `query Comments($ids:[ID!]!){
viewer{login}
nodes(ids:$ids){... on IssueComment{${COMMENT} repository{nameWithOwner}}}}`;

export const REVISIONS_QUERY = `query Revisions($ids:[ID!]!){
viewer{login}
nodes(ids:$ids){... on IssueComment{id repository{nameWithOwner} ${REVISIONS}}}}`;

export const APPROVAL_QUERY = `query Approval($owner:String!,$repo:String!,$number:Int!){
viewer{login}
repository(owner:$owner,name:$repo){pullRequest(number:$number){body reviews(states:[APPROVED],last:1){nodes{submittedAt author{login __typename}}} ${REVISIONS}}}}`;

export const FIRST_COMMENTS_QUERY = conversationQuery('first:100,after:$cursor');
export const LAST_COMMENTS_QUERY = conversationQuery('last:100,before:$cursor');

function conversationQuery(page: string): string {
  const part = `{locked comments(${page}){totalCount pageInfo{startCursor endCursor} nodes{${COMMENT}}}}`;
  return `query Conversation($owner:String!,$repo:String!,$number:Int!,$cursor:String){
viewer{login}
repository(owner:$owner,name:$repo){issueOrPullRequest(number:$number){__typename ... on Issue${part} ... on PullRequest${part}}}}`;
}
