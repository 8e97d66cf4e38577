/**
 * The only door into the engine. Text in, plain data out; nothing here throws on what a person wrote.
 */
export type { Message } from '../catalogue/message.ts';
export { build, palette, takeInHand, type BuildAction, type Built, type InHand, type PaletteEntry } from './build/build.ts';
export type { Form, FormField } from './build/form/form.ts';
export type { Switch } from './build/toggles.ts';
export { buildCluster } from './cluster/build-cluster.ts';
export type { Cluster, Provenance } from './cluster/cluster.ts';
export type { Environment } from './cluster/environment.ts';
export { OPEN_POINTS } from './cluster/open-points.ts';
export { compare, type Tried } from './compare/compare.ts';
export type {
  Answers,
  Basis,
  Cell,
  Column,
  CompareQuestion,
  Comparison,
  DecideQuestion,
  Decision,
  MiniPath,
  Part,
  Row,
  RowId,
  Table,
  Tone,
  View,
  ViewName,
  WayId,
  WhatIf,
} from './compare/comparison.ts';
export { ASSUMED_PRICES, type Prices } from './compare/cost.ts';
export { decide } from './compare/decide.ts';
export { toCsv, toMarkdown, type Sheet } from './compare/export.ts';
export { PRESETS, type Preset, type PresetId } from './compare/presets.ts';
export type { Difference, End } from './compare/through/difference.ts';
export { standInsFor, switchController } from './compare/through/switch.ts';
export { throughOthers, type Through, type ThroughRow } from './compare/through/through.ts';
export { withChanges } from './compare/changes.ts';
export { conditionsOf, statusOf, type StatusPart } from './cluster/gateways/status.ts';
export { send, type Sent } from './dataplane/send.ts';
export { missingSender } from './dataplane/client/origin.ts';
export { servicesBehind } from './cluster/ingress-balancers/alb-rules.ts';
export { choicesOfGateway, choicesOfRoute, type RouteChoice } from './dataplane/gateway/choices.ts';
export { laddersOf, type Ladder, type LadderQuestion, type Ladders, type Rung, type Shadowed } from './dataplane/ladder.ts';
export { originsOf, suggestRequests } from './dataplane/suggest.ts';
export { policySummary, type PolicySummary } from './dataplane/network-policy/policy-summary.ts';
export type { GroupPort, PolicyGroup } from './dataplane/network-policy/groups.ts';
export {
  policyView,
  reachability,
  type Lane,
  type LanePort,
  type PolicyView,
  type PortReach,
  type Reachability,
  type ReachCell,
  type ReachVerdict,
  type SideView,
} from './dataplane/network-policy/reachability.ts';
export type { Json, ManifestObject, Manifests } from './manifests/document.ts';
export type { Finding, Rejection, RuleId, Severity } from './manifests/finding.ts';
export { documentStart, locateAt, locateField, type Located } from './manifests/locate.ts';
export type { ObjectRef } from './manifests/object-ref.ts';
export { nameKey, refKey } from './manifests/object-ref.ts';
export { parseManifests } from './manifests/parse.ts';
export { redactSecrets } from './manifests/redact-secrets.ts';
export { setScenarioField } from './manifests/scenario-text.ts';
export type { FieldPath, SourceRange } from './manifests/source.ts';
export { formatFieldPath } from './manifests/source.ts';
export type { Workspace, WorkspaceFile } from './manifests/workspace.ts';
export { SCENARIO_FILE } from './manifests/workspace.ts';
export type { Assumption, AssumptionChoice } from './trace/assumption.ts';
export { formatCurl, parseCurl } from './trace/curl.ts';
export type { Flow, FlowDetails, Origin, Scheme } from './trace/flow.ts';
export { formatFlow, formatOrigin, formatOutcome, formatPacket, formatTrace, formatUrl } from './trace/format.ts';
export type { Actor, Command, Considered, Consulted, Evidence, Hop, HopKind, Layer, PolicyPassage } from './trace/hop.ts';
export type { Memory } from './trace/memory.ts';
export { NO_MEMORY } from './trace/memory.ts';
export type { Outcome, OutcomeCode } from './trace/outcome.ts';
export { isDelivered, isFailure } from './trace/outcome.ts';
export type { HttpRequest, Packet, SocketAddress } from './trace/packet.ts';
export { formatSocket } from './trace/packet.ts';
export type { RequestDraft, RequestSuggestion } from './trace/request-draft.ts';
export { EXTERNAL_CLIENT, parseOrigin, readRequest } from './trace/request.ts';
export { formatConnectTo } from './trace/draft-of.ts';
export { ruleSource, type RuleSource } from './trace/rule-source.ts';
export type { Backend, Branch, ReplyStep, Resolution, Trace, Verdict } from './trace/trace.ts';
