/** What the help of a command says below its options: examples, and the exit status. `name`: what aggctl is called here. */

export const checkExamples = (name: string) => `
A name is v1beta1.metrics.k8s.io, metrics.k8s.io/v1beta1 or apiservice/v1beta1.metrics.k8s.io.

Examples:
  ${name} check-apiservice                                   list the APIServices, each with the cause of its failure
  ${name} check-apiservice v1beta1.metrics.k8s.io            show where a request through it breaks, and why
  ${name} check-apiservice --unavailable -o json             the same for all that do not serve requests, as JSON
  ${name} check-apiservice metrics.k8s.io/v1beta1 --wait 2m  after an installation: wait until it is healthy
  ${name} check-apiservice --all --watch                     print when one breaks, recovers or flaps`;

export const diffExamples = (name: string) => `
Each file is what --record wrote, or what -o json printed.

Exit status: 1 if a problem at or above --fail-on is new or was checked for the first time, 3 if an old one was not checked again, else 0.

Examples:
  ${name} doctor --record before.jsonl; ${name} doctor --record after.jsonl
  ${name} diff before.jsonl after.jsonl              did my fix work?
  ${name} diff yesterday.json today.json -o json     what has changed, for a program`;

export const rbacExamples = (name: string) => `
Examples:
  ${name} rbac | kubectl apply -f -
  ${name} rbac -n ops --server-namespace kube-system --metrics | kubectl apply -f -
  kubectl -n ops create token aggctl`;

export const snapshotExamples = (name: string) => `
FILE is what --record wrote, or what must-gather, troubleshoot or kubectl collected.

Examples:
  ${name} snapshot aggctl.jsonl.gz                         list the questions, each with its answer in a word
  ${name} snapshot aggctl.jsonl.gz --show 'GET /version'   print one answer
  ${name} snapshot must-gather.tar.gz -o json              the same list as JSON`;

export const explainExamples = (name: string) => `
Examples:
  ${name} explain front-proxy-client-expired     one check (the beginning of its id is enough)
  ${name} explain FailedDiscoveryCheck           the reason of a condition
  ${name} explain KubeAggregatedAPIDown          an alert
  ${name} explain 'x509: subject with cn=aggregator is not in the allowed list'`;

/** Of every command, for the help of aggctl itself. */
export const exitStatuses = `
Exit status:
  0              no problem was found, and everything could be checked
  1              a problem was found (at or above --fail-on)
  2              wrong usage, or nothing to check
  3              something could not be checked, or a check crashed
  124            --wait or --timeout timed out
  129, 130, 143  interrupted by SIGHUP, SIGINT (Ctrl-C) or SIGTERM`;

export const completionExamples = (name: string) => `
Load it in the current shell, or from the file that your shell reads when it starts:
  bash        source <(${name} completion bash)
  zsh         source <(${name} completion zsh)     after compinit
  fish        ${name} completion fish | source
  PowerShell  ${name} completion powershell | Out-String | Invoke-Expression`;
