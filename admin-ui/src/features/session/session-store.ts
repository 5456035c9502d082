import { computed, ref } from 'vue';
import { defineStore } from 'pinia';
import type { Person, Role, Session, SessionAbilities } from '../../shared/contract.ts';
import { dropDrafts } from '../../shared/draft.ts';
import { call } from '../../shared/http.ts';
import { setLive } from '../../shared/live.ts';

/** Who is signed in and what the server says they can do. */
export const useSession = defineStore('session', () => {
  const user = ref<Person | null>(null);
  const can = ref<Partial<SessionAbilities>>({});
  const known = ref(false);
  const role = computed<Role | null>(() => user.value?.role ?? null);

  function take(session: Session): void {
    user.value = session.user;
    can.value = session.can;
    known.value = true;
    setLive(session.user !== null);
  }

  async function load(): Promise<void> {
    take(await call('getSession'));
  }

  async function signIn(person: string): Promise<void> {
    take(await call('signIn', { body: { person } }));
  }

  async function signOut(): Promise<void> {
    await call('signOut');
    dropDrafts();
    nobody();
  }

  /** The server no longer knows this session. */
  function nobody(): void {
    user.value = null;
    can.value = {};
    setLive(false);
  }

  return { user, can, known, role, load, signIn, signOut, forget: nobody };
});
