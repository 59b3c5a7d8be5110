import type { AnyCheck } from '../../model.ts';
import anonymousAuthNotAccepted from './anonymous-auth-not-accepted.ts';
import apiregistrationNotEnabled from './apiregistration-not-enabled.ts';
import clientCaMissing from './client-ca-missing.ts';
import egressSelectorUnusable from './egress-selector-unusable.ts';
import egressSocketAbsent from './egress-socket-absent.ts';
import filePathWrong from './file-path-wrong.ts';
import flagSyntaxWrong from './flag-syntax-wrong.ts';
import flagUnknown from './flag-unknown.ts';
import kubeApiserverEndpointDown from './kube-apiserver-endpoint-down.ts';
import kubeApiserverVersionsDiffer from './kube-apiserver-versions-differ.ts';
import manifestNotAlone from './manifest-not-alone.ts';
import manifestNotApplied from './manifest-not-applied.ts';
import noProxyWithoutServices from './no-proxy-without-services.ts';
import repeatedFlagDiffers from './repeated-flag-differs.ts';
import requestheaderValueEmpty from './requestheader-value-empty.ts';
import uidHeadersNotAccepted from './uid-headers-not-accepted.ts';

/** In the order in which a request meets what they check. */
export const startup: readonly AnyCheck[] = [
  manifestNotAlone,
  kubeApiserverEndpointDown,
  kubeApiserverVersionsDiffer,
  manifestNotApplied,
  flagSyntaxWrong,
  flagUnknown,
  repeatedFlagDiffers,
  filePathWrong,
  requestheaderValueEmpty,
  uidHeadersNotAccepted,
  anonymousAuthNotAccepted,
  egressSelectorUnusable,
  egressSocketAbsent,
  apiregistrationNotEnabled,
  noProxyWithoutServices,
  clientCaMissing,
];
