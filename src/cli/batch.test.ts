import { describe, expect, it } from 'vitest';
import { answerLines } from './batch.ts';

const manifests = `
apiVersion: v1
kind: Service
metadata: { name: api }
spec: { selector: { app: api }, ports: [{ port: 80 }] }
`;

/** Every answer, and whether all lines were questions. */
function ask(...lines: readonly string[]) {
  const answers = [...answerLines(lines.join('\n'))];
  return { answers: answers.map(({ answer }) => answer), understood: answers.every(({ isQuestion }) => isQuestion) };
}

describe('a line of --batch', () => {
  it('is answered in its place, also where its neighbours are broken', () => {
    const good = JSON.stringify({ id: 7, manifests, request: { url: 'http://api/', from: 'external' } });
    const { answers, understood } = ask('{', good, '', 'null');
    expect(answers.map(({ id }) => id)).toEqual([null, 7, null]);
    expect(answers[0]).toMatchObject({ diagnostics: [{ code: 'question', line: 1, message: 'Line 1 is not a JSON object.' }] });
    expect(answers[1]).toMatchObject({ unsupported: [], verdict: { kind: 'fails' } });
    expect(answers[2]).toMatchObject({ diagnostics: [{ line: 4 }] });
    expect(understood).toBe(false);
  });

  it.each(['5', 'null', '[]', '"x"', '{', 'NaN', '\0', '['.repeat(50_000)])('%.20s is no question', (line) => {
    expect(ask(line)).toMatchObject({ understood: false, answers: [{ diagnostics: [{ code: 'question', message: 'Line 1 is not a JSON object.' }] }] });
  });

  it.each([
    ['{"manifests":5}', 'manifests'],
    ['{"manifestFile":[]}', 'manifestFile'],
    ['{"request":"x"}', 'request'],
    ['{"request":{"from":{"deployment":5}}}', 'request.from.deployment'],
    ['{"request":{"from":5}}', 'request.from'],
    ['{"request":{"url":5}}', 'request.url'],
    ['{"request":{"headers":{"a":5}}}', 'request.headers.a'],
    ['{"request":{"headers":{"a":[1]}}}', 'request.headers.a'],
    ['{"request":{"to":{"port":"x"}}}', 'request.to.port'],
    ['{"environment":5}', 'environment'],
    ['{"environment":{"provider":"constructor"}}', 'environment.provider'],
    ['{"environment":{"controllers":"ab"}}', 'environment.controllers'],
    ['{"environment":{"controllers":{"mesh":5}}}', 'environment.controllers.mesh'],
    ['{"environment":{"kubeProxy":{"nodePortAddresses":[null]}}}', 'environment.kubeProxy.nodePortAddresses'],
  ])('%s says which value is wrong', (line, path) => {
    const message = `Line 1: the value of ${path} is not of the right type.`;
    expect(ask(line)).toMatchObject({ understood: false, answers: [{ diagnostics: [{ message }] }] });
  });

  it.each([
    '{}',
    '{"id":null,"manifests":null,"manifestFile":null,"environment":null,"request":null}',
    '{"request":{}}',
    '{"request":{"from":null,"url":"http://a/","headers":null,"connectTo":null,"sni":null}}',
    '{"request":{"from":{},"url":"http://a/"}}',
    '{"request":{"from":{"node":"__proto__"},"url":"http://__proto__/","headers":{"__proto__":"x"}}}',
    '{"request":{"to":{"pod":"a/b"}}}',
    '{"environment":{"controllers":{"__proto__":{},"constructor/x":{},"":{}}},"request":{"url":"http://a/"}}',
    '{"manifests":"\\u0000","request":{"url":"http://a/"},"unheard":"of"}',
  ])('%s is a question', (line) => {
    const { answers, understood } = ask(line);
    expect(understood).toBe(true);
    expect(answers[0]).toMatchObject({ apiVersion: 'podpath.dev/v1' });
  });

  it.each(['no/such.yaml', '\0', '/dev/null/x'])('with the file %j says that it cannot be read', (manifestFile) => {
    const { answers, understood } = ask(JSON.stringify({ id: 'x', manifestFile, request: { url: 'http://a/' } }));
    expect(understood).toBe(true);
    expect(answers[0]).toMatchObject({ id: 'x', diagnostics: [{ code: 'file', file: manifestFile }] });
  });
});

describe('a question without a request', () => {
  it('is answered with what controllers would write into each status', () => {
    const gateway = `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: public }
spec: { gatewayClassName: public, listeners: [{ name: http, port: 80, protocol: HTTP }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: web }
spec: { parentRefs: [{ name: public }], rules: [{ backendRefs: [{ name: lost, port: 80 }] }] }
`;
    const environment = { provider: 'metallb', controllers: { 'gatewayclass/public': { profile: 'gateway-api-conformant' } } };
    const [answer] = ask(JSON.stringify({ id: 1, manifests: gateway, environment, request: null })).answers;
    expect(answer).toMatchObject({
      unsupported: [],
      attachedRoutes: [{ object: 'Gateway/default/public', listener: 'http', count: 1 }],
      attachedListenerSets: { 'Gateway/default/public': 0 },
    });
    expect(answer?.['conditions']).toContainEqual({
      object: 'HTTPRoute/default/web',
      parent: 'Gateway/default/public',
      listener: null,
      type: 'ResolvedRefs',
      status: 'False',
      reason: 'BackendNotFound',
      message: 'There is no Service default/lost.',
    });
  });

  it('features that an implementation lacks are taken over', () => {
    const gateway = `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: public }
spec: { gatewayClassName: public, listeners: [{ name: tcp, port: 80, protocol: TCP }] }
`;
    const environment = { controllers: { 'gatewayclass/public': { profile: 'gateway-api-conformant', unsupportedFeatures: ['TCPRoute'] } } };
    const [answer] = ask(JSON.stringify({ id: 1, manifests: gateway, environment, request: null })).answers;
    expect(answer?.['conditions']).toContainEqual(
      expect.objectContaining({ listener: 'tcp', type: 'Accepted', status: 'False', reason: 'UnsupportedProtocol' }),
    );
  });
});
