import { describe, expect, test } from 'vitest';
import { auditedUser, sameUser } from '../../src/sample/audit.ts';
import { unfit } from '../../src/sample/nodes.ts';
import { planOf, publishedEtcd, publishedImage } from '../../src/sample/plan.ts';
import { notReady, type Pod, sayings } from '../../src/sample/pod-progress.ts';

describe('nodes', () => {
  const plan = planOf(
    { namespace: 'wardle', namePrefix: '', image: publishedImage, etcdImage: publishedEtcd, restricted: false, insecure: false },
    37,
  );
  const node = (change: { arch?: string; os?: string; spec?: object; ready?: string } = {}) => ({
    metadata: { name: 'n', labels: { 'kubernetes.io/arch': change.arch ?? 'amd64', 'kubernetes.io/os': change.os ?? 'linux' } },
    spec: change.spec ?? {},
    status: { conditions: [{ type: 'Ready', status: change.ready ?? 'True' }] },
  });
  test.each([
    [node(), null],
    [node({ spec: { taints: [{ key: 'a', effect: 'PreferNoSchedule' }] } }), null],
    [
      node({ spec: { taints: [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }] } }),
      'has the taint `node-role.kubernetes.io/control-plane:NoSchedule` (remove it with `kubectl taint nodes n node-role.kubernetes.io/control-plane:NoSchedule-`)',
    ],
    [node({ spec: { unschedulable: true } }), 'is cordoned (fix: `kubectl uncordon n`)'],
    [node({ ready: 'Unknown' }), 'is not Ready'],
    [node({ os: 'windows' }), 'runs windows, not linux'],
    [node({ arch: 'riscv64' }), 'is riscv64, and there is no image for it'],
  ])('%j', (one, why) => expect(unfit(one, plan)).toEqual({ name: 'n', why }));
});

describe('a pod on its way', () => {
  const pod = (containerStatuses: NonNullable<NonNullable<Pod['status']>['containerStatuses']>, conditions: object[] = []): Pod =>
    ({ metadata: { name: 'p' }, status: { containerStatuses, conditions } }) as Pod;
  const waiting = (reason: string, restartCount = 0) => ({
    name: 'etcd',
    ready: false,
    restartCount,
    state: { waiting: { reason, message: 'why' } },
  });

  test('is told by its own events, not by those of others', () => {
    const event = (reason: string, message: string, name = 'p') => ({
      reason,
      message,
      involvedObject: { kind: 'Pod', name, fieldPath: 'spec.containers{etcd}' },
    });
    const events = [
      event('Scheduled', 'Successfully assigned wardle/p to cp-1'),
      event('Started', 'Started container etcd'),
      event('Started', 'Started container etcd', 'other'),
      event('Unhealthy', 'Readiness probe failed'),
    ];
    expect(sayings([pod([])], events)).toEqual(['pod p is scheduled to cp-1', 'container etcd is started']);
  });

  test.each([
    [[pod([waiting('ErrImagePull')])], 'container etcd, ErrImagePull', false],
    [[pod([waiting('ErrImageNeverPull')])], 'container etcd, ErrImageNeverPull', true],
    [[pod([waiting('CrashLoopBackOff', 2)])], 'container etcd, CrashLoopBackOff', false],
    [[pod([waiting('CrashLoopBackOff', 3)])], 'container etcd, CrashLoopBackOff', true],
    [[pod([{ name: 'etcd', ready: false, restartCount: 0, state: { running: {} } }])], 'container etcd runs but is not ready', false],
    [
      [pod([], [{ type: 'PodScheduled', status: 'False', message: '0/1 nodes are available' }])],
      'it is not scheduled: 0/1 nodes are available',
      false,
    ],
    [[], 'the Deployment has no pod', false],
  ])('%j', (pods, why, inVain) => expect(notReady({}, pods)).toEqual({ why, inVain }));

  test('that nobody makes: the Deployment says why', () => {
    const conditions = [{ type: 'ReplicaFailure', message: 'exceeded quota' }];
    expect(notReady({ status: { conditions } }, []).why).toBe('exceeded quota');
  });
});

describe('the audit log', () => {
  const event = (requestURI: string, username: string, groups = ['b', 'a']) =>
    JSON.stringify({ kind: 'Event', requestURI, user: { username, groups } });
  const log = [
    'I1123 13:55:02 trace.go "GET /apis/x/one"',
    event('/apis/x/other', 'somebody'),
    event('/apis/x/one-more', 'somebody else'),
    '{ "/apis/x/one" is cut',
    event('/apis/x/one', 'jane'),
  ].join('\n');

  test('names who asked for exactly this', () => {
    expect(auditedUser(log, '/apis/x/one')).toEqual({ username: 'jane', groups: ['b', 'a'] });
    expect(auditedUser(log, '/apis/x/none')).toBeNull();
  });

  test.each([
    [{ username: 'jane', groups: ['a', 'b'] }, true],
    [{ username: 'jane', groups: ['a'] }, false],
    [{ username: 'system:anonymous', groups: ['a', 'b'] }, false],
  ])('%j is the same user or not', (user, same) => expect(sameUser({ username: 'jane', groups: ['b', 'a'] }, user)).toBe(same));
});
