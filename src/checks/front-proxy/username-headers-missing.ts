import { everyUser } from '../../model.ts';
import { headerMissing } from './header-missing.ts';

export default headerMissing({
  id: 'username-headers-missing',
  title: "extension servers are told the header with the user's name",
  modes: ['F16', 'F17'],
  flag: 'requestheader-username-headers',
  header: 'X-Remote-User',
  causes: {
    signatures: ['rejected', 'no-request-header'],
    symptoms: ['kube-apiservers-differ/requestheader-username-headers', 'configmap-requestheader-missing/headers'],
  },
  published: 'usernameHeaders',
  explain: {
    why: "kube-apiserver always sends the user's name in X-Remote-User, whatever the flag says; the flag tells extension servers where to look.",
    kubernetes:
      'Absent or empty: no warning. Extension servers find no user and answer 401. Headers of an earlier start stay in the ConfigMap, so that nothing shows until it is written anew.',
  },
  consequence: (masked) =>
    masked
      ? 'Aggregated APIs work only as long as ConfigMap `extension-apiserver-authentication` names X-Remote-User by itself:'
      : `Aggregated APIs fail for ${everyUser}: extension servers are not told the header with the user's name, as`,
  evidence: () => "kube-apiserver sends the user's name in X-Remote-User",
});
