/** What the help of a command says below its options: examples, and the exit status. `name`: what aggctl is called here. */

const texts: Readonly<Record<string, (name: string) => string>> = {
  doctor: (name) => `
Examples:
  ${name} doctor                            check the cluster and this machine
  ${name} doctor --demo                     show a report, without a cluster
  ${name} doctor --record aggctl.jsonl.gz   also record it, for a ticket
  ${name} doctor --wait 5m                  repeat until it is healthy
  ${name} doctor --contexts prod,staging    check several clusters
  ${name} doctor --check '*-expire*' -o json --fail-on warning
  ${name} doctor --manifest /root/kube-apiserver.yaml --at 2027-03-01`,

  'check-apiservice': (name) => `
A name is v1beta1.metrics.k8s.io, metrics.k8s.io/v1beta1 or
apiservice/v1beta1.metrics.k8s.io.

Examples:
  ${name} check-apiservice                          list them, with the cause
  ${name} check-apiservice v1beta1.metrics.k8s.io   where one breaks, and why
  ${name} check-apiservice -n kube-system           only Services in kube-system
  ${name} check-apiservice --unavailable -o json    report on those that fail
  ${name} check-apiservice --all --watch            print each change
  ${name} check-apiservice metrics.k8s.io/v1beta1 --wait 2m`,

  flags: (name) => `
Examples:
  ${name} flags                                        as seen from here
  ${name} flags --manifest /root/kube-apiserver.yaml   of an edited copy`,

  certs: (name) => `
Exit status: 1 if a certificate is expired or expires within --fail-within, 3 if
something could not be checked, else 0. Warnings do not change it, nor does
anything that is never visible from this machine, which aggctl names once.

Examples:
  ${name} certs                       list the certificates
  ${name} certs --fail-within 14d     exit status 1 if one expires within 14 days
  ${name} certs -o prometheus=aggctl.prom`,

  'deploy-sample': (name) => `
The sample stays in the cluster until ${name} deploy-sample --delete removes it;
--cleanup removes it after the last step.

Examples:
  ${name} deploy-sample                          deploy it and verify every hop
  ${name} deploy-sample --delete                 remove it
  ${name} deploy-sample --cleanup --timeout 5m   in CI: leave nothing behind
  ${name} deploy-sample --dry-run | kubectl apply -f -`,

  snapshot: (name) => `
FILE is what --record wrote, or what must-gather, troubleshoot or kubectl
collected.

Examples:
  ${name} snapshot aggctl.jsonl.gz              list the questions and answers
  ${name} snapshot must-gather.tar.gz -o json   the list as JSON
  ${name} snapshot aggctl.jsonl.gz --show 'GET /version'`,

  diff: (name) => `
Each file is what --record wrote, or what -o json printed.

Exit status: 1 if a problem at or above --fail-on is new or was checked for the
first time, 3 if an old one was not checked again, else 0.

Examples:
  ${name} doctor --record before.jsonl; ${name} doctor --record after.jsonl
  ${name} diff before.jsonl after.jsonl             did my fix work?
  ${name} diff yesterday.json today.json -o json    what has changed, as JSON`,

  lint: (name) => `
Manifests are checked as if they were applied, without a cluster. Give aggctl
everything that is applied together.

Exit status: 1 if a problem at or above --fail-on was found, 2 if the
manifests contain no APIService, else 0.

Examples:
  ${name} lint deploy/                               a directory
  helm template RELEASE CHART | ${name} lint -       a chart
  kubectl kustomize config/default | ${name} lint -  a kustomization
  ${name} lint --fail-on warning -o sarif deploy/    for code scanning`,

  checks: (name) => `
Examples:
  ${name} checks                      list them, in the order of a request
  ${name} checks -o json | jq -r '.items[].id'`,

  explain: (name) => `
Examples:
  ${name} explain front-proxy-client-expired   a check, or how its id begins
  ${name} explain FailedDiscoveryCheck         the reason of a condition
  ${name} explain KubeAggregatedAPIDown        an alert
  ${name} explain 'x509: subject with cn=aggregator is not in the allowed list'`,

  rbac: (name) => `
Examples:
  ${name} rbac | kubectl apply -f -
  ${name} rbac -n ops --server-namespace kube-system --metrics > rbac.yaml
  kubectl -n ops create token aggctl`,

  version: (name) => `
Examples:
  ${name} version
  ${name} version -o json   for a program, or a bug report`,

  completion: (name) => `
Load it in the current shell, or from the file that your shell reads at start:
  bash        source <(${name} completion bash)
  zsh         source <(${name} completion zsh)     after compinit
  fish        ${name} completion fish | source
  PowerShell  ${name} completion powershell | Out-String | Invoke-Expression`,

  help: (name) => `
Examples:
  ${name} help certs         the same as ${name} certs --help
  ${name} help environment   the environment variables that aggctl reads`,
};

export const helpBelow = (command: string, name: string): string => texts[command]?.(name) ?? '';

/** For the help of aggctl itself. */
export const helpBelowAll = (name: string) => `
Examples:
  ${name} doctor --demo   show a report, without a cluster
  ${name} doctor          find what is wrong, root cause first
  ${name} help doctor     print its options

Exit status:
  0              no problem was found, and everything could be checked
  1              a problem was found (at or above --fail-on)
  2              wrong usage, or nothing to check
  3              something could not be checked, or a check crashed
  124            --wait or --timeout timed out
  129, 130, 143  interrupted by SIGHUP, SIGINT (Ctrl-C) or SIGTERM`;
