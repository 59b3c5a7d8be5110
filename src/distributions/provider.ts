/** Distributions of which a provider runs the control plane. Pure. */
import type { Command, Fix, Owner } from '../model.ts';
import { type DistributionName, named } from './places.ts';

/** Nobody but the provider reaches its nodes, flags and files. */
export const isHosted = (name: DistributionName): boolean => named(name)?.managed === true;

/** What is done on the nodes of the control plane; where a provider runs them, what to ask it for, and the commands that show it from outside. */
export const orAsk = (
  provider: string | null | undefined,
  fix: Fix,
  ask: { readonly to: string; readonly commands?: readonly Command[] },
): Fix =>
  provider
    ? {
        text: `${provider} runs the control plane, so open a support case with ${provider} to ${ask.to}${ask.commands ? '. Include this report and the output of:' : ', and include this report.'}`,
        ...(ask.commands && { commands: ask.commands }),
      }
    : fix;

/** How the control plane is let through to a port of the extension API server's pods. */
export const openPath = (provider: string, port: number | string): Fix =>
  named(provider)?.openPath?.(port) ?? {
    text: `Allow ${provider}'s control plane to reach port ${port} of the pods of the extension API server (firewall, security group, NetworkPolicy).`,
  };

/** What a distribution installs and keeps as it is. */
export const installs = (name: DistributionName): { readonly addOns: Owner['kind']; readonly packagedCharts: RegExp | null } => ({
  addOns: named(name)?.addOns ?? 'addon manager',
  packagedCharts: named(name)?.packagedCharts ?? null,
});
