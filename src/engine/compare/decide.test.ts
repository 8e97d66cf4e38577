import { describe, expect, it } from 'vitest';
import { renderText } from '../../catalogue/render.ts';
import type { Answers } from './comparison.ts';
import { decide } from './decide.ts';
import { CLIENT, comparing, DEPLOYMENT, request, workspaceOf } from './sample.fixture.ts';

const plain: Answers = { protocol: 'http', reach: 'outside', services: 1, place: 'cloud', clientAddress: false };
const workspace = workspaceOf([DEPLOYMENT, CLIENT]);
const decided = (answers: Partial<Answers>, url = 'https://shop.example.com/cart', texts = workspace) =>
  decide({ workspace: texts, request: request(url), workload: null, answers: { ...plain, ...answers } });

describe('which way for which purpose (S17.6)', () => {
  it.each([
    [{ services: 5 }, 'ingress'],
    [{ services: 5, place: 'own-hardware' }, 'ingress-metallb'],
    [{ protocol: 'other' }, 'load-balancer'],
    [{ protocol: 'other', place: 'own-hardware' }, 'metallb'],
    [{ place: 'test' }, 'node-port'],
    [{ reach: 'inside' }, 'cluster-ip'],
    [{ reach: 'each-pod' }, 'headless'],
    [{ reach: 'alias' }, 'external-name'],
  ] as const)('%j is %s, and the request arrives', (answers, way) => {
    const url = 'protocol' in answers ? 'tcp://db.example.com:80' : 'https://shop.example.com/cart';
    const decision = decided(answers, url);
    expect(decision.way).toBe(way);
    expect(decision.reasons.length).toBeGreaterThan(0);
    expect(decision.others.length).toBeGreaterThan(0);
    const { best, views } = decision.column!;
    expect(views[best]!.result).toBe('good');
  });

  it('the client’s address is kept by the policy Local, and the trace shows it', () => {
    const decision = decided({ protocol: 'other', clientAddress: true }, 'tcp://db.example.com:80');
    expect(decision.column!.whatIf.yaml).toContain('externalTrafficPolicy: Local');
    expect(decision.reasons.map(({ message }) => renderText(message))).toContain('With externalTrafficPolicy: Local the Pod sees the client’s address.');
  });

  it('what the manifests hold already is recommended as it stands', () => {
    const service =
      'apiVersion: v1\nkind: Service\nmetadata: { name: api, namespace: shop }\nspec: { selector: { app: api }, ports: [{ port: 80, targetPort: 8080 }] }\n';
    const { column } = decided({ reach: 'inside' }, 'http://api/', workspaceOf([DEPLOYMENT, CLIENT, service]));
    expect(column!.origin).toBe('pasted');
    expect(column!.whatIf.yaml).toBe('');
  });

  it('nothing to expose is no error', () => {
    expect(decided({}, 'http://shop.example.com/', workspaceOf([''])).column).toBeNull();
  });
});

it('answers that can be seen are not asked for', () => {
  expect(comparing(workspace, request('tcp://db:5432', 'pod/shop/client')).answers).toMatchObject({ protocol: 'other', reach: 'inside' });
  expect(comparing(workspaceOf([DEPLOYMENT], 'cloud: metallb-l2'), request('http://shop.example.com/')).answers).toMatchObject({
    protocol: 'http',
    reach: 'outside',
    place: 'own-hardware',
  });
});
