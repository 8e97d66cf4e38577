/** Who makes load balancers and who reads Ingresses: when each acts, on what, and whether requests pass it (S8.1.1, S9.1). */
import { msg, type Message } from '../../catalogue/message.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { RuleId } from '../manifests/finding.ts';
import type { Cell, Table } from './comparison.ts';
import { byRule } from './rows/row.ts';

export function actorsTable(cluster: Cluster): Table {
  const balanced = [...cluster.loadBalancers].filter(([key]) => cluster.services.get(key)?.type === 'LoadBalancer').map(([key]) => key);
  const ingresses = cluster.controllers.flatMap(({ claims }) => claims);
  const unclaimed = [...cluster.ingresses.keys()].filter((key) => !ingresses.includes(key));
  const both = (label: Message, provider: Message, controller: Message, rules: readonly [RuleId, RuleId]) => ({
    label,
    cells: [[byRule(provider, rules[0])], [byRule(controller, rules[1])]] as readonly Cell[],
  });
  const rules: readonly [RuleId, RuleId] = ['S8.1.1', 'S9.1'];
  return {
    columns: [msg('compare.actors.provider'), msg('compare.actors.controller')],
    rows: [
      {
        label: msg('compare.actors.row.here'),
        cells: [
          [cluster.environment.cloud === 'none' ? byRule(msg('compare.actors.nobody'), 'S8.1.1', 'bad') : byRule(providerName(cluster), 'S8.1.1')],
          [
            cluster.controllers.length === 0
              ? byRule(msg('compare.actors.nobody'), 'S9.1', 'bad')
              : byRule(msg('compare.actors.names', { names: cluster.controllers.map(({ name }) => name) }), 'S9.1'),
          ],
        ],
      },
      both(msg('compare.actors.row.lives'), msg('compare.actors.provider.lives'), msg('compare.actors.controller.lives'), rules),
      both(msg('compare.actors.row.acts'), msg('compare.actors.provider.acts'), msg('compare.actors.controller.acts'), rules),
      both(msg('compare.actors.row.does'), msg('compare.actors.provider.does'), msg('compare.actors.controller.does'), rules),
      {
        label: msg('compare.actors.row.on'),
        cells: [
          [byRule(balanced.length === 0 ? msg('compare.actors.no-services') : msg('compare.actors.on', { names: balanced }), 'S8.1.1')],
          [
            ...(ingresses.length === 0
              ? [byRule(msg('compare.actors.no-ingresses'), 'S9.1')]
              : [byRule(msg('compare.actors.on', { names: ingresses }), 'S9.1')]),
            ...(unclaimed.length === 0 ? [] : [byRule(msg('compare.actors.unclaimed', { names: unclaimed }), 'S9.1', 'bad')]),
          ],
        ],
      },
      both(msg('compare.actors.row.load-balancers'), msg('compare.actors.yes'), msg('compare.actors.no'), rules),
      both(msg('compare.actors.row.ingresses'), msg('compare.actors.no'), msg('compare.actors.yes'), rules),
      both(msg('compare.actors.row.writes'), msg('compare.actors.provider.writes'), msg('compare.actors.controller.writes'), ['S8.1.1', 'S9.11']),
      both(msg('compare.actors.row.path'), msg('compare.actors.provider.path'), msg('compare.actors.controller.path'), ['S8.1.1', 'S1.7']),
      both(msg('compare.actors.row.missing'), msg('compare.actors.provider.missing'), msg('compare.actors.controller.missing'), rules),
    ],
  };
}

function providerName({ environment: { cloud } }: Cluster): Message {
  if (cloud.startsWith('metallb')) return msg('compare.actors.names', { names: ['MetalLB'] });
  if (cloud.startsWith('kube-vip')) return msg('compare.actors.names', { names: ['kube-vip'] });
  return msg('compare.actors.names', { names: [cloud === 'aws-lbc' ? 'AWS Load Balancer Controller' : 'cloud-controller-manager'] });
}
