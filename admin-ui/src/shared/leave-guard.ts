import { onBeforeUnmount, onMounted, type Ref } from 'vue';
import { onBeforeRouteLeave } from 'vue-router';
import { i18n } from './i18n/index.ts';
import { ask } from './notify.ts';

/** Asks before typed but unsent work is lost, inside the app and when the tab closes. */
export function useLeaveGuard(dirty: Ref<boolean>): void {
  const { t } = i18n.global;
  onBeforeRouteLeave(async () => {
    if (!dirty.value) return true;
    return ask(t('task.leaveTitle'), t('task.leave'), t('task.leaveYes'), t('task.leaveNo'));
  });
  const hold = (event: BeforeUnloadEvent): void => {
    if (dirty.value) event.preventDefault();
  };
  onMounted(() => window.addEventListener('beforeunload', hold));
  onBeforeUnmount(() => window.removeEventListener('beforeunload', hold));
}
