import { everyUser } from '../../model.ts';
import { headerMissing } from './header-missing.ts';

export default headerMissing({
  id: 'username-headers-missing',
  title: "extension API servers know which header contains the user's name",
  modes: ['F16', 'F17'],
  flag: 'requestheader-username-headers',
  header: 'X-Remote-User',
  causes: {
    signatures: ['rejected', 'no-request-header'],
    symptoms: ['kube-apiservers-differ/requestheader-username-headers', 'configmap-requestheader-missing/headers'],
  },
  published: 'usernameHeaders',
  explain: {
    why: "kube-apiserver always sends the user's name in X-Remote-User, whatever the flag says; the flag tells extension API servers which header to read.",
    kubernetes:
      'If it is not set or empty, there is no warning. Extension API servers find no user and answer 401. Headers from an earlier start stay in the ConfigMap, so there is no symptom until it is recreated.',
  },
  consequence: (masked) =>
    masked
      ? 'Aggregated APIs work only while ConfigMap `extension-apiserver-authentication` still contains X-Remote-User:'
      : `Aggregated APIs fail for ${everyUser}: extension API servers do not know which header contains the user's name, because`,
  evidence: () => "kube-apiserver sends the user's name in X-Remote-User",
});
