import { defineCheck } from '../../check.ts';
import { exitKinds } from '../../model.ts';
import { sh } from '../../sh.ts';

export default defineCheck({
  id: 'kube-apiserver-exits',
  title: 'kube-apiserver keeps running',
  severity: 'error',
  modes: [],
  scope: 'apiserver',
  needs: ['lastExit'],
  shows: exitKinds,
  explain: {
    looksAt: "with the API down, on the node: the last lines of kube-apiserver's newest container log under /var/log/pods",
    why: "kube-apiserver's last log line is the reason for its exit.",
    kubernetes: 'kubelet restarts it after an increasing delay of up to five minutes.',
    repair: 'Fix the cause named in the line.',
    mirrors: 'k8s.io/component-base, cli/run.go, v0.37.2; kubernetes/kubernetes, pkg/kubelet/kuberuntime/logs, v1.37.2',
  },
  run({ lastExit }) {
    if (!lastExit) return [];
    const file = 'file' in lastExit.at ? lastExit.at.file : '';
    return [
      {
        message: `kube-apiserver exits when it starts, and logs \`${lastExit.text}\`.`,
        at: lastExit.at,
        evidence: ['this is the end of the newest log of its container'],
        fix: { text: 'Fix the cause named in the line; earlier lines may contain details:', commands: [sh`tail -n 20 ${file}`] },
        shows: lastExit.kinds,
      },
    ];
  },
});
