/** The map: lanes, zones, labels. */
export const scene = {
  'scene.lane.client': 'Client',
} as const;
