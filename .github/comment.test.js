// The comment on a pull request, with a client that remembers what it is asked for.
'use strict';

const assert = require('node:assert/strict');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { test } = require('node:test');

const post = require('./comment.js');

const MARKER = '<!-- cargo xtask diff -->\n';
const BREAKING = `${MARKER}**semver: MAJOR, 1 breaking, 0 warnings, 0 additive**\n`;
const CLEAN = `${MARKER}**semver: NONE, 0 breaking, 0 warnings, 0 additive**\n`;
const BOT = { login: 'github-actions[bot]' };

const run = {
  head_sha: 'abc123',
  head_branch: 'feature',
  head_repository: { id: 7, owner: { login: 'someone' } },
  html_url: 'https://example.com/runs/1',
};
const pull = { number: 12, head: { sha: 'abc123', repo: { id: 7 } } };

/** Runs the script on a report and gives the calls that change something. */
async function calls({ report, pulls = [pull], comments = [], event = run, write }) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'comment-'));
  const file = path.join(folder, 'diff.md');
  const made = [];
  const record = (name) => async (options) => made.push([name, options]);
  const github = {
    rest: {
      pulls: { list: 'pulls' },
      issues: {
        listComments: 'comments',
        createComment: record('create'),
        updateComment: record('update'),
        deleteComment: record('delete'),
      },
    },
    paginate: async (list, options) => {
      assert.equal(options.owner, 'owner');
      if (list === 'pulls') {
        assert.equal(options.head, 'someone:feature');
        assert.equal(options.state, 'open');
        return pulls;
      }
      assert.equal(list, 'comments');
      assert.equal(options.issue_number, 12);
      return comments;
    },
  };
  const context = { repo: { owner: 'owner', repo: 'repo' }, payload: { workflow_run: event } };
  try {
    (write ?? ((at) => fs.writeFileSync(at, report)))(file);
    await post({ github, context, core: { info() {} }, report: file });
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
  return made;
}

test('the first report becomes a comment that says which commit it is about', async () => {
  const made = await calls({ report: BREAKING });
  assert.equal(made.length, 1);
  const [name, { issue_number, body }] = made[0];
  assert.deepEqual([name, issue_number], ['create', 12]);
  assert.ok(body.startsWith(BREAKING.trimEnd()));
  assert.ok(body.endsWith('[This run](https://example.com/runs/1) says so of abc123.\n'));
});

test('a later report takes the place of the comment and of every double', async () => {
  const comments = [
    { id: 1, user: { login: 'reader' }, body: `${MARKER}quoted` },
    { id: 2, user: BOT, body: `${MARKER}old` },
    { id: 3, user: BOT, body: 'of another workflow' },
    { id: 4, user: BOT, body: `${MARKER}double` },
    { id: 5, user: null, body: null },
  ];
  const made = await calls({ report: BREAKING, comments });
  assert.deepEqual(
    made.map(([name, { comment_id }]) => [name, comment_id]),
    [['update', 2], ['delete', 4]],
  );
});

test('a report that says the same changes nothing', async () => {
  const [[, { body }]] = await calls({ report: BREAKING });
  assert.deepEqual(await calls({ report: BREAKING, comments: [{ id: 2, user: BOT, body }] }), []);
});

test('a clean report takes the comment away and leaves none', async () => {
  assert.deepEqual(await calls({ report: CLEAN }), []);
  const comments = [{ id: 2, user: BOT, body: `${MARKER}old` }, { id: 4, user: BOT, body: `${MARKER}double` }];
  const made = await calls({ report: CLEAN, comments });
  assert.deepEqual(made.map(([name, { comment_id }]) => [name, comment_id]), [['delete', 2], ['delete', 4]]);
});

test('only the pull request that ends with the commit of the run gets a comment', async () => {
  const others = [
    { number: 1, head: { sha: 'older', repo: { id: 7 } } },
    { number: 2, head: { sha: 'abc123', repo: { id: 8 } } },
    { number: 3, head: { sha: 'abc123', repo: null } },
  ];
  assert.deepEqual(await calls({ report: BREAKING, pulls: others }), []);
  assert.equal((await calls({ report: BREAKING, pulls: [...others, pull] })).length, 1);
  const gone = { ...run, head_repository: null };
  assert.deepEqual(await calls({ report: BREAKING, event: gone }), []);
});

test('nobody is called by a report', async () => {
  const [[, { body }]] = await calls({ report: `${BREAKING}@everyone and \`@team/all\`\n` });
  assert.ok(!/@\w/.test(body));
});

test('what is no report is refused and posts nothing', async () => {
  const refuse = (options, reason) => assert.rejects(calls(options), reason);
  await refuse({ report: '' }, /does not begin/);
  await refuse({ report: `hello\n${BREAKING}` }, /does not begin/);
  await refuse({ report: BREAKING + 'x'.repeat(65_536) }, /at most 65536 bytes/);
  await refuse({ report: BREAKING + '@'.repeat(40_000) }, /more than 65536 characters/);
  await refuse({ report: Buffer.concat([Buffer.from(BREAKING), Buffer.from([0xff])]) }, /not valid/);
  await refuse({ write() {} }, /ENOENT/);
  await refuse({ write: (file) => fs.mkdirSync(file) }, /no file/);
  await refuse({ write: (file) => fs.symlinkSync('/etc/hostname', file) }, /ELOOP/);
});
