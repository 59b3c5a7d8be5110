import { headerMissing } from './header-missing.ts';

export default headerMissing({
  id: 'group-headers-missing',
  title: "extension API servers know which header contains the user's groups",
  modes: ['F18', 'H04'],
  flag: 'requestheader-group-headers',
  header: 'X-Remote-Group',
  causes: { symptoms: ['kube-apiservers-differ/requestheader-group-headers', 'user-groups-missing'] },
  published: 'groupHeaders',
  explain: {
    why: 'Without it, extension API servers see users without their groups: everyone whose rights come from a group loses them, including administrators.',
    kubernetes:
      'Available stays True and discovery works. Users get 403 `User "…" cannot list …`. Headers from an earlier start stay in the ConfigMap, so there is no symptom until it is recreated.',
  },
  consequence: (masked) =>
    masked
      ? 'Users keep their groups in aggregated APIs only while ConfigMap `extension-apiserver-authentication` still contains X-Remote-Group:'
      : 'Users lose their groups in every aggregated API, including administrators:',
  evidence: (masked) => `Available stays True and discovery works; users whose rights come from a group ${masked ? 'would ' : ''}get 403`,
});
