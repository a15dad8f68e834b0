// The one GraphQL query: a change, its conversation, the issues it closes, the configuration of its base.

/** Comments are asked for from both ends: our own is nearly always among the first hundred, commands among the last. */
const COMMENT = 'author{login __typename} viewerDidAuthor editor{login __typename} databaseId createdAt body';

/** Whether somebody belongs to a team; `members` searches, so that the login has to be compared. */
export const MEMBERSHIP_QUERY = 'query Membership($org:String!,$slug:String!,$login:String!){organization(login:$org){team(slug:$slug){members(query:$login,first:100){nodes{login}}}}}';

export const CHANGE_QUERY = `query Change($owner:String!,$repo:String!,$number:Int!,$expression:String!){
viewer{login}
repository(owner:$owner,name:$repo){visibility defaultBranchRef{name}
object(expression:$expression){__typename ... on Blob{text isBinary isTruncated byteSize}}
pullRequest(number:$number){number title body state isDraft changedFiles baseRefName baseRefOid headRefName headRefOid
author{login __typename} commits(last:1){nodes{commit{committedDate}}} headRepository{name owner{login}}
labels(first:100){nodes{name}} timelineItems(itemTypes:[LABELED_EVENT],last:100){nodes{... on LabeledEvent{actor{login __typename} label{name}}}}
head:comments(first:100){totalCount nodes{${COMMENT}}}
tail:comments(last:100){nodes{${COMMENT}}}
closingIssuesReferences(first:20){nodes{number title body state repository{nameWithOwner} labels(first:50){nodes{name}}}}
}}}`;
