import mongoose from 'mongoose';
import { withOptions } from './mongo.ts';

/** Where to reach a server of MongoDB through a proxy. */
export const throughProxy = {
  /** The server that writes go to. Undefined where no proxy can stand in front of it: TLS, or found by DNS. */
  async target(uri: string): Promise<{ host: string; port: number } | undefined> {
    if (!uri.startsWith('mongodb://') || /[?&](tls|ssl)=true/i.test(uri)) return undefined;
    const connection = await mongoose.createConnection(uri, { serverSelectionTimeoutMS: 5_000 }).asPromise();
    try {
      const told = await connection.db!.command({ ismaster: 1 });
      const [host, port = '27017'] = String(told.primary ?? new URL(hostsOf(uri)[0]!).host).split(':');
      return { host: host!, port: Number(port) };
    } finally {
      await connection.close();
    }
  },

  /** The same database and options, by way of that port of this machine, and these options before those. */
  uri(uri: string, port: number, options: string): string {
    const [, credentials = '', database = '', query = ''] =
      /^mongodb:\/\/([^@/]*@)?[^/?]+\/?([^?]*)\??(.*)$/.exec(uri) ?? [];
    const kept = query.split('&').filter((option) => !/^(replicaSet|directConnection)=/i.test(option));
    return withOptions(
      `mongodb://${credentials}127.0.0.1:${port}/${database}?${kept.join('&')}`,
      `directConnection=true&${options}`,
    );
  },
};

function hostsOf(uri: string): string[] {
  const [, hosts = ''] = /^mongodb:\/\/(?:[^@/]*@)?([^/?]+)/.exec(uri) ?? [];
  return hosts.split(',').map((host) => `tcp://${host}`);
}
