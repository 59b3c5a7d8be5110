import { expect, test } from 'vitest';
import { exitMessageIn } from '../../src/signatures/exit-log.ts';

test('the last words of a process count before what it said earlier', () => {
  const log =
    'W1123 13:00:00.000000 1 logging.go:55] dial tcp 127.0.0.1:2379: connect: connection refused\nE1123 13:00:01.000000       1 run.go:72] "command failed" err="listen tcp :2: bind: address already in use"\n';
  expect(exitMessageIn(log)).toMatchObject({ text: 'listen tcp :2: bind: address already in use', signature: { kind: 'port-taken' } });
});

test('without a last word the newest line of a row counts, and shows without the header of the log', () => {
  const said = exitMessageIn(
    'E1123 13:00:00.000000       1 serve.go:72] listen tcp :1: bind: address already in use\nE1123 13:00:01.000000       1 serve.go:72] listen tcp :2: bind: address already in use\n',
  );
  expect(said?.text).toBe('serve.go:72] listen tcp :2: bind: address already in use');
});

test('of a process that ends by itself the words are shown, whatever they mean', () => {
  expect(exitMessageIn('E1123 13:00:00.000000       1 run.go:72] "command failed" err="something new"\n')).toEqual({
    text: 'something new',
    signature: null,
  });
});

test('etcd says why it gives up, before it closes', () => {
  const log = `{"level":"fatal","ts":"2026-11-23T17:28:16.078788Z","caller":"etcdmain/etcd.go:183","msg":"discovery failed","error":"cannot access data directory: mkdir /data/etcd: read-only file system","stacktrace":"x"}
{"level":"info","ts":"2026-11-23T17:28:16.078764Z","caller":"embed/etcd.go:428","msg":"closed etcd server","name":"default"}
`;
  expect(exitMessageIn(log)).toEqual({ text: 'cannot access data directory: mkdir /data/etcd: read-only file system', signature: null });
});

test('a log that tells of no end says nothing', () => {
  expect(exitMessageIn('I1123 13:00:00.000000       1 start.go:1] hello\n')).toBeNull();
});
