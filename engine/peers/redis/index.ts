export { redisPeers, type RedisPeersOptions } from './redis-peers.ts';
