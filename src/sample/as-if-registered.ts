/** Lets the checks look at the sample's Service and pods before its APIService exists: they start from APIServices. */
import { isObject, parseJson } from '../decode.ts';
import { apiServicesPath } from '../facts/apiservice/apiservice.ts';
import { kubernetesObject } from '../facts/shared/kubernetes.ts';
import type { Answer, AnyQuestion, Ask, Kind, Manifest, Observed } from '../model.ts';

/** The same source, but that the list of APIServices holds this one, too, as kube-apiserver would show it while no pod is ready. */
export const asIfRegistered = (source: Ask, apiService: Manifest): Ask => {
  const ask = async (question: AnyQuestion): Promise<Observed<Answer[Kind]>> => {
    const answer = await source(question as never);
    if (question.kind !== 'api' || !question.path.startsWith(`${apiServicesPath}?`) || !answer.ok) return answer;
    const api = answer.value as Answer['api'];
    return api.status === 200 ? { ok: true, value: { ...api, text: withIt(api.text, apiService) } } : answer;
  };
  return ask as Ask;
};

function withIt(text: string, apiService: Manifest): string {
  const list = parseJson(text);
  if (!isObject(list)) return text;
  const items = Array.isArray(list.items) ? list.items : [];
  if (items.some((item) => kubernetesObject(item)?.metadata?.name === apiService.metadata.name)) return text;
  return JSON.stringify({ ...list, items: [...items, { ...apiService, status: { conditions: [unready] } }] });
}

/** As kube-aggregator words it (k8s.io/kube-aggregator v0.37.2, pkg/controllers/status/remote/remote_available_controller.go); long enough ago to be no transition. */
const unready = {
  type: 'Available',
  status: 'False',
  reason: 'MissingEndpoints',
  message: 'endpointslices for the Service have no addresses',
  lastTransitionTime: '2000-01-01T00:00:00Z',
};
