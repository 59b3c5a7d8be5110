/** The ways to fail that no check finds, and the reason. `out`: why none ever will; `later`: what a check would need. */
export const uncovered: Readonly<Record<string, { readonly out: string } | { readonly later: string }>> = {
  // flags and static pod manifests
  F31: { out: 'the parser of manifests takes them all; its own rows hold it' },
  F38: { out: 'limits that keep single requests short; the aggregation layer itself is well' },
  // front-proxy PKI
  P20: { later: "whether the CA's key lies on the node: without it kubeadm cannot renew" },
  // the ConfigMap
  M03: {
    out: 'kube-apiserver writes its client CA within a minute; without one (EKS) extension servers ask by TokenReview, and nothing fails',
  },
  M09: { out: 'kube-apiserver itself deletes one that is too large and writes it anew; what makes it grow is in configmap-entries-stale' },
  // request headers
  H07: { out: "a proxy of one's own that passes on X-Remote-Uid; nothing in the cluster shows it" },
  H08: { out: "an extension server's own code; nothing in the cluster shows it" },
  H09: { out: 'lies with the identity provider, and requests fail one by one' },
  H10: { out: 'encoded keys are as Kubernetes documents them' },
  // rights
  R04: { out: 'whom an API is granted to is a decision: kube-apiserver itself refuses such a user, by name and rightly' },
  R07: {
    out: 'kube-apiserver refuses /apis to all ordinary users, aggregated or not: it is no fault of aggregation, and taking that right away may be meant',
  },
  R12: { out: 'whom that right is granted to is a decision; nothing fails, and administrators, operators and GitOps hold it' },
  // APIServices
  A01: { out: 'the API refuses such an object' },
  A02: { out: 'the API refuses such an object' },
  A03: { out: 'the API refuses such an object' },
  A07: { out: 'the API refuses such an object' },
  A14: { out: 'which version is preferred is a choice; clients that name one get it' },
  A15: { out: 'kube-apiserver restores what it manages by itself' },
  A20: { out: 'most charts ship it, and what would fail without it is told with the serving certificate' },
  // Services, EndpointSlices and Pods
  S10: { out: 'such a Service works' },
  // the network
  N15: { out: 'clients begin a watch anew when something in between ends it; nothing fails, and nothing in the cluster shows it' },
  N19: { out: 'a metrics port of the provider, not the aggregation layer' },
  // discovery and OpenAPI
  D03: { out: 'clients complain of an empty list and go on' },
  D06: { out: 'kube-apiserver 1.37 reads the version itself where only v2beta1 is offered: seen in the lab' },
  D07: { out: 'kubectl goes on without it, and it is no cause: seen in the lab. Where v3 fails as well, or hangs, that is found' },
  D09: { out: 'in v3 each group version has a document of its own; of v2 kube-apiserver renames what differs, and clients go on' },
  D10: { out: 'it costs kube-apiserver time and memory, and breaks no request; its metrics tell, for those who keep them' },
  D11: { out: 'log lines and slow clients that follow from an APIService that does not serve; never a cause' },
  D12: { out: 'log lines and slow clients that follow from an APIService that does not serve; never a cause' },
  D13: { out: 'log lines and slow clients that follow from an APIService that does not serve; never a cause' },
  D14: {
    out: 'to prove it is to list, watch or delete what others own; where it holds up a namespace, the namespace says so in its condition',
  },
  D15: { out: 'one kind of client and its content type; the aggregation layer passes on what it gets' },
  // effects on the cluster
  E02: { out: 'lists or deletes of an extension server that serves discovery: its own log tells, and the namespace names it' },
  E03: { out: 'the garbage collector goes on with the APIs that answer; it logs, and shows nothing in the API' },
  E04: { out: 'the quota controller goes on with the APIs that answer; it logs, and shows nothing in the API' },
  E06: { out: 'what a client prints; the APIService itself is judged' },
  E07: { out: 'what a client prints; the APIService itself is judged' },
  E08: { out: 'pods of others that exit: their own logs tell' },
  E09: { out: 'clients of the metrics APIs: the APIService itself is judged' },
  E10: { out: 'clients of one API: the APIService itself is judged' },
  E11: { out: 'passes by itself once the extension server is restored, too; until then the APIService itself is judged' },
  E13: { out: 'shows in answers to writes, and aggctl makes none; what its informers may not list is ext-own-permissions' },
  E14: { out: 'each request is counted twice by design' },
  // the sample
  W08: { out: 'no fault: the etcd of the sample lives as long as its pod' },
  W12: { out: 'no fault: deploy-sample asks again until the sample has seen the Fischer' },
  W17: { out: 'no fault: deploy-sample gives the sample a readiness probe, and waits' },
  W18: { out: 'no fault: deploy-sample waits until the namespace is gone' },
  // version skew
  V02: { out: 'kube-apiserver refuses such an object, and whoever installs it is told so: no APIService comes to be' },
  V03: { out: 'EndpointSlices are what kube-apiserver has read for years; nothing breaks' },
  V04: { out: 'kube-apiserver 1.37 reads the version itself where only v2beta1 is offered: seen in the lab' },
  V09: { out: 'names of metrics and hooks: a matter of dashboards' },
  V12: { out: 'names of metrics and hooks: a matter of dashboards' },
  // several kube-apiservers
  G05: { later: 'GET /readyz at each kube-apiserver' },
  // load
  Q05: { out: 'all requests of one kube-apiserver go to one pod, and are served; with aggregator routing they spread' },
  Q06: { out: 'watches end with their connection; nothing shows it from outside' },
};

/** Of ways to fail that a check finds: what it does not see yet. */
export const partly: Readonly<Record<string, string>> = {
  F32: "a file mounted by itself (`type: File`) that was put in place by a rename: neither the manifest nor the file's dates tell whether the container still sees the old one, only its own view under /proc does; RKE2 mounts every file so, and starts kube-apiserver anew with each rotation",
  R06: 'where the files of a control-plane node are at hand no log is read, and only extension-servers-see-anonymous finds it',
};

/** Checks that find none of them: they judge the way to the API, or tell the future, or a state that passes. */
export const withoutMode: readonly string[] = [
  'client-credentials-expired',
  'client-clock-wrong',
  'server-certificate-expired',
  'front-proxy-client-expires-soon',
  'kube-apiserver-exits',
  'apiservice-deletion-stuck',
  'configmap-headers-wrong',
  'apiservice-in-transition',
  'manifest-would-change',
];
