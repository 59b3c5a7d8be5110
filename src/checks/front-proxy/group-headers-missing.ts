import { headerMissing } from './header-missing.ts';

export default headerMissing({
  id: 'group-headers-missing',
  title: "extension servers are told the header with the user's groups",
  modes: ['F18', 'H04'],
  flag: 'requestheader-group-headers',
  header: 'X-Remote-Group',
  causes: { symptoms: ['kube-apiservers-differ/requestheader-group-headers', 'user-groups-missing'] },
  published: 'groupHeaders',
  explain: {
    why: 'Without it users reach extension servers without their groups, and everybody whose rights come from a group loses them, administrators included.',
    kubernetes:
      'Available stays True and discovery works. Users get 403 `User "…" cannot list …`. Headers of an earlier start stay in the ConfigMap, so that nothing shows until it is written anew.',
  },
  consequence: (masked) =>
    masked
      ? 'Users keep their groups in aggregated APIs only as long as ConfigMap `extension-apiserver-authentication` names X-Remote-Group by itself:'
      : 'Users lose their groups in every aggregated API, administrators too:',
  evidence: (masked) => `Available stays True and discovery works; users whose rights come from a group ${masked ? 'would ' : ''}get 403`,
});
