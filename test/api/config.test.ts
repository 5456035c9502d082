import { describe, expect, it } from '@jest/globals';
import { readConfig } from '../../api/config.ts';

const SECRET = 'k3Jd82hfKq02mdL1xZ7vB4nT9wQ5rE6y';

describe('the configuration', () => {
  it("needs nothing on a newcomer's machine", () => {
    expect(readConfig({})).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      mode: 'demo',
      region: '210500',
      strict: false,
    });
    expect(readConfig({ PORT: '', ONEVISIT_DATA: '' }).port).toBe(3000);
  });

  it('tells everything that is wrong at once', () => {
    const bad = {
      PORT: '99999',
      ONEVISIT_MODE: 'prod',
      ONEVISIT_REGION: 'x',
      PUBLIC_URL: 'ftp://x',
      LOG_LEVEL: 'loud',
    };
    expect(() => readConfig(bad)).toThrow(/PORT[^]*ONEVISIT_MODE[^]*ONEVISIT_REGION[^]*PUBLIC_URL[^]*LOG_LEVEL/);
  });

  it.each([undefined, 'short', 'changeme', 'a'.repeat(40)])('refuses production with the secret %s', (secret) => {
    expect(() => readConfig({ ONEVISIT_MODE: 'production', ONEVISIT_SECRET: secret })).toThrow(/ONEVISIT_SECRET/);
  });

  it('takes production with a real secret', () => {
    expect(readConfig({ ONEVISIT_MODE: 'production', ONEVISIT_SECRET: SECRET }).mode).toBe('production');
  });

  it('splits the hosts that may be called', () => {
    expect(readConfig({ ONEVISIT_HTTP_HOSTS: 'a.example, b.example:8080 ,' }).httpHosts).toEqual([
      'a.example',
      'b.example:8080',
    ]);
  });

  it('takes the address of a MongoDB database, and never repeats the password in it', () => {
    const uri = 'mongodb://user:geheim@db-1:27017,db-2:27017/onevisit?replicaSet=rs0';
    expect(readConfig({ MONGODB_URI: uri }).mongodbUri).toBe(uri);
    expect(readConfig({}).mongodbUri).toBeUndefined();
    for (const bad of [
      'mongodb://user:geheim@db-1:27017',
      'mongodb://user:geheim@db-1/',
      'http://user:geheim@db-1/x',
    ]) {
      expect(() => readConfig({ MONGODB_URI: bad })).toThrow(/MONGODB_URI: expected mongodb:[^]*name of the database/);
      expect(() => readConfig({ MONGODB_URI: bad })).not.toThrow(/geheim/);
    }
  });
});
