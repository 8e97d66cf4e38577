/** Commands that show Gateways and routes as they are on a real cluster. */
import { msg } from '../../../catalogue/message.ts';
import type { ObjectRef } from '../../manifests/object-ref.ts';
import type { Command } from '../../trace/hop.ts';
import { quote } from '../proxy/commands.ts';
import type { GatewayVisit } from './visit.ts';

/** The route with its status, and the Gateway with its listeners. */
export function showRoute(visit: GatewayVisit, route: ObjectRef): readonly Command[] {
  const line = `kubectl get ${route.kind.toLowerCase()} -n ${quote(route.namespace)} ${quote(route.name)} -o yaml`;
  return [{ line, shows: msg('gateway.command.route') }, ...showGateway(visit)];
}

export function showGateway({ gateway }: GatewayVisit): readonly Command[] {
  if (gateway === null) return [];
  const [namespace = '', name = ''] = gateway.split('/');
  return [{ line: `kubectl get gateway -n ${quote(namespace)} ${quote(name)} -o yaml`, shows: msg('gateway.command.gateway') }];
}

/** Every route of the kinds that could have matched, where none did. */
export function listRoutes(visit: GatewayVisit, kinds: readonly string[] = ['httproute', 'grpcroute']): readonly Command[] {
  return [{ line: `kubectl get ${kinds.join(',')} --all-namespaces`, shows: msg('gateway.command.routes') }, ...showGateway(visit)];
}
