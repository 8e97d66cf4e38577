/** The command: usage, errors of its arguments. */
export const cli = {
  'cli.usage': `Usage: podpath trace [-f FILE]… [options] URL
       podpath trace --batch < questions.jsonl
       podpath check [options] FILE…
       podpath test [options] FILE…

FILE is a file of manifests, a folder, or - for standard input.

trace shows the path that one request takes through the cluster that the manifests describe.

  -f, --file FILE      manifests
      --from WHO       external (default), an IP address, pod/NS/NAME, deployment/NS/NAME or node/NAME
  -X, --request VERB   HTTP method, GET if not given
  -H, --header LINE    request header, as in curl
      --connect-to HOST:PORT   connect there instead of the URL's host
  -L, --location       follow redirects
  -k, --insecure       do not check certificates
      --partial        the manifests are a part of a cluster: assume what they presuppose
      --through        what becomes of it through each Ingress controller instead, and what differs
      --json           one JSON object instead of text
      --batch          JSON Lines in, JSON Lines out

Exit code: 0 delivered, 1 fails, 3 depends on an assumption, 2 wrong usage.

check says what is wrong, why, which request fails because of it, and the smallest fix. In the app, the page that explains a
finding is the app's address with #failures/CODE behind it.

      --format WORD    text (default), json, sarif or junit
      --fail-on WORD   error (default) or warning
      --complete       the manifests are the whole cluster: assume nothing that they presuppose

Exit code: 0 no error, 1 some, 2 wrong usage. The annotation podpath.dev/ignore: "CODE: REASON" leaves a finding as it is.

test sends the requests that a Scenario saves (spec.requests) and compares them with what they expect.

      --format WORD    text (default), json or junit
      --partial        the manifests are a part of a cluster: assume what they presuppose

Exit code: 0 all expectations hold, 1 some fail, 2 wrong usage.`,
  'cli.unknown-command': 'There is no command `{command}`. Try `podpath trace --help`.',
  'cli.unknown-option': 'There is no option `{option}`.',
  'cli.value-missing': 'The option `{option}` needs a value.',
  'cli.batch-alone': '`--batch` takes manifests and requests from standard input only.',
  'cli.url-missing': 'Which URL? Example: `podpath trace -f shop.yaml https://shop.example.com/`.',
  'cli.one-url': 'One URL at a time, please. Given: `{urls}`.',
  'cli.through.none': 'The request meets no Ingress controller, so there is none to compare with others.',
  'cli.through.runs': '(runs here)',
  'cli.through.same': 'The answer is the same.',
  'cli.file-unreadable': 'The file `{file}` cannot be read: {reason}.',
  'cli.folder-empty': 'The folder `{folder}` holds no `.yaml`, `.yml` or `.json` file.',
  'cli.files-missing': 'Which files? Example: `podpath {command} manifests/`.',
  'cli.format': '`--format` takes one of: {allowed}.',
  'cli.fail-on': '`--fail-on` takes `error` or `warning`.',
  'cli.from-unreadable': '`{from}` names no client. Use external, an IP address, `pod/NS/NAME`, `deployment/NS/NAME` or `node/NAME`.',
  'cli.question-unreadable': 'Line {line} is not a JSON object.',
  'cli.question-misfit': 'Line {line}: the value of `{path}` is not of the right type.',

  'cli.check.also': 'also',
  'cli.check.fails': 'fails',
  'cli.check.affects': 'affects',
  'cli.check.fix': 'fix',
  'cli.check.cure': 'cure',
  'cli.check.used-by': 'used by',
  'cli.check.confirm': 'confirm',
  'cli.check.rule': 'rule',
  'cli.check.page': 'page',
  'cli.check.after': 'After this, {arrive} of {of|saved request does|saved requests do} what is wanted.',
  'cli.check.suppressed': '(left as it is: {reason})',
  'cli.check.total': '{errors|error|errors}, {warnings|warning|warnings}, {notes|note|notes}, {suppressed} left as they are.',

  'cli.test.passed': 'passed',
  'cli.test.failed': 'failed',
  'cli.test.total': '{passed} passed, {failed} failed',
  'cli.test.none': 'No Scenario in these files saves a request.',
  'cli.test.sender': 'Nobody is there to send it: {why}',
  'cli.expect.value': '`{key}` is {got}, and {wanted} is expected.',
  'cli.expect.unknown': '`{key}` is no word of an expectation.',
  'cli.expect.form': '`{key}` of an expectation must be of this form: {form}.',
  'cli.expect.unsupported': 'The answer rests on what Podpath does not simulate: {what}.',
} as const;
