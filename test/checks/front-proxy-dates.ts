import { ca, client, frontProxy } from '../support/facts.ts';

export const frontProxyCa = ca('front-proxy-ca');
export const issued = (recipe: Parameters<typeof client>[1] = {}, trusted = [frontProxyCa], published = trusted) =>
  frontProxy({ chain: [client(frontProxyCa, recipe)], trusted, published });
