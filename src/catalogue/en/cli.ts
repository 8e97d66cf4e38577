/** The command: usage, errors of its arguments. */
export const cli = {
  'cli.usage': `Usage: podpath trace [-f FILE]… [options] URL
       podpath trace --batch < questions.jsonl

Shows the path that one request takes through the cluster that the manifests describe.

  -f, --file FILE      manifests: a file, a folder, or - for standard input
      --from WHO       external (default), an IP address, pod/NS/NAME, deployment/NS/NAME or node/NAME
  -X, --request VERB   HTTP method, GET if not given
  -H, --header LINE    request header, as in curl
      --connect-to HOST:PORT   connect there instead of the URL's host
  -L, --location       follow redirects
  -k, --insecure       do not check certificates
      --partial        the manifests are a part of a cluster: assume what they presuppose
      --json           one JSON object instead of text
      --batch          JSON Lines in, JSON Lines out

Exit code: 0 delivered, 1 fails, 3 depends on an assumption, 2 wrong usage.`,
  'cli.unknown-command': 'There is no command `{command}`. Try `podpath trace --help`.',
  'cli.unknown-option': 'There is no option `{option}`.',
  'cli.value-missing': 'The option `{option}` needs a value.',
  'cli.batch-alone': '`--batch` takes manifests and requests from standard input only.',
  'cli.url-missing': 'Which URL? Example: `podpath trace -f shop.yaml https://shop.example.com/`.',
  'cli.one-url': 'One URL at a time, please. Given: `{urls}`.',
  'cli.file-unreadable': 'The file `{file}` cannot be read: {reason}.',
  'cli.folder-empty': 'The folder `{folder}` holds no `.yaml`, `.yml` or `.json` file.',
  'cli.from-unreadable': '`{from}` names no client. Use external, an IP address, `pod/NS/NAME`, `deployment/NS/NAME` or `node/NAME`.',
  'cli.question-unreadable': 'Line {line} is not a JSON object.',
  'cli.question-misfit': 'Line {line}: the value of `{path}` is not of the right type.',
} as const;
