// Loaded into a worker thread with --import: a message on the channel `fail` makes
// it throw.

import { BroadcastChannel, isMainThread } from 'node:worker_threads';

if (!isMainThread) {
  const channel = new BroadcastChannel('fail');
  channel.unref();
  channel.onmessage = () => {
    throw new Error('too late');
  };
}
