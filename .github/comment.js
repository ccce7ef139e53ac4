// Keeps one comment on a pull request that says what its change to the document breaks: it is written once, brought up
// to date by every later run, and taken away when the document is as it was.
//
// The report comes from a run of the pull request's own code, so it is data that anyone may have written: it is bounded,
// it notifies nobody, and it does not choose where it goes. That is for the event to say.
'use strict';

const fs = require('node:fs');

// The first line of what `cargo xtask diff --format markdown` writes, and how the next one begins if nothing changed.
const MARKER = '<!-- cargo xtask diff -->';
const CLEAN = '**semver: NONE,';

// GitHub takes no longer comment.
const MOST = 65_536;

const AUTHOR = 'github-actions[bot]';

/** The report, or an error that says what is wrong with it. */
function read(path) {
  const file = fs.openSync(path, fs.constants.O_RDONLY | fs.constants.O_NOFOLLOW);
  try {
    const found = fs.fstatSync(file);
    if (!found.isFile() || found.size > MOST) {
      throw new Error(`the report is no file of at most ${MOST} bytes`);
    }
    const text = new TextDecoder('utf-8', { fatal: true }).decode(fs.readFileSync(file));
    if (!text.startsWith(`${MARKER}\n`)) {
      throw new Error('the report does not begin as `cargo xtask diff --format markdown` begins it');
    }
    return text;
  } finally {
    fs.closeSync(file);
  }
}

/** The open pull requests that the run was for: those whose branch ends with its commit. */
async function pulls(github, context, run) {
  if (!run.head_repository) {
    return [];
  }
  const open = await github.paginate(github.rest.pulls.list, {
    ...context.repo,
    state: 'open',
    head: `${run.head_repository.owner.login}:${run.head_branch}`,
    per_page: 100,
  });
  return open.filter(
    (pull) => pull.head.sha === run.head_sha && pull.head.repo?.id === run.head_repository.id,
  );
}

/** What the comment says; none where nothing changed. */
function comment(report, run) {
  if (report.slice(MARKER.length + 1).startsWith(CLEAN)) {
    return undefined;
  }
  // A space of no width after each `@` leaves it readable and calls nobody.
  const quiet = report.replaceAll('@', '@\u200b');
  const body = `${quiet.trimEnd()}\n\n[This run](${run.html_url}) says so of ${run.head_sha}.\n`;
  if (body.length > MOST) {
    throw new Error(`the comment has more than ${MOST} characters`);
  }
  return body;
}

/** Brings the comment of one pull request up to date. */
async function keep(github, context, number, body) {
  const all = await github.paginate(github.rest.issues.listComments, {
    ...context.repo,
    issue_number: number,
    per_page: 100,
  });
  const own = all.filter((one) => one.user?.login === AUTHOR && one.body?.startsWith(MARKER));
  const [first, ...rest] = body === undefined ? [undefined, ...own] : own;
  if (body !== undefined && first === undefined) {
    await github.rest.issues.createComment({ ...context.repo, issue_number: number, body });
  } else if (body !== undefined && first.body !== body) {
    await github.rest.issues.updateComment({ ...context.repo, comment_id: first.id, body });
  }
  for (const one of rest) {
    await github.rest.issues.deleteComment({ ...context.repo, comment_id: one.id });
  }
}

module.exports = async ({ github, context, core, report }) => {
  const run = context.payload.workflow_run;
  const body = comment(read(report), run);
  const found = await pulls(github, context, run);
  if (found.length === 0) {
    core.info(`no open pull request ends with ${run.head_sha}`);
  }
  for (const pull of found) {
    await keep(github, context, pull.number, body);
  }
};
