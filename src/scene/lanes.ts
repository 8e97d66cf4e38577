/** The columns of the map, in the order in which a request meets them. */
import { msg, type Message } from '../catalogue/message.ts';
import type { LaneId } from './scene.ts';

/** DNS hangs below the client and has no column of its own. */
export const LANE_ORDER: Readonly<Record<LaneId, number>> = { client: 0, dns: 0, edge: 1, node: 2, controller: 3, service: 4, pods: 5, external: 6 };

export function laneLabel(lane: LaneId): Message {
  switch (lane) {
    case 'client':
      return msg('scene.lane.client');
    case 'dns':
      return msg('scene.lane.dns');
    case 'edge':
      return msg('scene.lane.edge');
    case 'node':
      return msg('scene.lane.node');
    case 'controller':
      return msg('scene.lane.controller');
    case 'service':
      return msg('scene.lane.service');
    case 'pods':
      return msg('scene.lane.pods');
    case 'external':
      return msg('scene.lane.external');
  }
}
