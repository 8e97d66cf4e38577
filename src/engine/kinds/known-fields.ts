/**
 * The field names of the kinds that are read, complete at every place that stands here. Places that change nothing
 * about a request (volumes, resources, security) are known by name only and not looked into.
 * https://github.com/kubernetes/api: core/v1, apps/v1, batch/v1, networking/v1, discovery/v1
 */

/** What may stand in a mapping: `any` is not looked into, a list holds such mappings. */
export interface KnownFields {
  readonly [field: string]: 'any' | KnownFields | readonly [KnownFields];
}

export function named<const T extends string>(...names: readonly T[]): Readonly<Record<T, 'any'>> {
  return Object.fromEntries(names.map((name) => [name, 'any'])) as Record<T, 'any'>;
}

const metadata: KnownFields = {
  ...named('name', 'generateName', 'namespace', 'selfLink', 'uid', 'resourceVersion', 'generation', 'clusterName'),
  ...named('creationTimestamp', 'deletionTimestamp', 'deletionGracePeriodSeconds', 'labels', 'annotations'),
  ...named('ownerReferences', 'finalizers', 'managedFields'),
};

export function object(fields: KnownFields): KnownFields {
  return { ...named('apiVersion', 'kind', 'status'), metadata, ...fields };
}

export const selector: KnownFields = { matchLabels: 'any', matchExpressions: [named('key', 'operator', 'values')] };

const probe: KnownFields = {
  ...named('initialDelaySeconds', 'timeoutSeconds', 'periodSeconds', 'successThreshold', 'failureThreshold', 'terminationGracePeriodSeconds'),
  exec: 'any',
  httpGet: named('path', 'port', 'host', 'scheme', 'httpHeaders', 'protocol'),
  tcpSocket: named('port', 'host'),
  grpc: named('port', 'service', 'mode'),
};

const container: KnownFields = {
  ...named('name', 'image', 'command', 'args', 'workingDir', 'envFrom', 'resources', 'resizePolicy', 'restartPolicy', 'restartPolicyRules'),
  ...named('volumeMounts', 'volumeDevices', 'lifecycle', 'terminationMessagePath', 'terminationMessagePolicy', 'imagePullPolicy'),
  ...named('securityContext', 'stdin', 'stdinOnce', 'tty'),
  env: [named('name', 'value', 'valueFrom')],
  ports: [named('name', 'hostPort', 'containerPort', 'protocol', 'hostIP')],
  livenessProbe: probe,
  readinessProbe: probe,
  startupProbe: probe,
};

const podSpec: KnownFields = {
  ...named('volumes', 'ephemeralContainers', 'restartPolicy', 'terminationGracePeriodSeconds', 'activeDeadlineSeconds', 'dnsPolicy'),
  ...named('nodeSelector', 'serviceAccountName', 'serviceAccount', 'automountServiceAccountToken', 'nodeName', 'hostNetwork', 'hostPID'),
  ...named('hostIPC', 'shareProcessNamespace', 'securityContext', 'imagePullSecrets', 'hostname', 'subdomain', 'affinity', 'schedulerName'),
  ...named('tolerations', 'hostAliases', 'priorityClassName', 'priority', 'runtimeClassName', 'enableServiceLinks', 'preemptionPolicy'),
  ...named('overhead', 'topologySpreadConstraints', 'setHostnameAsFQDN', 'os', 'hostUsers', 'schedulingGates', 'resourceClaims', 'resources'),
  ...named('hostnameOverride', 'schedulingGroup', 'evictionResponders', 'workloadRef'),
  containers: [container],
  initContainers: [container],
  dnsConfig: { ...named('nameservers', 'searches'), options: [named('name', 'value')] },
  readinessGates: [named('conditionType')],
};

const template: KnownFields = { metadata, spec: podSpec };

const jobSpec: KnownFields = {
  ...named('parallelism', 'completions', 'activeDeadlineSeconds', 'podFailurePolicy', 'successPolicy', 'backoffLimit', 'backoffLimitPerIndex'),
  ...named('maxFailedIndexes', 'manualSelector', 'ttlSecondsAfterFinished', 'completionMode', 'suspend', 'podReplacementPolicy', 'managedBy'),
  ...named('scheduling'),
  selector,
  template,
};

const ingressBackend: KnownFields = {
  service: { name: 'any', port: named('name', 'number') },
  resource: named('apiGroup', 'kind', 'name'),
  // The form of an older version, which is rejected with its own sentence.
  ...named('serviceName', 'servicePort'),
};

const service: KnownFields = {
  ...named('selector', 'clusterIP', 'clusterIPs', 'type', 'externalIPs', 'sessionAffinity', 'loadBalancerIP', 'loadBalancerSourceRanges'),
  ...named('externalName', 'externalTrafficPolicy', 'healthCheckNodePort', 'publishNotReadyAddresses', 'ipFamilies', 'ipFamilyPolicy'),
  ...named('allocateLoadBalancerNodePorts', 'loadBalancerClass', 'internalTrafficPolicy', 'trafficDistribution'),
  ports: [named('name', 'protocol', 'appProtocol', 'port', 'targetPort', 'nodePort')],
  sessionAffinityConfig: { clientIP: named('timeoutSeconds') },
};

const ingress: KnownFields = {
  ingressClassName: 'any',
  defaultBackend: ingressBackend,
  rules: [{ host: 'any', http: { paths: [{ ...named('path', 'pathType'), backend: ingressBackend }] } }],
  tls: [named('hosts', 'secretName')],
};

const policyPeer: KnownFields = { podSelector: selector, namespaceSelector: selector, ipBlock: named('cidr', 'except') };
const policyPort = named('protocol', 'port', 'endPort');

const endpointAddress = named('ip', 'hostname', 'nodeName', 'targetRef');

/** By kind, in the versions that are served. */
export const knownFields: Readonly<Record<string, KnownFields>> = {
  Service: object({ spec: service }),
  Ingress: object({ spec: ingress }),
  IngressClass: object({ spec: named('controller', 'parameters') }),
  NetworkPolicy: object({
    spec: {
      policyTypes: 'any',
      podSelector: selector,
      ingress: [{ from: [policyPeer], ports: [policyPort] }],
      egress: [{ to: [policyPeer], ports: [policyPort] }],
    },
  }),
  Pod: object({ spec: podSpec }),
  Deployment: object({
    spec: { ...named('replicas', 'strategy', 'minReadySeconds', 'revisionHistoryLimit', 'paused', 'progressDeadlineSeconds'), selector, template },
  }),
  StatefulSet: object({
    spec: {
      ...named('replicas', 'volumeClaimTemplates', 'serviceName', 'podManagementPolicy', 'updateStrategy', 'revisionHistoryLimit'),
      ...named('minReadySeconds', 'persistentVolumeClaimRetentionPolicy'),
      ordinals: named('start'),
      selector,
      template,
    },
  }),
  DaemonSet: object({ spec: { ...named('updateStrategy', 'minReadySeconds', 'revisionHistoryLimit'), selector, template } }),
  ReplicaSet: object({ spec: { ...named('replicas', 'minReadySeconds'), selector, template } }),
  ReplicationController: object({ spec: { ...named('replicas', 'minReadySeconds', 'selector'), template } }),
  Job: object({ spec: jobSpec }),
  CronJob: object({
    spec: {
      ...named('schedule', 'timeZone', 'startingDeadlineSeconds', 'concurrencyPolicy', 'suspend', 'successfulJobsHistoryLimit'),
      ...named('failedJobsHistoryLimit'),
      jobTemplate: { metadata, spec: jobSpec },
    },
  }),
  EndpointSlice: object({
    addressType: 'any',
    endpoints: [
      {
        ...named('addresses', 'hostname', 'targetRef', 'deprecatedTopology', 'nodeName', 'zone'),
        conditions: named('ready', 'serving', 'terminating'),
        hints: named('forZones', 'forNodes'),
      },
    ],
    ports: [named('name', 'protocol', 'port', 'appProtocol')],
  }),
  Endpoints: object({
    subsets: [{ addresses: [endpointAddress], notReadyAddresses: [endpointAddress], ports: [named('name', 'port', 'protocol', 'appProtocol')] }],
  }),
};
