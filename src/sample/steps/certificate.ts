/** The serving certificate, so that kube-apiserver can be sure whom it talks to. */
import { pullSecretOf } from '../manifests.ts';
import { pathOf } from '../paths.ts';
import { applied, done, failed, type SampleStep } from '../step.ts';

export const certificate: SampleStep = {
  id: 'certificate',
  title: 'Give the sample a serving certificate that kube-apiserver can verify',
  proves: 'the sample has a certificate for the name by which kube-apiserver calls it, and nobody holds the key of its CA',
  hop: 'serving certificate',
  async *run(hands, { plan, objects: { secret, auditPolicy } }) {
    if (secret) yield `a CA and a certificate for ${plan.serverName} are minted (RSA 2048, 30 days); the CA's key is forgotten`;
    else yield `the certificate for ${plan.serverName} from an earlier run is used again`;
    const made = yield* applied(hands, [...(secret ? [secret] : []), auditPolicy]);
    if (!made.done || !plan.imagePullSecret) return made;
    const [namespace, name] = plan.imagePullSecret.split('/');
    const copy = pullSecretOf(plan);
    const copied = await hands.writer.copySecret(`/api/v1/namespaces/${namespace}/secrets/${name}`, pathOf(copy), copy);
    if (!copied.ok) return failed(`Secret \`${plan.imagePullSecret}\` could not be copied: ${copied.message}`);
    yield `Secret ${plan.imagePullSecret} is copied, for kubelet to pull the images with`;
    return done;
  },
};
