import { describe, expect, it } from 'vitest';
import { renderText } from '../../catalogue/render.ts';
import { parseOrigin, readRequest } from './request.ts';
import type { RequestDraft } from './request-draft.ts';

const draft = (url: string, more: Partial<RequestDraft> = {}): RequestDraft => ({
  from: { kind: 'external', ip: '203.0.113.7' },
  method: 'GET',
  url,
  headers: [],
  connectTo: '',
  followRedirects: false,
  insecure: false,
  ...more,
});
const flowOf = (url: string, more: Partial<RequestDraft> = {}) => readRequest(draft(url, more)).flow;
const wordsOf = (url: string, more: Partial<RequestDraft> = {}) => readRequest(draft(url, more)).findings.map((finding) => renderText(finding.message));

describe('a URL', () => {
  it.each([
    ['http://Shop.Example.com', 'http', 'shop.example.com', 80, false, '/'],
    ['HTTPS://shop.example.com/a?b=c#d', 'https', 'shop.example.com', 443, false, '/a?b=c'],
    ['shop.example.com:8080/x', 'http', 'shop.example.com', 8080, true, '/x'],
    ['localhost', 'http', 'localhost', 80, false, '/'],
    ['api.shop.svc.cluster.local.', 'http', 'api.shop.svc.cluster.local.', 80, false, '/'],
    ['http://api?x=1', 'http', 'api', 80, false, '/?x=1'],
    ['http://[2001:DB8:0::1]:81/', 'http', '2001:db8::1', 81, true, '/'],
    ['http://a/b/../c//d/./%2e%2E/%41', 'http', 'a', 80, false, '/b/../c//d/./%2e%2E/%41'],
    ['https://bücher.example/', 'https', 'xn--bcher-kva.example', 443, false, '/'],
    ['http://münchen.日本.example/', 'http', 'xn--mnchen-3ya.xn--wgv71a.example', 80, false, '/'],
    ['tcp://db:5432', 'tcp', 'db', 5432, true, '/'],
    ['udp://dns:53', 'udp', 'dns', 53, true, '/'],
    ['sctp://s:38412', 'sctp', 's', 38412, true, '/'],
    ['tls://db', 'tls', 'db', 443, false, '/'],
    ['ping://api', 'icmp', 'api', 0, false, '/'],
    ['icmp://10.0.0.1', 'icmp', '10.0.0.1', 0, false, '/'],
    ['my_svc:80', 'http', 'my_svc', 80, true, '/'],
  ])('%s', (url, scheme, host, port, portGiven, path) => expect(flowOf(url)).toMatchObject({ scheme, host, port, portGiven, path }));

  it('of gRPC is a POST over HTTP/2', () => {
    expect(flowOf('grpc://api:9000/shop.Cart/Get')).toMatchObject({
      method: 'POST',
      scheme: 'http',
      httpVersion: 'h2c',
      headers: [['content-type', 'application/grpc']],
    });
    expect(flowOf('grpcs://api/shop.Cart/Get')).toMatchObject({ scheme: 'https', httpVersion: 'h2' });
  });

  it('of a WebSocket asks for the upgrade', () => {
    expect(flowOf('wss://api/live')?.headers).toEqual([
      ['connection', 'Upgrade'],
      ['upgrade', 'websocket'],
    ]);
  });

  it.each([
    ['', 'Type what to ask for, as in http://shop.example.com/.'],
    ['http://a b/', 'A URL has no spaces. Write them as %20: http://a%20b/.'],
    ['/cart', 'A host is missing, as in http://shop.example.com/cart.'],
    ['http://', 'A host is missing, as in http://shop.example.com/.'],
    ['http://a:0/', '0 is no port. A port is a number from 1 to 65535.'],
    ['http://a:99999/', '99999 is no port. A port is a number from 1 to 65535.'],
    ['http://a:http/', 'http is no port. A port is a number from 1 to 65535.'],
    ['http://::1/', 'An IPv6 address needs brackets in a URL: [::1].'],
    ['http://[nope]/', '[nope] cannot be a host name. It takes letters, digits, dashes and dots.'],
    ['http://-a/', '-a cannot be a host name. It takes letters, digits, dashes and dots.'],
    ['http://a..b/', 'a..b cannot be a host name. It takes letters, digits, dashes and dots.'],
    ['tcp://db', 'This scheme has no usual port. Say one, as in tcp://db:5432.'],
    ['constructor://a', 'The scheme constructor is not known. Use one of: '],
  ])('%j is answered with what to write instead', (url, words) => {
    expect(flowOf(url)).toBeNull();
    expect(wordsOf(url)[0]).toContain(words);
  });
});

describe('a request', () => {
  it('keeps headers as typed and sends only those that can be sent', () => {
    expect(
      flowOf('http://a', {
        headers: [
          ['X-Canary', ' always '],
          ['', 'x'],
        ],
      })?.headers,
    ).toEqual([['X-Canary', 'always']]);
    expect(wordsOf('http://a', { headers: [['X Canary', 'x']] })).toEqual(['X Canary cannot be sent as a header. A name is one word, a value is one line.']);
    expect(flowOf('http://a', { headers: [['X', 'a\r\nY: b']] })).toBeNull();
  });

  it('writes usual methods in capitals and refuses what is no method', () => {
    expect(flowOf('http://a', { method: 'post' })?.method).toBe('POST');
    expect(flowOf('http://a', { method: '' })?.method).toBe('GET');
    expect(wordsOf('http://a', { method: 'GET /' })).toEqual(['GET / is no HTTP method. A method is one word.']);
  });

  it.each([
    ['203.0.113.10:443', { kind: 'address', host: '203.0.113.10', port: 443 }],
    ['203.0.113.10', { kind: 'address', host: '203.0.113.10', port: 80 }],
    [':8080', { kind: 'address', host: 'a', port: 8080 }],
    ['[2001:db8::1]:443', { kind: 'address', host: '2001:db8::1', port: 443 }],
    ['2001:db8::1', { kind: 'address', host: '2001:db8::1', port: 80 }],
    ['::lb.example.com:444', { kind: 'address', host: 'lb.example.com', port: 444 }],
    ['a:80:b:81', { kind: 'address', host: 'b', port: 81 }],
    ['other:80:b:81', undefined],
    ['pod/shop/api-0:8080', { kind: 'pod', namespace: 'shop', name: 'api-0', port: 8080 }],
  ])('may connect to %s', (connectTo, expected) => expect(flowOf('http://a/', { connectTo })?.connectTo).toEqual(expected));

  it('that connects nowhere is refused', () => {
    expect(wordsOf('http://a/', { connectTo: 'b:x' })).toEqual(['b:x is no place to connect to. Write a host and a port, as in 203.0.113.10:443.']);
  });

  it('drops a user name and says so', () => {
    expect(flowOf('http://me:secret@a/')).toMatchObject({ host: 'a' });
    expect(wordsOf('http://me:secret@a/')).toEqual(['The user name in the URL changes nothing about the path, so it is left out.']);
  });
});

describe('an origin', () => {
  it.each([
    ['external', { kind: 'external', ip: '203.0.113.7' }],
    ['198.51.100.1', { kind: 'external', ip: '198.51.100.1' }],
    ['2001:DB8::1', { kind: 'external', ip: '2001:db8::1' }],
    ['external:198.51.100.1', { kind: 'external', ip: '198.51.100.1' }],
    ['pod/shop/api-0', { kind: 'pod', namespace: 'shop', name: 'api-0' }],
    ['pod:shop/api-0', { kind: 'pod', namespace: 'shop', name: 'api-0' }],
    ['pod/api-0', { kind: 'pod', namespace: 'default', name: 'api-0' }],
    ['node/node-a', { kind: 'node', name: 'node-a' }],
    ['deployment/shop/api', { kind: 'workload', workloadKind: 'Deployment', namespace: 'shop', name: 'api' }],
    ['sts/shop/db', { kind: 'workload', workloadKind: 'StatefulSet', namespace: 'shop', name: 'db' }],
    ['ds/agent', { kind: 'workload', workloadKind: 'DaemonSet', namespace: 'default', name: 'agent' }],
    ['service/shop/api', null],
    ['nobody', null],
    ['', null],
  ])('%s', (text, origin) => expect(parseOrigin(text)).toEqual(origin));
});
