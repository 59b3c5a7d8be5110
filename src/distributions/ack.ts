import type { Distribution } from './distribution.ts';

export const ack: Distribution = {
  name: 'ACK',
  marks: { version: /-aliyun\./ },
  managed: true,
};
