/** The serving certificate, by which kube-apiserver authenticates the sample. */
import { apiPath } from '../../api-path.ts';
import { pullSecretOf } from '../manifests.ts';
import { pathOf } from '../paths.ts';
import { applied, done, failed, type SampleStep } from '../step.ts';

export const certificate: SampleStep = {
  id: 'certificate',
  title: 'Give the sample a serving certificate that kube-apiserver can verify',
  proves: 'the sample has a certificate for the name that kube-apiserver uses, and the key of its CA no longer exists',
  hop: 'serving certificate',
  async *run(hands, { plan, objects: { secret, auditPolicy } }) {
    if (secret) yield `a CA and a certificate for ${plan.serverName} are created (RSA 2048, 30 days); the CA's key is discarded`;
    else yield `the certificate for ${plan.serverName} from an earlier run is reused`;
    const made = yield* applied(hands, [...(secret ? [secret] : []), auditPolicy]);
    if (!made.done || !plan.imagePullSecret) return made;
    const [namespace = '', name = ''] = plan.imagePullSecret.split('/');
    const copy = pullSecretOf(plan);
    const copied = await hands.writer.copySecret(apiPath`/api/v1/namespaces/${namespace}/secrets/${name}`, pathOf(copy), copy);
    if (!copied.ok) return failed(`Secret \`${plan.imagePullSecret}\` cannot be copied: ${copied.message}`);
    yield `Secret ${plan.imagePullSecret} is copied: kubelet pulls the images with it`;
    return done;
  },
};
