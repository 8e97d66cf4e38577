import { describe, expect, it } from 'vitest';
import { renderText } from '../../../catalogue/render.ts';
import { kinds } from '../../kinds/index.ts';
import { formatFieldPath } from '../../manifests/source.ts';
import { ByHand, ref } from '../by-hand.ts';
import { surveySite } from '../site.ts';
import { exploreFields } from './explore.fixture.ts';
import { type Form, formOf } from './form.ts';
import { freshFor } from './fresh.ts';
import { isLeftOut, meaningOf } from './meaning.ts';

/** Every kind but the Scenario, which is read by shapes, and edited in the environment's own pane. */
const COMPLETE = kinds.filter(({ kind }) => kind !== 'Scenario');

describe.each(COMPLETE.map((kind) => [kind.kind, kind] as const))('every field that %s reads', (name, kind) => {
  const found = [...exploreFields(kind)];

  it('has a meaning, or is left out on purpose', () => {
    expect(found.map(([pattern]) => pattern).filter((pattern) => meaningOf(name, pattern) === null && !isLeftOut(pattern))).toEqual([]);
  });

  it('that is a list or a part of its own can be added', () => {
    const open = found.filter(([pattern, { as }]) => (as === 'list' || as === 'any') && !isLeftOut(pattern) && freshFor(name, pattern) === null);
    expect(open.map(([pattern]) => pattern)).toEqual([]);
  });
});

const SERVICE =
  'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  type: NodePort\n  selector: {app: web}\n  ports: [{port: 80, nodePort: 99999999999}]\n';

function form(text: string): Form {
  const site = surveySite(new ByHand(text).workspace);
  return formOf(site, site.manifests.objects[0]!.ref)!;
}

const fieldOf = ({ fields }: Form, path: string) => fields.find((field) => formatFieldPath(field.path) === path)!;

describe('a form', () => {
  it('shows value, default as things are now, and the words that a field takes', () => {
    const shown = form(SERVICE.replace('99999999999', '30080'));
    expect(fieldOf(shown, 'spec.type')).toMatchObject({
      type: 'choice',
      value: 'NodePort',
      default: 'ClusterIP',
      choices: ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'],
    });
    expect(fieldOf(shown, 'spec.ports[0].targetPort')).toMatchObject({ type: 'number-or-text', value: null, default: '80' });
    expect(fieldOf(shown, 'spec.selector')).toMatchObject({ type: 'map', value: { app: 'web' } });
    expect(fieldOf(shown, 'spec.externalTrafficPolicy')).toMatchObject({ value: null, default: 'Cluster' });
    expect(fieldOf(shown, 'spec.externalIPs')).toMatchObject({ type: 'texts', value: null });
    expect(renderText(fieldOf(shown, 'spec.ports[0].port').meaning)).toBe('The port that clients connect to.');
  });

  it('says beside the field why the API server would not take it', () => {
    expect(fieldOf(form(SERVICE), 'spec.ports[0].nodePort').problems.map((message) => renderText(message))).toHaveLength(1);
    expect(
      fieldOf(form(SERVICE.replace('NodePort', 'Nodeport').replace(', nodePort: 99999999999', '')), 'spec.type').problems.map((message) =>
        renderText(message),
      )[0],
    ).toContain('Nodeport');
  });

  it('stands in the order of reading, with what is inside a field below it', () => {
    const paths = form(SERVICE.replace('99999999999', '30080')).fields.map(({ path }) => formatFieldPath(path));
    expect(paths.slice(0, 2)).toEqual(['metadata.labels', 'metadata.annotations']);
    expect(paths.indexOf('spec.ports[0].port')).toBe(paths.indexOf('spec.ports[0].name') + 1);
    expect(paths).not.toContain('spec.selector.app');
  });

  it('says what the cluster makes of a field as well', () => {
    const site = surveySite(
      new ByHand().add('group-cluster-ip').do({ kind: 'set', object: ref('Service', 'web'), path: ['spec', 'ports', 0, 'targetPort'], value: 'nowhere' })
        .workspace,
    );
    expect(formOf(site, ref('Service', 'web'))!.fields.flatMap(({ problems }) => problems)).not.toHaveLength(0);
  });

  it('of what does not stand in the texts is none', () => {
    const site = surveySite(new ByHand().add('deployment').workspace);
    expect(formOf(site, ref('Pod', 'web-0'))).toBeNull();
  });
});
