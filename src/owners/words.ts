/** What an owner is called, and how something of its is changed. Pure. */
import type { Command, Fix, Owner, Owners } from '../model.ts';
import { type Way, ways } from './ways.ts';

/** As part of a sentence. */
export function named({ kind, name, namespace }: Owner): string {
  const object = namespace ? `\`${namespace}/${name}\`` : `\`${name}\``;
  const among: Partial<Record<Owner['kind'], string>> = {
    'Argo CD': name ? `the Argo CD Application ${object}` : 'Argo CD',
    'Flux Kustomization': `the Flux Kustomization ${object}`,
    'Flux HelmRelease': `the Flux HelmRelease ${object}`,
    'Config Sync': 'Config Sync',
    OLM: `the Operator Lifecycle Manager (${object})`,
    'EKS add-on': `the EKS add-on ${object}`,
    'AKS add-on': `AKS (add-on ${object})`,
    'GKE add-on': `GKE (add-on ${object})`,
    'addon manager': "the cluster's addon manager",
    'k3s manifest': `k3s (manifest ${object})`,
    HelmChart: `the HelmChart ${object}`,
    'Helm release': `Helm release ${object}`,
    'cert-manager': name ? `cert-manager (${object})` : 'cert-manager',
    'service CA': "OpenShift's service-ca operator",
    product: name,
    rotator: `\`${name}\`, which wrote \`spec.caBundle\` last,`,
  };
  return among[kind] ?? object;
}

/** The fix with the commands for an object that nobody owns; of an owned one in the terms of its owner. */
export function inTermsOf(
  owner: Owner | null,
  { text, commands = [], edits }: Fix,
): { readonly text: string; readonly commands: readonly Command[] } {
  if (!edits) return { text, commands };
  if (!owner) return { text: edits.text ?? text, commands: [...commands, ...edits.commands] };
  const way = ways[owner.kind](owner);
  const its =
    owner.kind === 'Helm release' && edits.heals
      ? {
          text: 'overwrites this with its next upgrade: then correct its values, too:',
          commands: [...edits.commands, ...way.commands],
        }
      : termsOf(owner, way, edits.to ?? 'change');
  return {
    text: `${text.replace(/[:.]$/, '')}. ${named(owner).replace(/^t/, 'T')} ${its.text}`,
    commands: [...commands, ...its.commands],
  };
}

/** The sentence after the owner's name, and its commands. */
function termsOf({ kind }: Owner, way: Way, to: 'change' | 'remove' | 'renew'): NonNullable<Way['renew']> {
  const { commands } = way;
  const next = kind === 'Helm release' ? ' with its next upgrade' : '';
  if (to === 'renew' && way.renew) return { text: `manages it: ${way.renew.text}`, commands: way.renew.commands };
  if (to === 'remove') return { text: `makes it again${next}: remove it ${way.remove}:`, commands: way.removal ?? commands };
  return { text: `${next ? `overwrites${next}` : 'undoes'} what is edited by hand: make the change ${way.change}:`, commands };
}

/** Whose fix it is. */
export const ownerFor = ({ edits }: Fix, owners: Owners | null): Owner | null => {
  const of = edits?.of ?? 'workload';
  return typeof of === 'object' ? of.owner : (owners?.[of] ?? null);
};
